//! A watched runtime is a runtime like any other: the suite of all runtimes, on each of them, watched.

use paintdry_core::Runtime;
use paintdry_core::conformance::assert_conforms;
use paintdry_studio::Studio;

fn conforms<R: Runtime>() {
    assert_conforms::<Studio<R>>();
}

#[test]
fn every_watched_runtime_conforms() {
    on_every_runtime!(conforms);
}
