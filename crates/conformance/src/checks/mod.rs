//! The checks: what one consists of, and which suite has which. Each file has the checks of one group of promises.

mod running;
mod waking;
mod tasks;
mod handles;
mod sleeping;
mod yielding;
mod contract;
mod threads;
mod cancelling;
mod panicking;
mod closing;
mod load;

use crate::log::Log;
use paintdry_core::Runtime;
use std::fmt::Debug;
use std::time::Duration;

/// What becomes of a panic in a drop that the runtime runs: the drop of a task's future, or of a result that no handle takes.
/// (If the drop of a coroutine's own variable panics during a poll, that is a panic like any other.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanicInDrop {
    /// It does not harm other tasks. It may be lost, or reach the code that drops the runtime or the handle.
    IsCaught,
    /// It ends the process, as `std::process::abort` does. Runtimes that are built on `async-task` do that. The suite does
    /// not try such panics.
    EndsTheProcess,
}

/// A task that waits for the progress of others gives up after this time, so that a runtime that makes none fails soon.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(2);

/// One check.
pub(crate) struct Check<R> {
    /// The promise that it tests.
    pub(crate) promise: &'static str,
    /// The promise in the words of the trait's documentation.
    pub(crate) trait_says: &'static str,
    /// Where the fault usually is.
    pub(crate) look_at: &'static str,
    /// Tries it, and returns what happened instead.
    pub(crate) try_it: Try<R>,
}

type Try<R> = Box<dyn FnOnce(&R, &Log) -> Result<(), String> + Send>;

/// Which checks to run.
#[derive(Clone, Copy)]
pub(crate) enum Suite {
    Conforms,
    Faults(PanicInDrop),
    Load(usize),
}

impl Suite {
    /// The checks, in the order in which the author of a runtime meets their promises.
    pub(crate) fn checks<R: Runtime>(self) -> Vec<Check<R>> {
        match self {
            Self::Conforms => {
                let mut checks = running::checks();
                checks.extend(waking::checks());
                checks.extend(tasks::checks());
                checks.extend(handles::checks());
                checks.extend(sleeping::checks());
                checks.extend(yielding::checks());
                checks.extend(contract::checks());
                checks.extend(threads::checks());
                checks
            }
            Self::Faults(panic_in_drop) => {
                let mut checks = cancelling::checks();
                checks.extend(panicking::checks());
                checks.extend(closing::checks());
                if panic_in_drop == PanicInDrop::IsCaught {
                    checks.extend(panicking::in_drops());
                    checks.extend(closing::in_drops());
                }
                checks
            }
            Self::Load(tasks) => load::checks(tasks),
        }
    }
}

/// Compares, and says what came instead.
fn expect<T: PartialEq + Debug>(what: &str, actual: &T, expected: &T) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("{what} was {actual:?} instead of {expected:?}")) }
}

/// That checks can fail is shown with runtimes that have one fault each, in `crates/own-runtime/tests/faults`.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::erased::Erased;
    use paintdry_core::RUNTIME_TEXT;

    #[test]
    fn every_check_quotes_the_documentation_of_the_trait() {
        let docs = RUNTIME_TEXT.lines().filter_map(|line| line.trim().strip_prefix("///"));
        let docs = docs.map(str::trim).collect::<Vec<_>>().join(" ");
        let suites = [Suite::Conforms, Suite::Faults(PanicInDrop::IsCaught), Suite::Load(1)];
        let checks: Vec<_> = suites.into_iter().flat_map(Suite::checks::<Erased<false>>).collect();
        assert!(checks.len() > 30, "they were found");
        for check in checks {
            assert!(
                docs.contains(check.trait_says),
                "`{}` is not what the trait says: {}",
                check.promise,
                check.trait_says
            );
        }
    }
}
