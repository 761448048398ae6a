//! The two pauses of async code: yielding to the other tasks, and sleeping. A generator written by hand yields the request
//! instead.

use crate::shared::{Shared, is_running, with_current};
use crate::sync::{Arc, lock};
use crate::timers::{BY_WAKER, Key, Target};
use crate::waker::Remote;
use futures::future::FusedFuture;
use std::cell::Cell;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

thread_local! {
    /// The address of the waker that is lent on this thread.
    static LENT: Cell<usize> = const { Cell::new(usize::MAX) };
    /// Set by a future that yields: its task asks for another turn.
    static ASKS_FOR_TURN: Cell<bool> = const { Cell::new(false) };
}

/// Lends this waker from now on. Returns what to restore at the end: a loop may run inside a task of another loop.
pub(crate) fn lend((lent, asks_for_turn): (usize, bool)) -> (usize, bool) {
    (LENT.replace(lent), ASKS_FOR_TURN.replace(asks_for_turn))
}

/// Whether this waker is the one lent to the current task. A future that is polled with another one is
/// inside a combinator such as `join_all`, or belongs to another loop.
#[inline]
pub(crate) fn is_lent(waker: &Waker) -> bool {
    LENT.get() == waker.data().addr()
}

/// Whether the future that was polled asks for a turn.
#[inline]
pub(crate) fn take_request() -> bool {
    ASKS_FOR_TURN.take()
}

/// Lets every other ready task run once: asyncio's `sleep(0)`.
#[inline]
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// Returned by [`yield_now`].
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
            ASKS_FOR_TURN.set(true);
        } else {
            with_current("yield_now is awaited", |_| context.waker().wake_by_ref());
        }
        Poll::Pending
    }
}

/// Waits until `duration` has passed, counted from its first poll; never less. A sleep of zero is a [`yield_now`]. A
/// dropped sleep leaves no timer.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { progress: Progress::NoTimer(NoTimer::For(duration)) }
}

/// Returned by [`sleep`].
#[must_use = "it does nothing until it is awaited"]
pub struct Sleep {
    progress: Progress,
}

/// The state of a sleep, as two enums, because they take only 24 bytes.
enum Progress {
    NoTimer(NoTimer),
    Timer(Timer),
}

/// No timer is set: before the first poll, at a sleep of zero, and after the end.
enum NoTimer {
    For(Duration),
    Until(u64),
    /// A sleep of zero, after its first poll.
    Yielded,
    Over,
}

impl Sleep {
    /// Sleeps until this time on the loop's clock.
    pub(crate) fn until(due: u64) -> Self {
        Self { progress: Progress::NoTimer(NoTimer::Until(due)) }
    }

    /// A sleep that is over.
    pub(crate) fn over() -> Self {
        Self { progress: Progress::NoTimer(NoTimer::Over) }
    }

    #[inline]
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.progress, Progress::NoTimer(NoTimer::Over))
    }
}

impl Future for Sleep {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        with_current("sleep is awaited", |running| {
            let due = match &self.progress {
                Progress::NoTimer(NoTimer::For(Duration::ZERO)) => {
                    self.progress = Progress::NoTimer(NoTimer::Yielded);
                    return Pin::new(&mut yield_now()).poll(context);
                }
                Progress::NoTimer(NoTimer::Yielded | NoTimer::Over) => {
                    *self = Self::over();
                    return Poll::Ready(());
                }
                Progress::NoTimer(NoTimer::For(duration)) => running.clock.due_in(*duration),
                Progress::NoTimer(NoTimer::Until(due)) => *due,
                // By the latest time that the clock has shown: to read it again would cost each wake a call.
                Progress::Timer(timer) if timer.due <= running.clock.latest() => {
                    *self = Self::over();
                    return Poll::Ready(());
                }
                Progress::Timer(timer) if timer.will_wake(running, context.waker()) => return Poll::Pending,
                Progress::Timer(timer) => timer.due,
            };
            self.progress = Progress::Timer(Timer::set(running, due, context.waker()));
            Poll::Pending
        })
    }
}

/// It is terminated when it has ended, so `select!` does not wait for it again.
impl FusedFuture for Sleep {
    fn is_terminated(&self) -> bool {
        self.is_over()
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("is_set", &matches!(self.progress, Progress::Timer(_))).finish_non_exhaustive()
    }
}

/// A timer that is set.
struct Timer {
    due: u64,
    order: u32,
    /// The slot of the task that it wakes, or [`BY_WAKER`] if it calls the waker of the last poll.
    slot: u32,
    remote: Arc<Remote>,
}

impl Timer {
    /// Sets a timer that wakes the future that is polled with `waker`.
    fn set(running: &Shared, due: u64, waker: &Waker) -> Self {
        let (slot, target) = match running.current.get() {
            Some(task) if is_lent(waker) => (task.slot(), Target::Slot(task.slot())),
            _ => (BY_WAKER, Target::Waker(waker.clone())),
        };
        let (due, order) = lock(&running.remote.timers).set(due, target);
        running.has_timers.set(true);
        running.remote.end_fast_path(); // the loop checks its timers after this round
        Self { due, order, slot, remote: Arc::clone(&running.remote) }
    }

    /// Whether the timer wakes the future that is now polled with `waker`, which may be another one than before. `false` if that
    /// needs a new timer, because the future now belongs to another task or loop.
    fn will_wake(&self, running: &Shared, waker: &Waker) -> bool {
        if !Arc::ptr_eq(&self.remote, &running.remote) {
            return false;
        }
        if is_lent(waker) {
            return running.current.get().is_some_and(|task| task.slot() == self.slot);
        }
        if self.slot == BY_WAKER {
            let waker = waker.clone(); // while nothing is locked, because a waker is foreign code
            let replaced = lock(&self.remote.timers).replace_waker(self.key(), waker);
            drop(replaced); // so is its end
        }
        self.slot == BY_WAKER
    }

    fn key(&self) -> Key {
        (self.due, self.order)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let waker = lock(&self.remote.timers).clear(self.key());
        drop(waker); // after the lock is released
        if !is_running(&self.remote) {
            self.remote.thread.unpark(); // the loop may be parked until this timer is due, with nothing left to wait for
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EventLoop;
    use crate::timers::NEVER;
    use futures::future::{join, select};
    use std::future::{poll_fn, ready};
    use std::pin::pin;

    #[test]
    fn a_sleep_is_small_because_a_million_tasks_have_one() {
        assert_eq!(size_of::<Sleep>(), 24);
    }

    #[test]
    fn of_two_sleeps_that_never_end_each_has_its_own_timer() {
        let event_loop = EventLoop::new();
        let never = || sleep(Duration::MAX);
        let both = join(never(), select(never(), ready(())));
        let mut both = pin!(both);
        let begun = poll_fn(|context| Poll::Ready(both.as_mut().poll(context).is_pending()));
        assert_eq!(event_loop.run_until_complete(begun), Ok(true));
        assert_eq!(lock(&event_loop.shared().remote.timers).next_due(), Some(NEVER), "the other one is dropped by now");
    }
}
