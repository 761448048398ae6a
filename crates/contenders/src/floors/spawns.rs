//! The floors of spawning: what it costs to put work on the heap and into a queue, and to run it.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, join, poll};
use crate::job::double;
use crate::kits::{doubling, pass, take_turns};
use crate::tally::Tally;
use std::collections::VecDeque;
use std::thread;

/// No tasks: the work alone.
pub(crate) fn plain_loop(tasks: usize) -> Result<Pass, Fault> {
    pass(|| Ok((0..tasks as u64).map(double).collect()))
}

/// Boxed closures in a queue. The number is captured, so that there is something on the heap.
pub(crate) fn boxed_closures<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    pass(|| {
        let boxed = |n| -> Box<dyn FnOnce() -> u64> {
            T::spawned(1);
            Box::new(move || double(n))
        };
        let mut ready: VecDeque<_> = (0..tasks as u64).map(boxed).collect();
        let mut outputs = Vec::with_capacity(tasks);
        while let Some(closure) = ready.pop_front() {
            outputs.push(closure());
        }
        Ok(outputs)
    })
}

/// Boxed futures in a queue, with a waker that does nothing.
pub(crate) fn boxed_futures<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    pass(|| {
        let boxed = doubling::<T>(tasks).map(|task| -> BoxedFuture<'_, u64> { Box::pin(task) });
        Ok(take_turns(boxed.collect(), poll))
    })
}

/// An OS thread for each task.
pub(crate) fn threads<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    pass(|| {
        let run = |n| {
            T::spawned(1);
            thread::Builder::new().spawn(move || double(n))
        };
        join((0..tasks as u64).map(run))
    })
}
