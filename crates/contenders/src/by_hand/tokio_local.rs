//! tokio's two forms for tasks that stay on one thread and need not be `Send`: a `LocalSet` inside a runtime, and a
//! [`LocalRuntime`](https://docs.rs/tokio/latest/tokio/runtime/struct.LocalRuntime.html), which needs no set.

use crate::by_hand::tokio::current_thread;
use crate::contender::{Fault, Pass};
use crate::kits::{self, doubling, yields};
use crate::tally::Tally;
use tokio::runtime::{LocalRuntime, Runtime};
use tokio::task::{LocalSet, spawn_local, yield_now};

/// A set of local tasks, and the runtime that drives it.
pub(crate) struct Set {
    set: LocalSet,
    runtime: Runtime,
}

impl Set {
    pub(crate) fn new() -> Self {
        Self { set: LocalSet::new(), runtime: current_thread() }
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(self.set.run_until(future))
    }
}

/// A runtime whose tasks are all local, with timers and sockets.
///
/// # Panics
/// If the operating system refuses what it needs; so do the others.
pub(crate) fn local_runtime() -> LocalRuntime {
    LocalRuntime::new().expect("the operating system gives what tokio needs")
}

/// Spawns the tasks and gives their outputs.
async fn joined<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    kits::joined(tasks, |task| Ok(spawn_local(task)), |output| Ok(output?)).await
}

pub(crate) fn yields_in_a_set<T: Tally>(set: &Set, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| set.block_on(joined(yields::tasks::<T, _>(promises, items, yield_now))).map(drop))
}

pub(crate) fn yields<T: Tally>(runtime: &LocalRuntime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        runtime.block_on(joined(yields::tasks::<T, _>(promises, items, yield_now))).map(drop)
    })
}

pub(crate) fn spawns_in_a_set<T: Tally>(set: &Set, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| set.block_on(joined(doubling::<T>(tasks))))
}

pub(crate) fn spawns<T: Tally>(runtime: &LocalRuntime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| runtime.block_on(joined(doubling::<T>(tasks))))
}
