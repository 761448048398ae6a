//! The floors of spawning: what it costs to put work on the heap and into a queue, and to run it.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, poll};
use crate::groups::spawns;
use crate::job::double;
use crate::tally::Tally;
use std::collections::VecDeque;
use std::task::Poll;
use std::thread;
use std::time::Instant;

/// No tasks: the work alone.
#[must_use]
pub fn plain_loop<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let mut outputs = Vec::with_capacity(tasks);
    for n in 0..tasks as u64 {
        outputs.push(double(n));
    }
    spawns::pass(start, outputs)
}

/// Boxed closures in a queue. The number is captured, so that there is something on the heap.
#[must_use]
pub fn boxed_closures<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let mut ready: VecDeque<Box<dyn FnOnce() -> u64>> = VecDeque::with_capacity(tasks);
    for n in 0..tasks as u64 {
        T::spawned(1);
        ready.push_back(Box::new(move || double(n)));
    }
    let mut outputs = Vec::with_capacity(tasks);
    while let Some(closure) = ready.pop_front() {
        outputs.push(closure());
    }
    spawns::pass(start, outputs)
}

/// Boxed futures in a queue, with a waker that does nothing.
#[must_use]
pub fn boxed_futures<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let mut ready: VecDeque<BoxedFuture<u64>> = VecDeque::with_capacity(tasks);
    for n in 0..tasks as u64 {
        T::spawned(1);
        ready.push_back(Box::pin(async move { double(n) }));
    }
    let mut outputs = Vec::with_capacity(tasks);
    while let Some(mut future) = ready.pop_front() {
        match poll(&mut future) {
            Poll::Ready(output) => outputs.push(output),
            Poll::Pending => ready.push_back(future),
        }
    }
    spawns::pass(start, outputs)
}

/// An OS thread for each task.
///
/// # Errors
/// If there is no thread.
pub fn threads<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let run = |n| {
        T::spawned(1);
        thread::Builder::new().spawn(move || double(n))
    };
    let threads = (0..tasks as u64).map(run).collect::<Result<Vec<_>, _>>();
    let threads = threads.map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
    let joined = |thread: thread::JoinHandle<u64>| thread.join().map_err(|_| Fault::Failed("a thread panicked".into()));
    let outputs = threads.into_iter().map(joined).collect::<Result<_, _>>()?;
    Ok(spawns::pass(start, outputs))
}
