//! tokio by hand: `tokio::spawn`, `task::yield_now`, `time::sleep`; the same code for both flavours. Its forms for tasks of one
//! thread are in `tokio_local.rs`.

use crate::contender::{Fault, Pass};
use crate::job::{Paints, Timeouts, Timers, Wakes, double};
#[cfg(feature = "groups")]
use crate::kits::selects::{self, First, Select};
use crate::kits::{self, cancels, doubling, painters, timeouts, timers, wakes, yields};
use crate::tally::{Tally, count_yield};
use tokio::runtime::{Builder, Runtime};
use tokio::task::coop::unconstrained;
use tokio::task::{JoinError, JoinHandle, JoinSet, yield_now};
use tokio::time::{sleep, timeout};

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The current-thread flavour as `#[tokio::main(flavor = "current_thread")]` starts it, with timers and sockets.
///
/// # Panics
/// If the operating system refuses what it needs; so do the others.
pub(crate) fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("the operating system gives what tokio needs")
}

/// The current-thread flavour with timers and without sockets: while it waits, it parks its thread instead of asking the
/// system for events.
pub(crate) fn timers_only() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("the operating system gives what tokio needs")
}

/// The multi-thread flavour as `#[tokio::main]` starts it: a worker for each core. Finding out how many there are is part
/// of its start.
pub(crate) fn multi_thread() -> Runtime {
    Builder::new_multi_thread().enable_all().build().expect("the operating system gives threads")
}

/// The multi-thread flavour with this many workers.
pub(crate) fn with_workers(workers: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(workers).enable_all().build().expect("the operating system gives threads")
}

/// Spawns the tasks and gives their outputs.
async fn joined<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    kits::joined(tasks, |task| Ok(tokio::spawn(task)), |output| Ok(output?)).await
}

/// Runs the tasks and gives their outputs.
pub(crate) fn run<F>(runtime: &Runtime, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    runtime.block_on(joined(tasks))
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

/// The same without tokio's [budget](https://docs.rs/tokio/latest/tokio/task/coop/index.html), by which a task that finds one
/// of tokio's resources ready too often has to yield. Here only the join handles spend it.
pub(crate) fn yields_unconstrained<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let tasks = yields::tasks::<T, _>(promises, items, yield_now).map(unconstrained);
        runtime.block_on(unconstrained(joined(tasks))).map(drop)
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

/// The same with the [set](https://docs.rs/tokio/latest/tokio/task/struct.JoinSet.html) that tokio has for tasks that are joined
/// together. It gives the outputs in the order in which the tasks end.
pub(crate) fn spawns_in_a_join_set<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass_in_any_order(|| {
        runtime.block_on(async {
            let mut set: JoinSet<_> = doubling::<T>(tasks).collect();
            let mut outputs = Vec::with_capacity(tasks);
            while let Some(output) = set.join_next().await {
                outputs.push(output?);
            }
            Ok(outputs)
        })
    })
}

pub(crate) fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| runtime.block_on(joined(timers::sleepers::<T, _>(timers, start, sleep))))
}

pub(crate) fn timeouts<T: Tally>(runtime: &Runtime, job: Timeouts) -> Result<Pass, Fault> {
    let limited = |limit| async move { timeout(limit, count_yield::<T>(yield_now())).await.is_ok() };
    timeouts::pass(job, || runtime.block_on(joined(timeouts::tasks::<T, _>(job, limited))))
}

/// Its macro is not compiled into the command, which has no groups.
#[cfg(feature = "groups")]
struct Macro;

#[cfg(feature = "groups")]
impl Select for Macro {
    fn yield_now() -> impl Future<Output = ()> + Send {
        yield_now()
    }

    async fn select(yields: impl Future<Output = ()> + Send, receives: impl Future + Send) -> First {
        tokio::select! {
            () = yields => First::Yielded,
            _ = receives => First::Received,
        }
    }
}

#[cfg(feature = "groups")]
pub(crate) fn selects<T: Tally>(runtime: &Runtime, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| runtime.block_on(joined(selects::tasks::<T, Macro>(tasks, rounds))))
}

/// Joins a task that was aborted.
async fn join_aborted(task: JoinHandle<()>) -> Result<(), Fault> {
    match task.await {
        Err(error) if error.is_cancelled() => Ok(()),
        ended => cancels::no_output(Some(ended?)),
    }
}

/// Aborts all tasks, and then joins each, as `JoinSet::shutdown` does.
pub(crate) async fn abort_all(handles: Vec<JoinHandle<()>>) -> Result<(), Fault> {
    handles.iter().for_each(JoinHandle::abort);
    for task in handles {
        join_aborted(task).await?;
    }
    Ok(())
}

pub(crate) async fn abort_one_by_one(handles: Vec<JoinHandle<()>>) -> Result<(), Fault> {
    for task in handles {
        task.abort();
        join_aborted(task).await?;
    }
    Ok(())
}

/// `abort` aborts and joins the tasks.
pub(crate) fn cancels<T: Tally>(
    runtime: &Runtime,
    tasks: usize,
    abort: impl AsyncFnOnce(Vec<JoinHandle<()>>) -> Result<(), Fault>,
) -> Result<Pass, Fault> {
    runtime.block_on(cancels::pass::<T, _>(tasks, |task| Ok(tokio::spawn(task)), abort))
}

/// Aborts all tasks, by a task on a worker.
pub(crate) fn cancels_from_a_task<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let pass = cancels::pass::<T, _>(tasks, |task| Ok(tokio::spawn(task)), abort_all);
    runtime.block_on(async { tokio::spawn(pass).await })?
}

pub(crate) fn wakes<T: Tally>(runtime: &Runtime, job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| {
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
