//! The conformance suite: what every implementation of [`Runtime`] promises, as checks that it can be run through
//! with one line.
//!
//! ```no_run
//! # fn test<MyRuntime: paintdry_core::Runtime>() {
//! paintdry_core::conformance::assert_conforms::<MyRuntime>();
//! # }
//! ```
//!
//! The checks assert invariants, not orders: in which order ready tasks run is a runtime's own business.

mod checks;
mod yielding;

use crate::{Runtime, TaskError};
use std::fmt::{self, Debug};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a check may take in [`assert_conforms`] before it counts as hung. All of them together take well under a
/// second on any runtime, so only one that will never end, or a machine that stands still, reaches it.
const LIMIT: Duration = Duration::from_secs(30);

/// One check: the promise that it holds a runtime to, and the function that tries it.
struct Check<R> {
    promise: &'static str,
    try_it: fn(&R) -> Result<(), String>,
}

/// A promise of [`Runtime`] that an implementation does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The promise, in words.
    pub promise: &'static str,
    /// What happened instead.
    pub happened: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n    but {}", self.promise, self.happened)
    }
}

/// Runs `R` through every check, each on a thread and a runtime of its own, and returns the promises that it breaks;
/// none means that it conforms. A check that has not ended within `limit` counts as broken, and its thread is left
/// behind.
#[must_use]
pub fn broken_promises<R: Runtime>(limit: Duration) -> Vec<Broken> {
    checks::all::<R>()
        .into_iter()
        .filter_map(|Check { promise, try_it }| {
            let happened = run_within(limit, move || try_it(&R::start())).err()?;
            Some(Broken { promise, happened })
        })
        .collect()
}

/// Asserts that `R` keeps every promise of [`Runtime`].
///
/// # Panics
/// If it breaks one, or a check has not ended after half a minute. The message lists each broken promise and what happened instead.
pub fn assert_conforms<R: Runtime>() {
    let broken = broken_promises::<R>(LIMIT);
    if !broken.is_empty() {
        let list: Vec<_> = broken.iter().map(|broken| format!("  {broken}")).collect();
        panic!("{} breaks {} of the promises of `Runtime`:\n{}", R::NAME, broken.len(), list.join("\n"));
    }
}

/// Runs a check on a thread of its own, so that one that hangs or panics becomes a message.
fn run_within(limit: Duration, check: impl FnOnce() -> Result<(), String> + Send + 'static) -> Result<(), String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(check))
            .unwrap_or_else(|payload| Err(format!("the check ended early: {}", TaskError::from_panic(payload))));
        let _ = sender.send(outcome); // nobody listens once the limit has passed
    });
    receiver
        .recv_timeout(limit)
        .unwrap_or_else(|_| Err(format!("it had not ended after {limit:?}: somebody waits for ever")))
}

/// Compares, and says what came instead.
fn expect<T: PartialEq + Debug>(what: &str, actual: &T, expected: &T) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("{what} was {actual:?} instead of {expected:?}")) }
}
