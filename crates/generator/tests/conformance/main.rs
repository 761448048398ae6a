//! Holds the loop to the promises of the trait, and under faults to those that are the loop's alone.

mod faults;

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

#[test]
#[ignore = "takes some seconds; .ci/run asks for it"]
fn event_loop_under_a_million() {
    assert_bears_load::<paintdry_generator::EventLoop>(1_000_000);
}
