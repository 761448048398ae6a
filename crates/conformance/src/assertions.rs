//! The three assertions about a runtime, and the functions behind them that return the broken promises.

use crate::broken::{Broken, message};
use crate::checks::{PanicInDrop, Suite};
use crate::erased::type_of;
use crate::run::SuiteResult;
use paintdry_core::Runtime;
use std::time::Duration;

/// How long a check may take in [`assert_conforms`] before it counts as hung. All checks together take well under a second
/// on any runtime, so a check that takes this long will probably never end.
const LIMIT: Duration = Duration::from_secs(10);

/// Runs `R` through every check, each on a thread and a runtime of its own, and returns the promises that it breaks. An
/// empty list means that `R` conforms. If a check has not ended within `limit`, its promise counts as broken, and its thread
/// is left running.
///
/// ```no_run
/// # fn test<MyRuntime: paintdry_core::Runtime>() {
/// use paintdry_conformance::broken_promises;
///
/// let broken = broken_promises::<MyRuntime>(std::time::Duration::from_secs(3));
/// assert!(broken.iter().any(|broken| broken.promise.starts_with("a sleep never ends early")));
/// # }
/// ```
#[must_use]
pub fn broken_promises<R: Runtime>(limit: Duration) -> Vec<Broken> {
    Suite::Conforms.run(type_of::<R>(), limit).broken
}

/// [`broken_promises`], for the checks about panics, cancelling and closing.
#[must_use]
pub fn broken_under_faults<R: Runtime>(panic_in_drop: PanicInDrop, limit: Duration) -> Vec<Broken> {
    Suite::Faults(panic_in_drop).run(type_of::<R>(), limit).broken
}

/// [`broken_promises`], for the checks about many tasks and awaits. `tasks` says how many, as for [`assert_survives_load`].
#[must_use]
pub fn broken_under_load<R: Runtime>(tasks: usize, limit: Duration) -> Vec<Broken> {
    Suite::Load(tasks).run(type_of::<R>(), limit).broken
}

/// Asserts that `R` keeps every promise of [`Runtime`].
///
/// ```no_run
/// # fn test<MyRuntime: paintdry_core::Runtime>() {
/// paintdry_conformance::assert_conforms::<MyRuntime>();
/// # }
/// ```
///
/// # Panics
/// If `R` breaks a promise, or a check has not ended after ten seconds. The message shows the first broken promises in full
/// and names the others. One fault often breaks several promises; they are in the order in which a runtime is built.
pub fn assert_conforms<R: Runtime>() {
    assert_all::<R>(Suite::Conforms, LIMIT);
}

/// Asserts that `R` keeps its promises when a task panics, is cancelled at any of its awaits, or waits at one while the
/// runtime is dropped: no result is lost, no value is leaked, and the other tasks finish.
///
/// ```no_run
/// # fn test<MyRuntime: paintdry_core::Runtime>() {
/// use paintdry_conformance::{PanicInDrop, assert_survives_faults};
///
/// assert_survives_faults::<MyRuntime>(PanicInDrop::IsCaught);
/// # }
/// ```
///
/// # Panics
/// As [`assert_conforms`].
pub fn assert_survives_faults<R: Runtime>(panic_in_drop: PanicInDrop) {
    assert_all::<R>(Suite::Faults(panic_in_drop), LIMIT);
}

/// Asserts that `R` keeps its promises for this number of tasks and of sleeps at the same time, of awaits in a row, and of tasks
/// that await each other. Of the last two it tries at most 100,000.
///
/// ```no_run
/// # fn test<MyRuntime: paintdry_core::Runtime>() {
/// paintdry_conformance::assert_survives_load::<MyRuntime>(100_000);
/// # }
/// ```
///
/// # Panics
/// As [`assert_conforms`], but a check may take a second more for each thousand tasks.
pub fn assert_survives_load<R: Runtime>(tasks: usize) {
    let seconds = u64::try_from(tasks / 1_000).unwrap_or(u64::MAX);
    assert_all::<R>(Suite::Load(tasks), LIMIT.saturating_add(Duration::from_secs(seconds)));
}

fn assert_all<R: Runtime>(suite: Suite, limit: Duration) {
    let SuiteResult { checks, broken, figures } = suite.run(type_of::<R>(), limit);
    assert!(broken.is_empty(), "{}", message(R::NAME, &broken));
    let tried = [("checks", checks)].into_iter().chain(figures).map(|(what, times)| format!("{what}: {times}"));
    println!("{}: {}", R::NAME, tried.collect::<Vec<_>>().join(", "));
}
