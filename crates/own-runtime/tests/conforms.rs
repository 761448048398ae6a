//! Holds the runtime to the promises of the trait.

use paintdry_core::conformance::{PanicInDrop, assert_bears_faults, assert_bears_load, assert_conforms};
use paintdry_own_runtime::OwnRuntime;

#[test]
fn conforms() {
    assert_conforms::<OwnRuntime>();
}

#[test]
fn bears_faults() {
    assert_bears_faults::<OwnRuntime>(PanicInDrop::IsCaught);
}

#[test]
fn bears_load() {
    assert_bears_load::<OwnRuntime>(20_000);
}
