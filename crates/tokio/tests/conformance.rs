//! Holds the flavours to the promises of the trait.

use paintdry_core::conformance::assert_conforms;

#[test]
fn current_thread() {
    assert_conforms::<paintdry_tokio::CurrentThread>();
}

#[test]
fn multi_thread() {
    assert_conforms::<paintdry_tokio::MultiThread>();
}
