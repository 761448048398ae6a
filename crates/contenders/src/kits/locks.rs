//! For passes with a mutex: the tasks that lock it, and the pass.

use crate::contender::{Fault, Pass};
use crate::job::Locks;
use crate::sync::{Lock, Protected};
use crate::tally::{Tally, count_yield};
use crate::work::checksum;
use futures::FutureExt;
use std::sync::Arc;
use std::time::Instant;

/// The tasks, on a runtime with this `yield_now`.
pub(crate) fn tasks<T: Tally, L: Lock, Y: Future<Output = ()>>(
    job: Locks,
    lock: Arc<L>,
    yield_now: impl Fn() -> Y + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    (0..job.tasks).map(move |n| {
        T::spawned(1);
        take(n, job.locks, Arc::clone(&lock), move || count_yield::<T>(yield_now()))
    })
}

/// The body of task `n`. It gives how often it locked.
pub(crate) async fn take<L: Lock, Y: Future<Output = ()>>(
    n: usize,
    locks: u64,
    lock: Arc<L>,
    yield_now: impl Fn() -> Y,
) -> u64 {
    for _ in 0..locks {
        let mut protected = lock.lock().await;
        let before = protected.total;
        yield_now().await;
        protected.total = before + 1;
        protected.hand_overs += u64::from(protected.holder != Some(n));
        protected.holder = Some(n);
        drop(protected);
        yield_now().await;
    }
    locks
}

/// Times `run`, which runs the tasks on this lock.
pub(crate) fn pass<L: Lock>(run: impl FnOnce(Arc<L>) -> Result<Vec<u64>, Fault>) -> Result<Pass, Fault> {
    pass_with(run).map(|(pass, _)| pass)
}

/// The same, with what the mutex protects, at the end.
fn pass_with<L: Lock>(run: impl FnOnce(Arc<L>) -> Result<Vec<u64>, Fault>) -> Result<(Pass, Protected), Fault> {
    let lock = Arc::new(L::new(Protected::default()));
    let start = Instant::now();
    let outputs = run(Arc::clone(&lock))?;
    let time = start.elapsed();
    let Some(mut protected) = lock.lock().now_or_never() else {
        return Err(Fault::Failed("a task ended and kept the lock".to_owned()));
    };
    let protected = std::mem::take(&mut *protected);
    Ok((Pass::new(time, checksum(outputs.into_iter().chain([protected.total]))), protected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::by_hand::{smol, tokio};
    use crate::job::Job;
    use crate::tally::Off;
    use ::smol::LocalExecutor;

    const JOB: Locks = Locks { tasks: 5, locks: 20 };

    /// A fair mutex and one that is not do the same work, because a task that unlocked gives up its turn.
    #[test]
    fn on_one_thread_the_lock_goes_to_another_task_each_time() {
        let on_smol = pass_with::<::smol::lock::Mutex<_>>(|lock| {
            smol::run(&LocalExecutor::new(), tasks::<Off, _, _>(JOB, lock, ::smol::future::yield_now))
        });
        let on_tokio = pass_with::<::tokio::sync::Mutex<_>>(|lock| {
            tokio::run(&tokio::current_thread(), tasks::<Off, _, _>(JOB, lock, ::tokio::task::yield_now))
        });
        for outcome in [on_smol, on_tokio] {
            let (pass, protected) = outcome.expect("it runs");
            assert_eq!(pass.results, Job::Locks(JOB).demands().results);
            assert_eq!((protected.total, protected.hand_overs), (100, 100));
        }
    }
}
