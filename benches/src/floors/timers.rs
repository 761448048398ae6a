//! The floors of timers: a binary heap, and a thread that sleeps until the first of them is due.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, poll};
use crate::groups::timers::{self, Woke};
use crate::job::Timers;
use crate::tally::{Tally, count_sleep};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::pin::Pin;
use std::rc::Rc;
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
///
/// # Errors
/// If one was called early.
pub fn boxed_closures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
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
    timers::pass(&timers, start, &woke)
}

/// Asks the loop, through a cell that both hold, to be polled again when the time has passed.
struct Sleep {
    duration: Duration,
    until: Option<Instant>,
    request: Rc<Cell<Option<Instant>>>,
}

impl Future for Sleep {
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
///
/// # Errors
/// If one woke early.
pub fn boxed_futures<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let request = Rc::new(Cell::new(None));
    let heap = RefCell::new(BinaryHeap::<Due<BoxedFuture<Woke>>>::with_capacity(timers.sleepers));
    let mut woke = Vec::with_capacity(timers.sleepers);
    let mut resume = |mut future: BoxedFuture<Woke>| match poll(&mut future) {
        Poll::Ready(output) => woke.push(output),
        Poll::Pending => {
            let at = request.take().unwrap_or_else(Instant::now);
            heap.borrow_mut().push(Due { at, what: future });
        }
    };
    for n in 0..timers.sleepers {
        T::spawned(1);
        let sleep = Sleep { duration: timers.duration(n), until: None, request: Rc::clone(&request) };
        resume(Box::pin(async move {
            count_sleep::<T, _>(sleep).await;
            (n, start.elapsed())
        }));
    }
    let mut due = heap.take();
    run(&mut due, resume);
    timers::pass(&timers, start, &woke)
}

/// An OS thread for each sleeper.
///
/// # Errors
/// If there is no thread, or one woke early.
pub fn threads<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let sleeper = |n| {
        T::spawned(1);
        thread::Builder::new().spawn(move || {
            thread::sleep(timers.duration(n));
            T::slept(1);
            (n, start.elapsed())
        })
    };
    let threads = (0..timers.sleepers).map(sleeper).collect::<Result<Vec<_>, _>>();
    let threads = threads.map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
    let joined =
        |thread: thread::JoinHandle<Woke>| thread.join().map_err(|_| Fault::Failed("a thread panicked".into()));
    let woke = threads.into_iter().map(joined).collect::<Result<Vec<_>, _>>()?;
    timers::pass(&timers, start, &woke)
}
