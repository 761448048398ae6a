//! Holds the loop to the promises of the trait.

use paintdry_core::conformance::{PanicInDrop, assert_bears_faults, assert_bears_load, assert_conforms};

#[test]
fn event_loop() {
    assert_conforms::<paintdry_generator::EventLoop>();
}

#[test]
fn event_loop_under_faults() {
    assert_bears_faults::<paintdry_generator::EventLoop>(PanicInDrop::IsCaught);
}

#[test]
fn event_loop_under_load() {
    assert_bears_load::<paintdry_generator::EventLoop>(20_000);
}
