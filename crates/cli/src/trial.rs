//! If threads are scarce, each runtime is first tried in a process of its own: some abort, and one waits for ever.

use crate::ideal::cores;
use crate::scale::{Answer, Contestant, Interrupted, process};
use crate::{Entry, RunError};
use paintdry_contenders::job::Dries;
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

/// Runs one task on the runtime in another process, unless there are enough threads. Calls `interrupted` again and again;
/// each call should wait a moment.
///
/// # Errors
/// If the runtime does not work with the available threads.
pub(crate) fn works(entry: &Entry, interrupted: &dyn Fn() -> bool) -> Result<Result<(), RunError>, Interrupted> {
    if !entry.starts_threads() || are_enough_threads() {
        return Ok(Ok(()));
    }
    let contestant = Contestant::of_entry(entry);
    let workload = Dries { tasks: 1, drying: Duration::from_nanos(1) };
    let command = match process::command(&contestant, &workload) {
        Ok(command) => command,
        Err(error) => return Ok(Err(RunError::FewThreads { why: error.to_string() })),
    };
    Ok(match process::run(command, LONGEST, &process::last_line, interrupted)? {
        Answer::Measured(_) => Ok(()),
        Answer::NotRun(why) | Answer::Error(why) => Err(RunError::FewThreads { why }),
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
}
