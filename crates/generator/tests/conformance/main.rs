//! Holds the loop to the promises of the trait and, under faults, to its own.

mod faults;

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};
use paintdry_core::Runtime;
use std::time::Duration;

#[test]
fn event_loop() {
    assert_conforms::<paintdry_generator::EventLoop>();
}

/// For code that names its runtime by an alias and knows no trait but `Runtime`.
#[test]
fn the_loops_own_methods_hide_none_that_a_generic_program_calls() {
    type R = paintdry_generator::EventLoop;
    let main = async {
        R::sleep(Duration::from_micros(1)).await;
        R::yield_now().await;
        R::spawn(async { 1 }).await
    };
    assert_eq!(Runtime::run_until_complete(&R::start(), main), Ok(1));
}

#[test]
fn event_loop_under_faults() {
    assert_survives_faults::<paintdry_generator::EventLoop>(PanicInDrop::IsCaught);
}

#[test]
fn event_loop_under_load() {
    assert_survives_load::<paintdry_generator::EventLoop>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn event_loop_under_a_million() {
    assert_survives_load::<paintdry_generator::EventLoop>(1_000_000);
}
