//! async-std by hand: `task::spawn` on the process's own threads.

use crate::contender::{Fault, Pass};
use crate::job::{Timeouts, Timers, Wakes};
use crate::kits::selects::{self, Select};
use crate::kits::{self, cancels, doubling, timeouts, timers, wakes, yields};
use crate::tally::{Tally, count_yield};
use async_std::future::timeout;
use async_std::task::{self, JoinHandle};

/// Runs the tasks and gives their outputs.
pub(crate) fn run<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send> + Send + 'static,
{
    task::block_on(kits::joined(tasks, |future| Ok(task::spawn(future)), Ok))
}

pub(crate) fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(yields::tasks::<T, _>(promises, items, task::yield_now)).map(drop))
}

pub(crate) fn spawns<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(doubling::<T>(tasks)))
}

pub(crate) fn timers<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| run(timers::sleepers::<T, _>(timers, start, task::sleep)))
}

pub(crate) fn timeouts<T: Tally>(job: Timeouts) -> Result<Pass, Fault> {
    let limited = |limit| async move { timeout(limit, count_yield::<T>(task::yield_now())).await.is_ok() };
    timeouts::pass(job, || run(timeouts::tasks::<T, _>(job, limited)))
}

/// Its own `race` is behind the feature `unstable`.
struct OfFutures;

impl Select for OfFutures {
    fn yield_now() -> impl Future<Output = ()> + Send {
        task::yield_now()
    }
}

pub(crate) fn selects<T: Tally>(tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run(selects::tasks::<T, OfFutures>(tasks, rounds)))
}

/// Cancels all tasks, and joins them side by side.
pub(crate) async fn cancel_all(tasks: Vec<JoinHandle<()>>) -> Result<(), Fault> {
    cancels::join_cancelled(tasks.into_iter().map(JoinHandle::cancel)).await
}

pub(crate) async fn cancel_one_by_one(tasks: Vec<JoinHandle<()>>) -> Result<(), Fault> {
    for task in tasks {
        cancels::no_output(task.cancel().await)?;
    }
    Ok(())
}

/// `cancel` cancels and joins the tasks.
pub(crate) fn cancels<T: Tally>(
    tasks: usize,
    cancel: impl AsyncFnOnce(Vec<JoinHandle<()>>) -> Result<(), Fault>,
) -> Result<Pass, Fault> {
    task::block_on(cancels::pass::<T, _>(tasks, |future| Ok(task::spawn(future)), cancel))
}

pub(crate) fn wakes<T: Tally>(job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| {
        T::spawned(1);
        Ok(task::block_on(task::spawn(player.play())))
    })
}
