//! smol by hand: the executors that are never dropped, and therefore
//! [do less to spawn, run and finish a task](https://docs.rs/async-executor/latest/async_executor/struct.StaticExecutor.html). They
//! are in async-executor, on which smol is built; smol does not re-export them.

use crate::by_hand::smol_threads::{Shared, Threads};
use crate::contender::{Fault, Pass};
use crate::kits::{self, doubling, yields};
use crate::tally::Tally;
use async_executor::{StaticExecutor, StaticLocalExecutor};
use smol::future::yield_now;
use smol::{Executor, LocalExecutor, Task};

/// A new executor of the calling thread. A program has one in a `static` or leaks it, as this does.
pub(crate) fn local() -> &'static StaticLocalExecutor {
    LocalExecutor::new().leak()
}

/// `count` threads that run a new executor.
pub(crate) fn threads(count: usize) -> Threads<&'static StaticExecutor> {
    Threads::running(count, Executor::new().leak())
}

impl Shared for &'static StaticExecutor {
    fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(&self, task: F) -> Task<F::Output> {
        StaticExecutor::spawn(self, task)
    }

    fn run<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        StaticExecutor::run(self, future)
    }
}

/// Runs the tasks on this thread and gives their outputs.
fn run<F>(
    executor: &'static StaticLocalExecutor,
    tasks: impl ExactSizeIterator<Item = F>,
) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    smol::block_on(executor.run(kits::joined(tasks, |task| Ok(executor.spawn(task)), Ok)))
}

pub(crate) fn yields<T: Tally>(
    executor: &'static StaticLocalExecutor,
    tasks: usize,
    items: u64,
) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(executor, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn spawns<T: Tally>(executor: &'static StaticLocalExecutor, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(executor, doubling::<T>(tasks)))
}
