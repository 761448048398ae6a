//! A sleep, its timer, and all the timers of a loop in the order of time.

use crate::clock::NEVER;
use crate::shared::{Shared, is_running, with_current};
use crate::sync::{Arc, lock};
use crate::waker::Remote;
use crate::yield_now::{is_lent, yield_now};
use futures::future::FusedFuture;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

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
                // `fire_timers` has read the clock, so a sleep whose timer has fired is over. To read it again would cost each wake a call.
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
        running.remote.end_fast_path(); // if the same turn goes on to yield, the run still checks its timers after this round
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
            drop(replaced); // with nothing locked, too
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

/// Identifies a timer: when it is due, in ns by the loop's clock, and its place among those that are due at the same time.
pub(crate) type Key = (u64, u32);

/// Replaces a slot: the timer calls a waker.
pub(crate) const BY_WAKER: u32 = u32::MAX;

/// Fewer than this are not worth a sweep.
const FEW: usize = 100;

/// What a timer wakes.
pub(crate) enum Target {
    /// The task in this slot.
    Slot(u32),
    /// A future that was polled with a waker that is not the loop's own.
    Waker(Waker),
}

#[derive(Default)]
pub(crate) struct Timers {
    /// Each is a key and a slot, in 16 bytes.
    heap: BinaryHeap<Reverse<(u64, u32, u32)>>,
    wakers: HashMap<Key, Waker>,
    /// Cleared timers in the heap. They stay there until they are due, or until they are more than half, and more than [`FEW`].
    cleared: HashSet<Key>,
    last: u32,
    /// The last timer that fired. All keys up to it have fired, so there is nothing to clear when their sleeps are dropped.
    fired: Key,
}

impl Timers {
    pub(crate) fn set(&mut self, due: u64, target: Target) -> Key {
        self.last = self.last.wrapping_add(1);
        let key = (due.max(self.fired.0), self.last); // `Sleep::until` may be given a time that has passed
        let slot = match target {
            Target::Slot(slot) => slot,
            Target::Waker(waker) => {
                self.wakers.insert(key, waker);
                BY_WAKER
            }
        };
        self.heap.push(Reverse((key.0, key.1, slot)));
        key
    }

    /// Sets the waker that the timer calls, if it calls one. Drop the returned waker after the lock is released.
    #[must_use]
    pub(crate) fn replace_waker(&mut self, key: Key, waker: Waker) -> Waker {
        match self.wakers.get_mut(&key) {
            Some(known) => mem::replace(known, waker),
            None => waker,
        }
    }

    /// Clears the timer of a sleep. Drop the returned waker after the lock is released.
    #[must_use]
    pub(crate) fn clear(&mut self, key: Key) -> Option<Waker> {
        if key <= self.fired {
            return None;
        }
        self.cleared.insert(key);
        if self.cleared.len() > FEW.max(self.heap.len() / 2) {
            let cleared = mem::take(&mut self.cleared);
            self.heap.retain(|Reverse((due, order, _))| !cleared.contains(&(*due, *order)));
            self.heap.shrink_to_fit();
        }
        self.wakers.remove(&key)
    }

    /// When the next timer is due.
    pub(crate) fn next_due(&mut self) -> Option<u64> {
        while let Some(&Reverse((due, order, _))) = self.heap.peek() {
            if self.cleared.is_empty() || !self.cleared.remove(&(due, order)) {
                return Some(due);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the next timer that is due by `time`, and returns what it wakes.
    pub(crate) fn fire(&mut self, time: u64) -> Option<Target> {
        self.next_due().filter(|due| *due <= time)?;
        let Reverse((due, order, slot)) = self.heap.pop()?;
        self.fired = (due, order);
        if self.heap.capacity() > 1024.max(4 * self.heap.len()) {
            self.heap.shrink_to(2 * self.heap.len());
        }
        Some(if slot == BY_WAKER { Target::Waker(self.wakers.remove(&self.fired)?) } else { Target::Slot(slot) })
    }

    /// Returns all timers, to be dropped after the lock is released. A timer that is cleared after this counts as fired.
    pub(crate) fn close(&mut self) -> Self {
        mem::replace(self, Self { fired: (NEVER, u32::MAX), ..Self::default() })
    }
}

#[cfg(test)]
mod tests;
