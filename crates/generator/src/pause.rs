//! The two pauses, each a generator and a future: giving the others a turn, and sleeping.

use crate::polling::with_current;
use crate::shared::TaskId;
use crate::timers::Due;
use crate::{Generator, GeneratorState, Request};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Lets every other ready task have its turn: asyncio's `sleep(0)`.
///
/// In a generator that is written by hand, `yield` [`Request::Turn`] itself.
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// What [`yield_now`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct YieldNow {
    has_yielded: bool,
}

impl Generator for YieldNow {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if mem::replace(&mut self.has_yielded, true) {
            GeneratorState::Complete(())
        } else {
            GeneratorState::Yielded(Request::Turn)
        }
    }
}

impl Future for YieldNow {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        let waker = context.waker();
        if !with_current("yield_now is awaited", |shared| shared.ask(waker, Request::Turn)) {
            waker.wake_by_ref();
        }
        Poll::Pending
    }
}

/// Waits until `duration` has passed on the clock of the loop, counted from its first poll or resume; never less.
///
/// In a generator that is written by hand, `yield` [`Request::Sleep`] itself.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { duration, deadline: None, timer: TimerFor::Nobody }
}

/// What [`sleep`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    duration: Duration,
    /// In nanoseconds since the start of the loop; there from the first poll or resume on.
    deadline: Option<u64>,
    timer: TimerFor,
}

/// Whom the timer will wake, so that a poll that comes too early need not set another.
#[derive(Debug)]
enum TimerFor {
    Nobody,
    Task(TaskId),
    Waker(Waker),
}

impl Generator for Sleep {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if self.deadline.replace(0).is_some() {
            GeneratorState::Complete(())
        } else {
            GeneratorState::Yielded(Request::Sleep(self.duration))
        }
    }
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let waker = context.waker();
        with_current("sleep is awaited", |shared| {
            let id = shared.current.get();
            let deadline = self.deadline.unwrap_or_else(|| shared.deadline(self.duration));
            self.deadline = Some(deadline);
            let now = shared.deadline(Duration::ZERO);
            if deadline <= now {
                return Poll::Ready(());
            }
            let is_set = match &self.timer {
                TimerFor::Nobody => false,
                TimerFor::Task(task) => *task == id,
                TimerFor::Waker(earlier) => earlier.will_wake(waker),
            };
            if is_set {
                return Poll::Pending;
            }
            self.timer = if shared.ask(waker, Request::Sleep(Duration::from_nanos(deadline - now))) {
                TimerFor::Task(id)
            } else {
                shared.timers.borrow_mut().set(deadline, Due::Waker(waker.clone()));
                TimerFor::Waker(waker.clone())
            };
            Poll::Pending
        })
    }
}
