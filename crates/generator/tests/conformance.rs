//! Holds the loop to the promises of the trait.

use paintdry_core::conformance::assert_conforms;

#[test]
fn event_loop() {
    assert_conforms::<paintdry_generator::EventLoop>();
}
