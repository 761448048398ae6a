//! Holds the flavour to the promises of the trait.

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};

#[test]
fn global() {
    assert_conforms::<paintdry_async_std::Global>();
}

#[test]
fn global_under_faults() {
    assert_survives_faults::<paintdry_async_std::Global>(PanicInDrop::EndsTheProcess);
}

#[test]
fn global_under_load() {
    assert_survives_load::<paintdry_async_std::Global>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn global_under_a_million() {
    assert_survives_load::<paintdry_async_std::Global>(1_000_000);
}
