//! Holds the flavours to the promises of the trait.

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};

#[test]
fn local() {
    assert_conforms::<paintdry_smol::Local>();
}

#[test]
fn global() {
    assert_conforms::<paintdry_smol::Global>();
}

#[test]
fn local_under_faults() {
    assert_survives_faults::<paintdry_smol::Local>(PanicInDrop::EndsTheProcess);
}

#[test]
fn local_under_load() {
    assert_survives_load::<paintdry_smol::Local>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn local_under_a_million() {
    assert_survives_load::<paintdry_smol::Local>(1_000_000);
}

#[test]
fn global_under_faults() {
    assert_survives_faults::<paintdry_smol::Global>(PanicInDrop::EndsTheProcess);
}

#[test]
fn global_under_load() {
    assert_survives_load::<paintdry_smol::Global>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn global_under_a_million() {
    assert_survives_load::<paintdry_smol::Global>(1_000_000);
}
