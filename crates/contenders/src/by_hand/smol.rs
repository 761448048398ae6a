//! smol by hand: a `LocalExecutor`, with and without smol's reactor, and the global executor. Executors that several threads run
//! are in `smol_threads.rs`.

use crate::contender::{Fault, Pass};
use crate::job::{Timeouts, Timers, Wakes, double};
use crate::kits::selects::{self, First, Select};
use crate::kits::{self, cancels, doubling, timeouts, timers, wakes, yields};
use crate::tally::{Tally, count_yield};
use smol::future::{or, yield_now};
use smol::{LocalExecutor, Task, Timer};
use std::time::Duration;

/// What the calling thread does while no task is ready.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Waiting {
    /// It waits for timers and sockets, and polls them now and then while tasks run: `smol::block_on`.
    OnTheReactor,
    /// It parks: `futures_lite::future::block_on`, which smol re-exports as `smol::future::block_on`. Nothing may need a timer
    /// or a socket then, unless another thread waits for them.
    Parked,
}

impl Waiting {
    fn block_on<F: Future>(self, future: F) -> F::Output {
        match self {
            Self::OnTheReactor => smol::block_on(future),
            Self::Parked => smol::future::block_on(future),
        }
    }

    /// Runs the tasks on `executor` and gives their outputs.
    fn run<F>(
        self,
        executor: &LocalExecutor<'_>,
        tasks: impl ExactSizeIterator<Item = F>,
    ) -> Result<Vec<F::Output>, Fault>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.block_on(executor.run(kits::joined(tasks, |task| Ok(executor.spawn(task)), Ok)))
    }
}

/// Runs the tasks on `executor` and gives their outputs, as most programs do it: the calling thread waits on the reactor.
pub(crate) fn run<F>(
    executor: &LocalExecutor<'_>,
    tasks: impl ExactSizeIterator<Item = F>,
) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    Waiting::OnTheReactor.run(executor, tasks)
}

/// An executor of the calling thread, and what the thread does while no task is ready.
#[derive(Debug)]
pub(crate) struct Local {
    executor: LocalExecutor<'static>,
    waiting: Waiting,
}

impl Local {
    pub(crate) fn new(waiting: Waiting) -> Self {
        Self { executor: LocalExecutor::new(), waiting }
    }

    fn run<F>(&self, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.waiting.run(&self.executor, tasks)
    }
}

pub(crate) fn yields<T: Tally>(local: &Local, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| local.run(yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn spawns<T: Tally>(local: &Local, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| local.run(doubling::<T>(tasks)))
}

pub(crate) fn timers<T: Tally>(local: &Local, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| local.run(timers::sleepers::<T, _>(timers, start, Timer::after)))
}

pub(crate) fn wakes<T: Tally>(local: &Local, job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| {
        T::spawned(1);
        let executor = &local.executor;
        Ok(local.waiting.block_on(executor.run(executor.spawn(player.play()))))
    })
}

/// Runs the tasks on the global executor and gives their outputs.
pub(crate) fn run_global<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    smol::block_on(kits::joined(tasks, |task| Ok(smol::spawn(task)), Ok))
}

pub(crate) fn yields_global<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run_global(yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn spawns_global<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run_global(doubling::<T>(tasks)))
}

/// As the documentation of [`Timer`] puts a limit on an operation.
async fn limited<T: Tally>(limit: Duration) -> bool {
    let yields = async {
        count_yield::<T>(yield_now()).await;
        true
    };
    let is_over = async {
        Timer::after(limit).await;
        false
    };
    or(yields, is_over).await
}

pub(crate) fn timeouts<T: Tally>(executor: &LocalExecutor<'_>, job: Timeouts) -> Result<Pass, Fault> {
    timeouts::pass(job, || run(executor, timeouts::tasks::<T, _>(job, limited::<T>)))
}

pub(crate) fn timeouts_global<T: Tally>(job: Timeouts) -> Result<Pass, Fault> {
    timeouts::pass(job, || run_global(timeouts::tasks::<T, _>(job, limited::<T>)))
}

/// The function of futures-lite.
struct Or;

impl Select for Or {
    fn yield_now() -> impl Future<Output = ()> + Send {
        yield_now()
    }

    async fn select(yields: impl Future<Output = ()> + Send, receives: impl Future + Send) -> First {
        let yields = async {
            yields.await;
            First::Yielded
        };
        let receives = async {
            receives.await;
            First::Received
        };
        or(yields, receives).await
    }
}

pub(crate) fn selects<T: Tally>(executor: &LocalExecutor<'_>, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run(executor, selects::tasks::<T, Or>(tasks, rounds)))
}

pub(crate) fn selects_global<T: Tally>(tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run_global(selects::tasks::<T, Or>(tasks, rounds)))
}

/// Cancels all tasks, and joins them side by side.
pub(crate) async fn cancel_all(tasks: Vec<Task<()>>) -> Result<(), Fault> {
    cancels::join_cancelled(tasks.into_iter().map(Task::cancel)).await
}

pub(crate) async fn cancel_one_by_one(tasks: Vec<Task<()>>) -> Result<(), Fault> {
    for task in tasks {
        cancels::no_output(task.cancel().await)?;
    }
    Ok(())
}

/// `cancel` cancels the tasks, and may join them.
pub(crate) fn cancels<T: Tally>(
    executor: &LocalExecutor<'_>,
    tasks: usize,
    cancel: impl AsyncFnOnce(Vec<Task<()>>) -> Result<(), Fault>,
) -> Result<Pass, Fault> {
    let spawn = |task| Ok(executor.spawn(task));
    smol::block_on(executor.run(cancels::pass::<T, _>(tasks, spawn, cancel)))
}

pub(crate) fn cancels_global<T: Tally>(
    tasks: usize,
    cancel: impl AsyncFnOnce(Vec<Task<()>>) -> Result<(), Fault>,
) -> Result<Pass, Fault> {
    smol::block_on(cancels::pass::<T, _>(tasks, |task| Ok(smol::spawn(task)), cancel))
}

/// Starts an executor for each task.
pub(crate) fn starts<T: Tally>(waiting: Waiting, times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let executor = LocalExecutor::new();
        T::spawned(1);
        waiting.block_on(executor.run(executor.spawn(async move { double(n) })))
    };
    kits::pass(|| Ok((0..times).map(once).collect()))
}
