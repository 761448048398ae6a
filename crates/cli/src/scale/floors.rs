//! The floors: the least that has to be kept for a canvas that dries. They are no runtimes, and cannot do anything else.

use crate::scale::answer::measured;
use crate::scale::{Measured, NotDone, ScaleWorkload};
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// Something to go on with at a moment. The one that is due first is the greatest, as the heap's top is.
struct Timer<T> {
    due: Instant,
    then: T,
}

impl<T> Ord for Timer<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.due.cmp(&self.due)
    }
}

impl<T> PartialOrd for Timer<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Timer<T> {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due
    }
}

impl<T> Eq for Timer<T> {}

/// Goes through the timers in their order, each when it is due.
fn go_through<T>(mut timers: BinaryHeap<Timer<T>>, mut go_on: impl FnMut(T)) {
    while let Some(Timer { due, then }) = timers.pop() {
        let left = due.saturating_duration_since(Instant::now());
        if !left.is_zero() {
            thread::sleep(left);
        }
        go_on(then);
    }
}

/// A boxed closure for each canvas, in a binary heap.
pub(crate) fn closures(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let dry = Rc::new(Cell::new(0));
    let canvas = || {
        let dry = Rc::clone(&dry);
        move || dry.set(dry.get() + 1)
    };
    measured(drying, 1, || {
        let timers =
            (0..tasks).map(|_| Timer { due: Instant::now() + drying, then: Box::new(canvas()) as Box<dyn FnOnce()> });
        go_through(timers.collect(), |then| then());
        all_dry(dry.get(), tasks).map(|()| size_of_val(&canvas()))
    })
}

thread_local! {
    /// How long the future that is being polled wants to pause.
    static ASKED: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// A boxed future for each canvas, in a binary heap, polled twice with a waker that does nothing.
pub(crate) fn futures(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let mut context = Context::from_waker(Waker::noop());
    measured(drying, 1, || {
        let mut timers = BinaryHeap::new();
        let mut dry = 0;
        for _ in 0..tasks {
            let mut then: Pin<Box<dyn Future<Output = ()>>> = Box::pin(canvas(drying));
            match then.as_mut().poll(&mut context) {
                Poll::Ready(()) => dry += 1,
                Poll::Pending => timers.push(Timer { due: Instant::now() + ASKED.take().unwrap_or_default(), then }),
            }
        }
        go_through(timers, |mut then| dry += usize::from(then.as_mut().poll(&mut context).is_ready()));
        all_dry(dry, tasks).map(|()| size_of_val(&canvas(drying)))
    })
}

/// An `async fn`, as the tasks of the runtimes are: it holds what it was called with, and what it awaits.
async fn canvas(drying: Duration) {
    Sleep { drying: Some(drying) }.await;
}

/// Asks whoever polls it for a pause, and is ready when it is polled again.
struct Sleep {
    drying: Option<Duration>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Some(drying) = self.drying.take() else { return Poll::Ready(()) };
        ASKED.set(Some(drying));
        Poll::Pending
    }
}

fn all_dry(dry: usize, tasks: usize) -> Result<(), NotDone> {
    if dry == tasks { Ok(()) } else { Err(NotDone::Failed(format!("only {dry} of {tasks} canvases are dry"))) }
}
