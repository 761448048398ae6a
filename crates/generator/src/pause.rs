//! The two pauses of async code: yielding to the other tasks, and sleeping. A generator written by hand yields the
//! request instead.

use crate::shared::{Shared, is_running, with_current};
use crate::sync::{Arc, lock};
use crate::timers::Target;
use crate::waker::{LentWaker, Remote};
use std::cell::Cell;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How a future that yields tells the task around it, which then yields in its place.
pub(crate) struct Slot {
    /// By this the waker is known that is lent to the poll on this thread. A future that is polled with another one is
    /// inside a combinator, such as `join_all`, or a hand-written generator, and has to call that one.
    lent: Cell<*const ()>,
    asks_for_turn: Cell<bool>,
}

thread_local! {
    static SLOT: Slot = const { Slot { lent: Cell::new(ptr::null()), asks_for_turn: Cell::new(false) } };
}

impl Slot {
    /// Lends this waker from now on. Gives what was lent and asked for before.
    pub(crate) fn lend(lent: &LentWaker) -> (*const (), bool) {
        Self::restore((lent.waker.data(), false))
    }

    /// Goes back to what was before: a loop may run inside a task of another one.
    pub(crate) fn restore((lent, asks_for_turn): (*const (), bool)) -> (*const (), bool) {
        SLOT.with(|slot| (slot.lent.replace(lent), slot.asks_for_turn.replace(asks_for_turn)))
    }

    #[inline]
    pub(crate) fn is_lent(waker: &Waker) -> bool {
        SLOT.with(|slot| slot.lent.get() == waker.data())
    }

    /// Whether the future that was polled asks for a turn.
    #[inline]
    pub(crate) fn take() -> bool {
        SLOT.with(|slot| slot.asks_for_turn.take())
    }

    #[inline]
    fn ask_for_turn() {
        SLOT.with(|slot| slot.asks_for_turn.set(true));
    }
}

/// Lets every other ready task have its turn: asyncio's `sleep(0)`.
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
        if Slot::is_lent(context.waker()) {
            Slot::ask_for_turn();
        } else {
            with_current("yield_now is awaited", |_| context.waker().wake_by_ref());
        }
        Poll::Pending
    }
}

/// Waits until `duration` has passed, counted from its first poll; never less. A sleep of zero is a [`yield_now`]. A
/// dropped sleep leaves no timer.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { stage: Stage::Unset(Some(duration)) }
}

/// What [`sleep`] gives.
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    stage: Stage,
}

/// `None`: nothing is left to wait for.
enum Stage {
    Unset(Option<Duration>),
    Set(Timer),
}

/// A timer that is set.
struct Timer {
    due: u64,
    order: u32,
    /// The slot of the task that it wakes, or [`WAKER`]: it wakes by the waker of the last poll.
    slot: u32,
    remote: Arc<Remote>,
}

const WAKER: u32 = u32::MAX;

impl Timer {
    /// Sets a timer that wakes the future that is polled with `waker`.
    fn set(running: &Shared, due: u64, waker: &Waker) -> Self {
        let (slot, target) = if Slot::is_lent(waker) {
            let task = running.current_id();
            (task.slot, Target::Task(task))
        } else {
            (WAKER, Target::Waker(waker.clone()))
        };
        let (due, order) = lock(&running.remote.timers).set(due, target);
        running.has_timers.set(true);
        running.interrupt(); // the loop checks its timers when this turn is over
        Self { due, order, slot, remote: Arc::clone(&running.remote) }
    }

    /// Whether it will wake the future that is now polled with `waker`, which may be another one than before.
    fn wakes(&self, running: &Shared, waker: &Waker) -> bool {
        if !Arc::ptr_eq(&self.remote, &running.remote) {
            return false;
        }
        if self.slot == WAKER && !Slot::is_lent(waker) {
            let replaced = lock(&self.remote.timers).replace_waker((self.due, self.order), waker);
            drop(replaced); // when nothing is locked any more
            return true;
        }
        Some(self.slot) == running.current.get() && Slot::is_lent(waker)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let waker = lock(&self.remote.timers).clear((self.due, self.order));
        drop(waker); // when nothing is locked any more
        if !is_running(&self.remote) {
            self.remote.thread.unpark(); // it may be parked until this timer is due, and is stuck now
        }
    }
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        with_current("sleep is awaited", |running| {
            match &self.stage {
                Stage::Unset(None) => return Poll::Ready(()),
                Stage::Unset(Some(Duration::ZERO)) => {
                    self.stage = Stage::Unset(None);
                    return Pin::new(&mut yield_now()).poll(context);
                }
                Stage::Unset(Some(duration)) => {
                    let due = running.clock.due_in(*duration);
                    self.stage = Stage::Set(Timer::set(running, due, context.waker()));
                }
                Stage::Set(timer) if timer.due <= running.clock.latest() => {
                    self.stage = Stage::Unset(None);
                    return Poll::Ready(());
                }
                Stage::Set(timer) if timer.wakes(running, context.waker()) => {}
                Stage::Set(timer) => {
                    let due = timer.due;
                    self.stage = Stage::Set(Timer::set(running, due, context.waker()));
                }
            }
            Poll::Pending
        })
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("is_set", &matches!(self.stage, Stage::Set(_))).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_is_small_because_a_million_tasks_have_one() {
        assert_eq!(size_of::<Sleep>(), 24);
    }
}
