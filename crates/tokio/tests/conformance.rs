//! Holds the flavours to the promises of the trait.

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};

#[test]
fn current_thread() {
    assert_conforms::<paintdry_tokio::CurrentThread>();
}

#[test]
fn multi_thread() {
    assert_conforms::<paintdry_tokio::MultiThread>();
}

#[test]
fn current_thread_under_faults() {
    assert_survives_faults::<paintdry_tokio::CurrentThread>(PanicInDrop::IsCaught);
}

#[test]
fn current_thread_under_load() {
    assert_survives_load::<paintdry_tokio::CurrentThread>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn current_thread_under_a_million() {
    assert_survives_load::<paintdry_tokio::CurrentThread>(1_000_000);
}

#[test]
fn multi_thread_under_faults() {
    assert_survives_faults::<paintdry_tokio::MultiThread>(PanicInDrop::IsCaught);
}

#[test]
fn multi_thread_under_load() {
    assert_survives_load::<paintdry_tokio::MultiThread>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn multi_thread_under_a_million() {
    assert_survives_load::<paintdry_tokio::MultiThread>(1_000_000);
}
