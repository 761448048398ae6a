#![doc = include_str!("../README.md")]
//!
//! Each of the three prints how much it has tried; `cargo test -- --show-output` shows that.
//!
//! | item | what it is | file |
//! |---|---|---|
//! | [`assert_conforms`] and the others | the three assertions, and the functions behind them that return the broken promises | [`assertions.rs`] |
//! | [`Broken`] | the message about a broken promise | [`broken.rs`] |
//! | inside | the checks: one file for each group of promises, and which suite has which | [`checks/mod.rs`] |
//! | | the coroutines of `paintdry-core`, with a fault at any of their awaits | [`coroutines.rs`] |
//! | | runs each check on a thread of its own, so that a hang is a broken promise | [`run.rs`] |
//! | | the event log of a check | [`log.rs`] |
//! | | a runtime whose type is erased, so that the checks are compiled once | [`erased.rs`] |
//!
//! [`assertions.rs`]: ../src/paintdry_conformance/assertions.rs.html
//! [`broken.rs`]: ../src/paintdry_conformance/broken.rs.html
//! [`checks/mod.rs`]: ../src/paintdry_conformance/checks/mod.rs.html
//! [`coroutines.rs`]: ../src/paintdry_conformance/coroutines.rs.html
//! [`run.rs`]: ../src/paintdry_conformance/run.rs.html
//! [`log.rs`]: ../src/paintdry_conformance/log.rs.html
//! [`erased.rs`]: ../src/paintdry_conformance/erased.rs.html

mod assertions;
pub use assertions::{
    assert_conforms, assert_survives_faults, assert_survives_load, broken_promises, broken_under_faults,
    broken_under_load,
};

mod broken;
pub use broken::Broken;

mod checks;
pub use checks::PanicInDrop;
mod coroutines;
mod run;
mod log;
mod erased;
