//! Holds the flavour to the promises of the trait.

use paintdry_core::conformance::assert_conforms;

#[test]
fn global() {
    assert_conforms::<paintdry_async_std::Global>();
}
