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

#[test]
#[ignore = "takes some seconds; .ci/run asks for it"]
fn bears_a_million() {
    assert_bears_load::<OwnRuntime>(1_000_000);
}
