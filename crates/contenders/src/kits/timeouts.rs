//! For passes with time limits: the tasks, and the pass that fails if a limit was reached.

use crate::contender::{Fault, Pass};
use crate::job::Timeouts;
use crate::kits;
use crate::tally::Tally;
use std::time::Duration;

/// The tasks. `limited` waits for one yield, which must be counted, for as long as the limit at most, and says whether the
/// yield was in time. Each task gives how often it was.
pub(crate) fn tasks<T: Tally, L: Future<Output = bool>>(
    job: Timeouts,
    limited: impl Fn(Duration) -> L + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    (0..job.tasks).map(move |task| {
        T::spawned(1);
        async move {
            let mut in_time = 0;
            for round in 0..job.rounds {
                in_time += u64::from(limited(job.limit(task, round)).await);
            }
            in_time
        }
    })
}

/// Times `run`, which gives how often each task was in time. Fails if it was not always.
pub(crate) fn pass(job: Timeouts, run: impl FnOnce() -> Result<Vec<u64>, Fault>) -> Result<Pass, Fault> {
    kits::pass(|| {
        let in_time = run()?;
        match in_time.iter().find(|times| **times != job.rounds) {
            Some(_) => Err(Fault::Failed("a limit was reached".to_owned())),
            None => Ok(in_time),
        }
    })
}
