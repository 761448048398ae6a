//! Holds the runtime to the promises of the trait.

#[test]
fn conforms() {
    paintdry_core::conformance::assert_conforms::<paintdry_own_runtime::OwnRuntime>();
}
