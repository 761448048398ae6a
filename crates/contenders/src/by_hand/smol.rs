//! smol by hand: a `LocalExecutor`, the global executor, and an `Executor` that several threads run.

use crate::contender::{Fault, Pass};
use crate::job::{Paints, Timers, double};
use crate::kits::{self, doubling, painters, timers, wakes, yields};
use crate::tally::Tally;
use smol::future::yield_now;
use smol::{Executor, LocalExecutor, Timer, channel};
use std::sync::Arc;
use std::thread;

/// Runs the tasks on `executor` and gives their outputs.
fn run<F>(executor: &LocalExecutor<'_>, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    smol::block_on(executor.run(kits::joined(tasks, |task| Ok(executor.spawn(task)), Ok)))
}

/// Runs the tasks on the global executor and gives their outputs.
fn run_global<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    smol::block_on(kits::joined(tasks, |task| Ok(smol::spawn(task)), Ok))
}

pub(crate) fn yields<T: Tally>(executor: &LocalExecutor<'_>, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(executor, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn yields_global<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run_global(yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn spawns<T: Tally>(executor: &LocalExecutor<'_>, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(executor, doubling::<T>(tasks)))
}

pub(crate) fn spawns_global<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run_global(doubling::<T>(tasks)))
}

pub(crate) fn timers<T: Tally>(executor: &LocalExecutor<'_>, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| run(executor, timers::sleepers::<T, _>(timers, start, Timer::after)))
}

pub(crate) fn wakes<T: Tally>(executor: &LocalExecutor<'_>, round_trips: u64) -> Result<Pass, Fault> {
    wakes::pass::<T>(round_trips, |player| {
        T::spawned(1);
        Ok(smol::block_on(executor.run(executor.spawn(player.play()))))
    })
}

/// An executor that several threads run until it is dropped.
pub(crate) struct Threads {
    executor: Arc<Executor<'static>>,
    /// Dropping it ends the threads.
    stop: Option<channel::Sender<()>>,
    joins: Vec<thread::JoinHandle<()>>,
}

impl Threads {
    /// Starts `count` threads.
    pub(crate) fn start(count: usize) -> Self {
        let executor = Arc::new(Executor::new());
        let (stop, stopped) = channel::bounded::<()>(1);
        let run = |_| {
            let (executor, stopped) = (Arc::clone(&executor), stopped.clone());
            thread::spawn(move || _ = smol::block_on(executor.run(stopped.recv())))
        };
        let joins = (0..count).map(run).collect();
        Self { executor, stop: Some(stop), joins }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.stop = None;
        for thread in self.joins.drain(..) {
            let _ = thread.join(); // one that panicked has ended, too
        }
    }
}

pub(crate) fn paints<T: Tally>(threads: &Threads, job: Paints) -> Result<Pass, Fault> {
    let painters = painters::<T, _>(job, Timer::after);
    kits::pass(|| smol::block_on(kits::joined(painters, |task| Ok(threads.executor.spawn(task)), Ok)))
}

/// Starts a `LocalExecutor` for each task.
pub(crate) fn starts<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let executor = LocalExecutor::new();
        T::spawned(1);
        smol::block_on(executor.run(executor.spawn(async move { double(n) })))
    };
    kits::pass(|| Ok((0..times).map(once).collect()))
}

/// Starts an executor that `count` threads run for each task.
pub(crate) fn starts_threads<T: Tally>(count: usize, times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let threads = Threads::start(count);
        T::spawned(1);
        smol::block_on(threads.executor.spawn(async move { double(n) }))
    };
    kits::pass(|| Ok((0..times).map(once).collect()))
}
