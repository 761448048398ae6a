//! If threads are scarce, each runtime is first tried in a process of its own: some abort, and one waits for ever.

use crate::ideal::cores;
use crate::scale::{Answer, Contestant, Interrupted, process};
use crate::{Entry, RunError};
use paintdry_contenders::job::Dries;
use std::collections::HashMap;
use std::env;
use std::sync::{PoisonError, RwLock};
use std::thread;
use std::time::Duration;

/// What a runtime may start beside its workers: threads for timers and for blocking work, and the run's own.
const BESIDE_WORKERS: usize = 6;

/// The variables that set how many workers a runtime starts.
const WORKERS: [&str; 3] = ["TOKIO_WORKER_THREADS", "ASYNC_STD_THREAD_COUNT", "SMOL_THREADS"];

/// The most that are tested here: above this number, the trial decides.
const MOST: usize = 1_000;

/// A runtime that has not run one task after this time waits for something that never comes.
const LONGEST: Duration = Duration::from_secs(5);

/// The trials of a comparison. A runtime that has failed one is not tried again: each hang takes [`LONGEST`].
#[derive(Debug, Default)]
pub(crate) struct Trials {
    failed: HashMap<&'static str, String>,
}

impl Trials {
    /// Runs one task on the runtime in another process, unless there are enough threads. Calls `interrupted` again and again;
    /// each call should wait a moment.
    ///
    /// # Errors
    /// If the runtime does not work with the available threads.
    pub(crate) fn works(
        &mut self,
        entry: &Entry,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Result<(), RunError>, Interrupted> {
        if !entry.starts_threads() || (!self.failed.contains_key(entry.name()) && are_enough_threads()) {
            return Ok(Ok(()));
        }
        self.outcome(entry.name(), || try_out(entry, interrupted))
    }

    /// The outcome of the trial of this runtime, which is the one before if that has failed.
    fn outcome(
        &mut self,
        name: &'static str,
        trial: impl FnOnce() -> Result<Option<String>, Interrupted>,
    ) -> Result<Result<(), RunError>, Interrupted> {
        if !self.failed.contains_key(name) {
            let Some(why) = trial()? else { return Ok(Ok(())) };
            self.failed.insert(name, why);
        }
        Ok(Err(RunError::FewThreads { why: self.failed[name].clone() }))
    }
}

/// Why the runtime does not work; `None` if it does.
fn try_out(entry: &Entry, interrupted: &dyn Fn() -> bool) -> Result<Option<String>, Interrupted> {
    let contestant = Contestant::of_entry(entry);
    let workload = Dries { tasks: 1, drying: Duration::from_nanos(1) };
    let command = match process::command(&contestant, &workload) {
        Ok(command) => command,
        Err(error) => return Ok(Some(error.to_string())),
    };
    Ok(match process::run(command, LONGEST, &process::last_line, interrupted)? {
        Answer::Measured(_) => None,
        Answer::NotRun(why) | Answer::Error(why) | Answer::Hung(why) => Some(why),
    })
}

/// Whether the system allows as many threads as any runtime starts.
fn are_enough_threads() -> bool {
    let asked = WORKERS.iter().filter_map(|name| env::var(name).ok());
    // What is no number of workers is tried, too: with none, smol waits for ever.
    let mut asked = asked.map(|text| text.parse::<usize>().ok().filter(|workers| *workers > 0));
    let workers = asked.try_fold(cores(), |most, workers| Some(most.max(workers?)));
    workers.is_some_and(|workers| workers <= MOST && can_be_had(workers + BESIDE_WORKERS))
}

/// Whether this many threads can run at the same time.
fn can_be_had(count: usize) -> bool {
    let gate = RwLock::new(());
    thread::scope(|scope| {
        let closed = gate.write().unwrap_or_else(PoisonError::into_inner);
        let wait = || drop(gate.read());
        let started = (0..count).map_while(|_| thread::Builder::new().spawn_scoped(scope, wait).ok()).count();
        drop(closed);
        started == count
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_threads_can_be_had() {
        assert!(can_be_had(4) && are_enough_threads());
    }

    #[test]
    fn a_runtime_that_has_failed_is_not_tried_again() {
        let mut trials = Trials::default();
        for _ in 0..2 {
            assert!(matches!(trials.outcome("sound", || Ok(None)), Ok(Ok(()))));
        }
        let failed = |tried: Result<Result<(), RunError>, Interrupted>| {
            tried.ok().and_then(Result::err).map(|why| why.to_string())
        };
        let first = failed(trials.outcome("hangs", || Ok(Some("it hung".to_owned()))));
        let second = failed(trials.outcome("hangs", || panic!("it was tried again")));
        assert!(first.is_some_and(|why| why.contains("it hung") && Some(why) == second));
    }
}
