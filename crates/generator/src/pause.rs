//! The two pauses of async code: giving the others a turn, and sleeping. A generator written by hand yields the request.

use crate::Request;
use crate::polling::with_current;
use crate::shared::{CURRENT, Shared, TimerKey, Waiter};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Lets every other ready task have its turn: asyncio's `sleep(0)`.
///
/// A generator written by hand yields [`Request::Turn`] instead.
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// What [`yield_now`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct YieldNow {
    has_yielded: bool,
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
        with_current("yield_now is awaited", |event_loop| match event_loop.waiter(waker) {
            Waiter::Waker(waker) => waker.wake(),
            Waiter::Task(id) | Waiter::Sleeper(id) => event_loop.grant(id, Request::Turn),
        });
        Poll::Pending
    }
}

/// Waits until `duration` has passed, counted from its first poll; never less. Even a sleep of zero lets the
/// others have a turn. Dropping it clears its timer.
///
/// A generator written by hand yields [`Request::Sleep`] instead.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { duration, timer: None }
}

/// What [`sleep`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    duration: Duration,
    /// There from the first poll on.
    timer: Option<TimerKey>,
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let timer = match self.timer {
            Some((deadline, _)) if deadline <= Instant::now() => return Poll::Ready(()),
            Some(timer) => timer,
            None => Shared::timer_in(self.duration),
        };
        self.timer = Some(timer);
        // At every poll, because it may be another task's, or another loop's, than the last.
        with_current("sleep is awaited", |event_loop| {
            event_loop.set_timer(timer, event_loop.waiter(context.waker()));
        });
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(timer) = self.timer.filter(|_| CURRENT.is_set()) {
            CURRENT.with(|event_loop| event_loop.clear_timer(timer));
        }
    }
}
