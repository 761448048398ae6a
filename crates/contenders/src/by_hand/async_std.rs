//! async-std by hand: `task::spawn` on the process's own threads.

use crate::contender::{Fault, Pass};
use crate::job::Timers;
use crate::kits::{self, doubling, timers, wakes, yields};
use crate::tally::Tally;
use async_std::task;

/// Runs the tasks and gives their outputs.
fn run<F>(tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
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

pub(crate) fn wakes<T: Tally>(round_trips: u64) -> Result<Pass, Fault> {
    wakes::pass::<T>(round_trips, |player| {
        T::spawned(1);
        Ok(task::block_on(task::spawn(player.play())))
    })
}
