//! The floors of timers: a binary heap, and a thread that sleeps until the first of them is due.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, join, poll};
use crate::job::Timers;
use crate::kits::timers::{self, Woke};
use crate::tally::Tally;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

/// What is due at a moment; the earliest is the greatest, because a `BinaryHeap` gives the greatest first.
struct Due<W> {
    at: Instant,
    what: W,
}

impl<W> Ord for Due<W> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at)
    }
}
impl<W> PartialOrd for Due<W> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<W> PartialEq for Due<W> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}
impl<W> Eq for Due<W> {}

/// Waits for the first and takes it, as long as there is one. The clock is read only when what was due is done.
fn run<W>(heap: &mut BinaryHeap<Due<W>>, mut wake: impl FnMut(W)) {
    let mut now = Instant::now();
    while let Some(due) = heap.pop() {
        if due.at > now {
            now = Instant::now();
        }
        while due.at > now {
            thread::sleep(due.at - now);
            now = Instant::now();
        }
        wake(due.what);
    }
}

/// Runs boxed closures in a binary heap, each when its time has passed.
pub(super) fn run_closures<O>(closures: impl ExactSizeIterator<Item = (Duration, Box<dyn FnOnce() -> O>)>) -> Vec<O> {
    let mut outputs = Vec::with_capacity(closures.len());
    let mut heap = BinaryHeap::with_capacity(closures.len());
    heap.extend(closures.map(|(duration, what)| Due { at: Instant::now() + duration, what }));
    run(&mut heap, |closure| outputs.push(closure()));
    outputs
}

pub(crate) fn boxed_closures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| {
        let closure = |n| -> (_, Box<dyn FnOnce() -> Woke>) {
            T::spawned(1);
            let woke = move || {
                T::slept(1);
                (n, start.elapsed())
            };
            (timers.duration(n), Box::new(woke))
        };
        Ok(run_closures((0..timers.sleepers).map(closure)))
    })
}

thread_local! {
    /// How long the future that is being polled wants to sleep.
    static ASKED: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Asks the loop that polls it for a pause, and is ready when it is polled again.
pub(super) struct Sleep {
    duration: Option<Duration>,
}

pub(super) fn sleep(duration: Duration) -> Sleep {
    Sleep { duration: Some(duration) }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Some(duration) = self.duration.take() else { return Poll::Ready(()) };
        ASKED.set(Some(duration));
        Poll::Pending
    }
}

/// Runs boxed futures in a binary heap, with a waker that does nothing. Each may [`sleep`] once.
pub(super) fn run_futures<F: Future>(tasks: impl ExactSizeIterator<Item = F>) -> Vec<F::Output> {
    let mut outputs = Vec::with_capacity(tasks.len());
    let mut heap = BinaryHeap::with_capacity(tasks.len());
    for task in tasks {
        let mut what: BoxedFuture<'_, F::Output> = Box::pin(task);
        match poll(&mut what) {
            Some(output) => outputs.push(output),
            None => heap.push(Due { at: Instant::now() + ASKED.take().unwrap_or_default(), what }),
        }
    }
    run(&mut heap, |mut future| outputs.extend(poll(&mut future)));
    outputs
}

pub(crate) fn boxed_futures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| Ok(run_futures(timers::sleepers::<T, _>(timers, start, sleep))))
}

/// An OS thread for each sleeper.
pub(crate) fn threads<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| {
        let sleeper = |n| {
            T::spawned(1);
            thread::Builder::new().spawn(move || {
                thread::sleep(timers.duration(n));
                T::slept(1);
                (n, start.elapsed())
            })
        };
        join((0..timers.sleepers).map(sleeper))
    })
}
