//! smol by hand: an `Executor` that several threads run, which is
//! [what its documentation shows](https://docs.rs/async-executor/latest/async_executor/struct.Executor.html) for a program.

use crate::contender::{Fault, Pass};
use crate::job::{Paints, double};
use crate::kits::{self, doubling, painters, yields};
use crate::tally::Tally;
use smol::future::yield_now;
use smol::{Executor, Task, Timer, channel};
use std::sync::Arc;
use std::thread;

/// An executor that threads share.
pub(crate) trait Shared: Clone + Send + 'static {
    fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(&self, task: F) -> Task<F::Output>;

    /// Runs tasks on the calling thread until `future` has ended.
    fn run<F: Future>(&self, future: F) -> impl Future<Output = F::Output>;
}

impl Shared for Arc<Executor<'static>> {
    fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(&self, task: F) -> Task<F::Output> {
        Executor::spawn(self, task)
    }

    fn run<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        Executor::run(self, future)
    }
}

/// Several threads that run an executor until they are dropped.
pub(crate) struct Threads<E: Shared> {
    executor: E,
    /// Dropping it ends the threads.
    stop: Option<channel::Sender<()>>,
    joins: Vec<thread::JoinHandle<()>>,
}

impl Threads<Arc<Executor<'static>>> {
    /// Starts `count` threads.
    pub(crate) fn start(count: usize) -> Self {
        Self::running(count, Arc::new(Executor::new()))
    }
}

impl<E: Shared> Threads<E> {
    /// Starts `count` threads that run `executor`.
    pub(crate) fn running(count: usize, executor: E) -> Self {
        let (stop, stopped) = channel::bounded::<()>(1);
        let run = |_| {
            let (executor, stopped) = (executor.clone(), stopped.clone());
            thread::spawn(move || _ = smol::block_on(executor.run(stopped.recv())))
        };
        let joins = (0..count).map(run).collect();
        Self { executor, stop: Some(stop), joins }
    }

    /// Has the threads run the tasks and gives their outputs. The calling thread only waits.
    fn run<F>(&self, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        smol::block_on(kits::joined(tasks, |task| Ok(self.executor.spawn(task)), Ok))
    }
}

impl<E: Shared> Drop for Threads<E> {
    fn drop(&mut self) {
        self.stop = None;
        for thread in self.joins.drain(..) {
            let _ = thread.join(); // one that panicked has ended, too
        }
    }
}

pub(crate) fn yields<T: Tally>(threads: &Threads<impl Shared>, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| threads.run(yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

pub(crate) fn spawns<T: Tally>(threads: &Threads<impl Shared>, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| threads.run(doubling::<T>(tasks)))
}

pub(crate) fn paints<T: Tally>(threads: &Threads<impl Shared>, job: Paints) -> Result<Pass, Fault> {
    kits::pass(|| threads.run(painters::<T, _>(job, Timer::after)))
}

/// Starts an executor that `count` threads run for each task.
pub(crate) fn starts<T: Tally>(count: usize, times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let threads = Threads::start(count);
        T::spawned(1);
        smol::block_on(threads.executor.spawn(async move { double(n) }))
    };
    kits::pass(|| Ok((0..times).map(once).collect()))
}
