//! The two pauses of async code: giving the others a turn, and sleeping. A generator written by hand yields the request.

use crate::parts::lending::{ask_for_turn, is_lent};
use crate::parts::timers::next_alarm;
use crate::polling::with_current;
use crate::shared::CURRENT;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Lets every other ready task have its turn: asyncio's `sleep(0)`.
///
/// A generator written by hand yields [`Request::Turn`](crate::Request::Turn) instead.
#[inline]
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
    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        if is_lent(context.waker()) {
            ask_for_turn();
        } else {
            with_current("yield_now is awaited", |_| context.waker().wake_by_ref());
        }
        Poll::Pending
    }
}

/// Waits until `duration` has passed, counted from its first poll; never less. Even a sleep of zero lets the
/// others have a turn. Dropping it clears its timer.
///
/// A generator written by hand yields [`Request::Sleep`](crate::Request::Sleep) instead.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { stage: Stage::New(duration) }
}

/// What [`sleep`] gives.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    stage: Stage,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    New(Duration),
    /// The loop is asked, at each poll, to poll again when it is due.
    Asked {
        due: u64,
    },
    /// It was polled with another waker than the loop's, and has set an alarm for that one.
    Alarmed {
        due: u64,
        alarm: u32,
    },
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        with_current("sleep is awaited", |event_loop| {
            let due = match self.stage {
                Stage::New(duration) => event_loop.clock.due_in(duration),
                Stage::Asked { due } | Stage::Alarmed { due, .. } if due <= event_loop.clock.latest() => {
                    return Poll::Ready(());
                }
                Stage::Asked { due } | Stage::Alarmed { due, .. } => due,
            };
            // At every poll, because it may be another task's, or another loop's, than the last.
            if is_lent(context.waker()) {
                event_loop.sleeps.borrow_mut().push(due);
                event_loop.has_news.set(true);
                self.stage = Stage::Asked { due };
            } else {
                let alarm = if let Stage::Alarmed { alarm, .. } = self.stage { alarm } else { next_alarm() };
                let replaced = event_loop.timers.borrow_mut().alarms.insert((due, alarm), context.waker().clone());
                drop(replaced); // when nothing is borrowed any more
                self.stage = Stage::Alarmed { due, alarm };
            }
            Poll::Pending
        })
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if !CURRENT.is_set() {
            return;
        }
        CURRENT.with(|event_loop| match self.stage {
            Stage::New(_) => {}
            Stage::Asked { due } => event_loop.sleeps.borrow_mut().retain(|other| *other != due),
            Stage::Alarmed { due, alarm } => {
                let cleared = event_loop.timers.borrow_mut().alarms.remove(&(due, alarm));
                drop(cleared); // when nothing is borrowed any more
            }
        });
    }
}
