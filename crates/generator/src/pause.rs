//! The two pauses, each a generator and a future: giving the others a turn, and sleeping.

use crate::polling::with_current;
use crate::shared::Nanoseconds;
use crate::tasks::TaskId;
use crate::{EventLoop, Generator, GeneratorState, Request};
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
        with_current("yield_now is awaited", |event_loop| match event_loop.polled_task(waker) {
            Some(id) => event_loop.grant(id, Request::Turn),
            None => waker.wake_by_ref(),
        });
        Poll::Pending
    }
}

/// Waits until `duration` has passed on the clock of the loop, counted from its first poll or resume; never less.
///
/// In a generator that is written by hand, `yield` [`Request::Sleep`] itself.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { duration, deadline: None, timer: TimerOf::Nobody }
}

/// What [`sleep`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    duration: Duration,
    /// There from the first poll or resume on.
    deadline: Option<Nanoseconds>,
    timer: TimerOf,
}

/// Whom a timer will wake, so that a poll that comes too early need not set another.
#[derive(Debug)]
enum TimerOf {
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
        with_current("sleep is awaited", |event_loop| {
            let deadline = self.deadline.unwrap_or_else(|| event_loop.after(self.duration));
            self.deadline = Some(deadline);
            if deadline <= event_loop.after(Duration::ZERO) {
                return Poll::Ready(());
            }
            match (event_loop.polled_task(waker), &self.timer) {
                (Some(id), TimerOf::Task(task)) if *task == id => {}
                (Some(id), _) => {
                    event_loop.set_timer(deadline, id);
                    self.timer = TimerOf::Task(id);
                }
                (None, TimerOf::Waker(earlier)) if earlier.will_wake(waker) => {}
                (None, _) => {
                    self.timer = TimerOf::Waker(waker.clone());
                    let waker = waker.clone();
                    // A loop that runs is not closed, so there is no error; and nobody needs the callback's future.
                    let _ = EventLoop::of(event_loop).call_later(self.duration, || waker.wake());
                }
            }
            Poll::Pending
        })
    }
}
