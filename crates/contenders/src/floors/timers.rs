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

/// Boxed closures in a binary heap.
pub(crate) fn boxed_closures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| {
        let mut heap: BinaryHeap<Due<Box<dyn FnOnce() -> Woke>>> = BinaryHeap::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            let woke = move || {
                T::slept(1);
                (n, start.elapsed())
            };
            heap.push(Due { at: Instant::now() + timers.duration(n), what: Box::new(woke) });
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        run(&mut heap, |closure| woke.push(closure()));
        Ok(woke)
    })
}

/// Asks the loop, through a cell that both hold, to be polled again when the time has passed.
struct Sleep<'a> {
    duration: Duration,
    until: Option<Instant>,
    request: &'a Cell<Option<Instant>>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let now = Instant::now();
        let until = self.until.unwrap_or(now + self.duration);
        self.until = Some(until);
        if until <= now {
            return Poll::Ready(());
        }
        self.request.set(Some(until));
        Poll::Pending
    }
}

/// Boxed futures in a binary heap, with a waker that does nothing.
pub(crate) fn boxed_futures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| {
        let request = Cell::new(None);
        let sleep = |duration| Sleep { duration, until: None, request: &request };
        let mut heap = BinaryHeap::with_capacity(timers.sleepers);
        let mut woke = Vec::with_capacity(timers.sleepers);
        for sleeper in timers::sleepers::<T, _>(timers, start, sleep) {
            let mut future: BoxedFuture<'_, Woke> = Box::pin(sleeper);
            match poll(&mut future) {
                Some(output) => woke.push(output),
                None => heap.push(Due { at: request.take().unwrap_or(start), what: future }),
            }
        }
        run(&mut heap, |mut future| woke.extend(poll(&mut future)));
        Ok(woke)
    })
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
