//! Holds the flavours to the promises of the trait.

use paintdry_core::conformance::assert_conforms;

#[test]
fn local() {
    assert_conforms::<paintdry_smol::Local>();
}

#[test]
fn global() {
    assert_conforms::<paintdry_smol::Global>();
}
