//! Tests whether an async runtime keeps the promises of the trait [`Runtime`](paintdry_core::Runtime).
//!
//! Add this crate to your dev-dependencies and write three tests:
//!
//! ```no_run
//! # fn test<MyRuntime: paintdry_core::Runtime>() {
//! use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};
//!
//! assert_conforms::<MyRuntime>();
//! assert_survives_faults::<MyRuntime>(PanicInDrop::IsCaught);
//! assert_survives_load::<MyRuntime>(100_000);
//! # }
//! ```
//!
//! The first runs what any program does. The second panics, cancels and closes at each await of each coroutine of
//! `paintdry-core`. The third runs many tasks, many sleeps, many awaits, and long chains of tasks that await each other. Each
//! prints how much it has tried; `cargo test -- --show-output` shows that.
//!
//! The checks assert invariants, not orders: a runtime may run ready tasks in any order. A race whose window is a few nanoseconds
//! long, such as a queue that is checked before its lock is taken to wait, may escape them; model-check such code, for
//! example with loom. If a runtime breaks a promise, the message quotes the trait, reports what happened, shows the event log of
//! the check, and suggests where to look.
//!
//! | file | what is in it |
//! |---|---|
//! | `assertions.rs` | the three assertions, and the functions behind them that return the broken promises |
//! | `broken.rs` | [`Broken`]: the message about a broken promise |
//! | `checks/` | the checks: one file for each group of promises; `mod.rs` says which suite has which |
//! | `coroutines.rs` | the coroutines of `paintdry-core`, with a fault at any of their awaits |
//! | `run.rs` | runs each check on a thread of its own, so that a hang is a broken promise |
//! | `log.rs` | the event log of a check |
//! | `erased.rs` | a runtime whose type is erased, so that the checks are compiled once |

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
