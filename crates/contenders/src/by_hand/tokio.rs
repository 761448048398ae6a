//! tokio by hand: `tokio::spawn`, `task::yield_now`, `time::sleep`; the same code for both flavours.

use crate::contender::{Fault, Pass};
use crate::job::{Paints, Timers, double};
use crate::kits::{self, doubling, painters, timers, wakes, yields};
use crate::tally::Tally;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinError, yield_now};
use tokio::time::sleep;

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The current-thread flavour, with timers.
///
/// # Panics
/// If the operating system refuses what it needs; so do the others.
pub(crate) fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("the operating system gives what tokio needs")
}

/// The multi-thread flavour as `#[tokio::main]` starts it: a worker for each core. Finding out how many there are is part
/// of its start.
pub(crate) fn multi_thread() -> Runtime {
    Builder::new_multi_thread().enable_time().build().expect("the operating system gives threads")
}

/// The multi-thread flavour, with timers and this many workers.
pub(crate) fn with_workers(workers: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(workers).enable_time().build().expect("the operating system gives threads")
}

/// Spawns the tasks and gives their outputs.
async fn joined<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    kits::joined(tasks, |task| Ok(tokio::spawn(task)), |output| Ok(output?)).await
}

pub(crate) fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        runtime.block_on(joined(yields::tasks::<T, _>(promises, items, yield_now))).map(drop)
    })
}

/// The same, spawned by a task on a worker. `block_on` runs on the calling thread, which is no worker of the multi-thread
/// flavour.
pub(crate) fn yields_from_a_task<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let tasks = yields::tasks::<T, _>(promises, items, yield_now);
        runtime.block_on(async { tokio::spawn(joined(tasks)).await })?.map(drop)
    })
}

/// The same with a yield that wakes itself at once, as other runtimes' do. tokio's own waits until the driver has been polled.
pub(crate) fn yields_waking_itself<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        runtime.block_on(joined(yields::tasks::<T, _>(promises, items, smol::future::yield_now))).map(drop)
    })
}

pub(crate) fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| runtime.block_on(joined(doubling::<T>(tasks))))
}

/// The same, spawned by a task on a worker.
pub(crate) fn spawns_from_a_task<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| runtime.block_on(async { tokio::spawn(joined(doubling::<T>(tasks))).await })?)
}

pub(crate) fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| runtime.block_on(joined(timers::sleepers::<T, _>(timers, start, sleep))))
}

pub(crate) fn wakes<T: Tally>(runtime: &Runtime, round_trips: u64) -> Result<Pass, Fault> {
    wakes::pass::<T>(round_trips, |player| {
        T::spawned(1);
        Ok(runtime.block_on(async { tokio::spawn(player.play()).await })?)
    })
}

pub(crate) fn paints<T: Tally>(runtime: &Runtime, job: Paints) -> Result<Pass, Fault> {
    kits::pass(|| runtime.block_on(joined(painters::<T, _>(job, sleep))))
}

pub(crate) fn starts<T: Tally>(start: fn() -> Runtime, times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let runtime = start();
        T::spawned(1);
        Ok(runtime.block_on(async { tokio::spawn(async move { double(n) }).await })?)
    };
    kits::pass(|| (0..times).map(once).collect())
}
