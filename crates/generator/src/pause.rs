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

/// In this thread's mailbox a future that yields leaves its request, and the task around it then yields for it.
///
/// That works only if the future is polled with the waker that the loop lends to every poll (`waker.rs`). A future that is
/// polled with another waker is inside a combinator such as `join_all`, and has to call that waker instead.
pub(crate) struct Mailbox {
    /// The address of the waker that is lent on this thread.
    lent: Cell<*const ()>,
    asks_for_turn: Cell<bool>,
}

/// What a mailbox holds.
pub(crate) type Mail = (*const (), bool);

/// The address of no waker. (Null is one: that of `Waker::noop`.)
const NONE_LENT: *const () = ptr::without_provenance(usize::MAX);

thread_local! {
    static MAILBOX: Mailbox = const { Mailbox { lent: Cell::new(NONE_LENT), asks_for_turn: Cell::new(false) } };
}

impl Mailbox {
    /// Lends this waker from now on. Gives what was in the mailbox before.
    pub(crate) fn lend(lent: &LentWaker) -> Mail {
        Self::restore((lent.waker.data(), false))
    }

    /// Puts back what was in it before: a loop may run inside a task of another loop.
    pub(crate) fn restore((lent, asks_for_turn): Mail) -> Mail {
        MAILBOX.with(|slot| (slot.lent.replace(lent), slot.asks_for_turn.replace(asks_for_turn)))
    }

    #[inline]
    pub(crate) fn is_lent(waker: &Waker) -> bool {
        MAILBOX.with(|slot| slot.lent.get() == waker.data())
    }

    /// Whether the future that was polled asks for a turn.
    #[inline]
    pub(crate) fn take() -> bool {
        MAILBOX.with(|slot| slot.asks_for_turn.take())
    }

    #[inline]
    fn ask_for_turn() {
        MAILBOX.with(|slot| slot.asks_for_turn.set(true));
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
        if Mailbox::is_lent(context.waker()) {
            Mailbox::ask_for_turn();
        } else {
            with_current("yield_now is awaited", |_| context.waker().wake_by_ref());
        }
        Poll::Pending
    }
}

/// Waits until `duration` has passed, counted from its first poll; never less. A sleep of zero is a [`yield_now`]. A
/// dropped sleep leaves no timer.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { progress: Progress::Unset(Some(duration)) }
}

/// What [`sleep`] gives.
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    progress: Progress,
}

/// How far a sleep has come.
enum Progress {
    /// Before the first poll, and with `None` after the end.
    Unset(Option<Duration>),
    Set(Timer),
}

/// A timer that is set.
struct Timer {
    due: u64,
    order: u32,
    /// The slot of the task that it wakes, or [`BY_WAKER`] if it calls the waker of the last poll.
    slot: u32,
    remote: Arc<Remote>,
}

const BY_WAKER: u32 = u32::MAX;

impl Timer {
    /// Sets a timer that wakes the future that is polled with `waker`.
    fn set(running: &Shared, due: u64, waker: &Waker) -> Self {
        let (slot, target) = if Mailbox::is_lent(waker) {
            let task = running.current_id();
            (task.slot, Target::Task(task))
        } else {
            (BY_WAKER, Target::Waker(waker.clone()))
        };
        let (due, order) = lock(&running.remote.timers).set(due, target);
        running.has_timers.set(true);
        running.remote.interrupt(); // the loop checks its timers when this turn is over
        Self { due, order, slot, remote: Arc::clone(&running.remote) }
    }

    /// Lets it wake the future that is now polled with `waker`, which may be another one than before. `false` if that takes a
    /// new timer, because the future now belongs to another task or loop.
    fn retarget(&self, running: &Shared, waker: &Waker) -> bool {
        if !Arc::ptr_eq(&self.remote, &running.remote) {
            return false;
        }
        if self.slot == BY_WAKER && !Mailbox::is_lent(waker) {
            let replaced = lock(&self.remote.timers).replace_waker((self.due, self.order), waker.clone());
            drop(replaced); // when nothing is locked any more
            return true;
        }
        Some(self.slot) == running.current.get() && Mailbox::is_lent(waker)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let waker = lock(&self.remote.timers).clear((self.due, self.order));
        drop(waker); // when nothing is locked any more
        if !is_running(&self.remote) {
            self.remote.thread.unpark(); // the loop may be parked until this timer is due, with nothing left to wait for
        }
    }
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        with_current("sleep is awaited", |running| {
            match &self.progress {
                Progress::Unset(None) => return Poll::Ready(()),
                Progress::Unset(Some(Duration::ZERO)) => {
                    self.progress = Progress::Unset(None);
                    return Pin::new(&mut yield_now()).poll(context);
                }
                Progress::Unset(Some(duration)) => {
                    let due = running.clock.due_in(*duration);
                    self.progress = Progress::Set(Timer::set(running, due, context.waker()));
                }
                Progress::Set(timer) if timer.due <= running.clock.latest() => {
                    self.progress = Progress::Unset(None);
                    return Poll::Ready(());
                }
                Progress::Set(timer) if timer.retarget(running, context.waker()) => {}
                Progress::Set(timer) => {
                    let due = timer.due;
                    self.progress = Progress::Set(Timer::set(running, due, context.waker()));
                }
            }
            Poll::Pending
        })
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("is_set", &matches!(self.progress, Progress::Set(_))).finish_non_exhaustive()
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
