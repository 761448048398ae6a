//! A watched runtime is a runtime like any other: the suite of all runtimes, on each of them, watched.

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};
use paintdry_core::Runtime;
use paintdry_studio::Studio;

fn conforms<R: Runtime>() {
    assert_conforms::<Studio<R>>();
}

#[test]
fn every_watched_runtime_conforms() {
    on_every_runtime!(conforms);
}

fn survives_faults<R: Runtime>() {
    let is_async_task = ["async-std", "smol", "smol-global"].contains(&R::NAME);
    let panic_in_drop = if is_async_task { PanicInDrop::EndsTheProcess } else { PanicInDrop::IsCaught };
    assert_survives_faults::<Studio<R>>(panic_in_drop);
}

#[test]
fn every_watched_runtime_survives_faults() {
    on_every_runtime!(survives_faults);
}

fn survives_load<R: Runtime>() {
    assert_survives_load::<Studio<R>>(2_000);
}

#[test]
fn every_watched_runtime_survives_load() {
    on_every_runtime!(survives_load);
}

fn survives_a_hundred_thousand<R: Runtime>() {
    assert_survives_load::<Studio<R>>(100_000);
}

#[test]
#[ignore = "takes half a minute; .ci/nightly asks for it"]
fn every_watched_runtime_survives_a_hundred_thousand() {
    on_every_runtime!(survives_a_hundred_thousand);
}
