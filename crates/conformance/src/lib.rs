//! The conformance suite: what every implementation of [`Runtime`] promises, as checks that it can be run through
//! with one line; and two lines more, for when that one holds.
//!
//! ```no_run
//! # fn test<MyRuntime: paintdry_core::Runtime>() {
//! use paintdry_conformance::{PanicInDrop, assert_survives_faults, assert_survives_load, assert_conforms};
//!
//! assert_conforms::<MyRuntime>();
//! assert_survives_faults::<MyRuntime>(PanicInDrop::IsCaught);
//! assert_survives_load::<MyRuntime>(100_000);
//! # }
//! ```
//!
//! The first tries what any program does. The second panics, cancels and closes, at each await of each coroutine of core.
//! The third is about many: tasks, awaits, tasks that await one another. Each prints how much it has tried, which
//! `cargo test -- --show-output` shows.
//!
//! The checks assert invariants, not orders: in which order ready tasks run is a runtime's own business. The message
//! about a broken promise quotes the trait, says what was seen, shows the event log of the check, and says where to look.

mod checks;
mod coroutines;
mod erased;
mod log;
mod run;

use erased::type_of;
use log::Log;
use paintdry_core::Runtime;
use run::{Outcome, Suite};
use std::fmt::{self, Debug};
use std::time::Duration;

/// How long a check may take in [`assert_conforms`] before it counts as hung. All of them together take well under a
/// second on any runtime, so only one that will never end, or a machine that stands still, reaches it.
const LIMIT: Duration = Duration::from_secs(10);

/// After this a task that waits for the others' progress gives up, so that one that never gets on is an error soon.
const GIVE_UP: Duration = Duration::from_secs(2);

/// One check.
struct Check<R> {
    /// The promise that it holds a runtime to.
    promise: &'static str,
    /// The same in the words of the trait's documentation.
    trait_says: &'static str,
    /// Where the fault usually is.
    look_at: &'static str,
    /// Tries it, and says what happened instead.
    try_it: Try<R>,
}

type Try<R> = Box<dyn FnOnce(&R, &Log) -> Result<(), String> + Send>;

/// What becomes of a panic in a drop that the runtime runs: that of a task's future, or of a result that nobody takes. (One in
/// the drop of what a coroutine holds while it is polled is a panic like any other.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanicInDrop {
    /// Other tasks are not touched by it. It may be lost, or go to whoever drops the runtime or the handle.
    IsCaught,
    /// The process ends, as from `std::process::abort`: so do the runtimes that are built on `async-task`. The suite cannot
    /// try that.
    EndsTheProcess,
}

/// A promise of [`Runtime`] that an implementation does not keep. Shown, it is a message of some lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The promise.
    pub promise: &'static str,
    /// The same in the words of the trait's documentation.
    pub trait_says: &'static str,
    /// What happened instead.
    pub happened: String,
    /// Who did what, and when: the first and the last events.
    pub log: Vec<String>,
    /// Where the fault usually is.
    pub look_at: &'static str,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.promise)?;
        writeln!(f, "  the trait says: \u{201c}{}\u{201d}", self.trait_says)?;
        writeln!(f, "  but {}", self.happened)?;
        writeln!(f, "  the event log:{}", if self.log.is_empty() { " nobody did anything" } else { "" })?;
        for line in &self.log {
            writeln!(f, "    {line}")?;
        }
        write!(f, "  where to look: {}", self.look_at)
    }
}

/// Runs `R` through every check, each on a thread and a runtime of its own, and returns the promises that it breaks;
/// none means that it conforms. A check that has not ended within `limit` counts as broken, and its thread is left
/// behind.
#[must_use]
pub fn broken_promises<R: Runtime>(limit: Duration) -> Vec<Broken> {
    Suite::Conforms.run(type_of::<R>(), limit).broken
}

/// [`broken_promises`], for the checks about panics, cancelling and closing.
#[must_use]
pub fn broken_under_faults<R: Runtime>(panic_in_drop: PanicInDrop, limit: Duration) -> Vec<Broken> {
    Suite::Faults(panic_in_drop).run(type_of::<R>(), limit).broken
}

/// [`broken_promises`], for the checks about many tasks and awaits, with so many tasks.
#[must_use]
pub fn broken_under_load<R: Runtime>(tasks: usize, limit: Duration) -> Vec<Broken> {
    Suite::Load(tasks).run(type_of::<R>(), limit).broken
}

/// Asserts that `R` keeps every promise of [`Runtime`].
///
/// # Panics
/// If it breaks one, or a check has not ended after ten seconds. The message shows the first broken promises in full and
/// names the others: one fault often breaks several, and they stand in the order in which a runtime is built.
pub fn assert_conforms<R: Runtime>() {
    assert_all::<R>(Suite::Conforms, LIMIT);
}

/// Asserts that `R` keeps its promises when something panics, is cancelled at any of its awaits, or stands there when the
/// runtime is dropped: nothing is lost, nothing is left, and the others finish.
///
/// # Panics
/// As [`assert_conforms`].
pub fn assert_survives_faults<R: Runtime>(panic_in_drop: PanicInDrop) {
    assert_all::<R>(Suite::Faults(panic_in_drop), LIMIT);
}

/// Asserts that `R` keeps its promises for so many tasks at the same time, and for so many awaits in a row and tasks that await
/// one another, but no more of these than 100,000.
///
/// # Panics
/// As [`assert_conforms`], but a check has a second more for each ten thousand tasks.
pub fn assert_survives_load<R: Runtime>(tasks: usize) {
    let seconds = u64::try_from(tasks / 10_000).unwrap_or(u64::MAX);
    assert_all::<R>(Suite::Load(tasks), LIMIT.saturating_add(Duration::from_secs(seconds)));
}

fn assert_all<R: Runtime>(suite: Suite, limit: Duration) {
    let Outcome { checks, broken, figures } = suite.run(type_of::<R>(), limit);
    assert!(broken.is_empty(), "{}", message(R::NAME, &broken));
    let tried = [("checks", checks)].into_iter().chain(figures).map(|(what, times)| format!("{what}: {times}"));
    println!("{}: {}", R::NAME, tried.collect::<Vec<_>>().join(", "));
}

fn message(runtime: &str, broken: &[Broken]) -> String {
    const IN_FULL: usize = 3;
    let numbered = broken.iter().zip(1..);
    let first = numbered.clone().take(IN_FULL).map(|(broken, n)| format!("{n}. {broken}\n\n"));
    let others = numbered.skip(IN_FULL).map(|(broken, n)| format!("{n}. {}\n", broken.promise));
    let list: String = first.chain(others).collect();
    let advice = if broken.len() > 1 { "\nBegin with the first: it may be why the others are broken.\n" } else { "" };
    format!("`{runtime}` breaks {} of the promises of `Runtime`\n\n{list}{advice}", broken.len())
}

/// Compares, and says what came instead.
fn expect<T: PartialEq + Debug>(what: &str, actual: &T, expected: &T) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("{what} was {actual:?} instead of {expected:?}")) }
}

#[cfg(test)]
mod tests;
