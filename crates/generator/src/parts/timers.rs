//! Gives the loop its clock and its timers: who is to go on when, in the order of time.

use crate::parts::table::{NO_SLOT, Table, TaskId};
use crate::parts::task::Ready;
use crate::shared::Shared;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::task::Waker;
use std::time::{Duration, Instant};

/// What all times are counted from, in ns, so that a sleep may move from one loop to another.
static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A clock that never shows the same time twice, so that timers of equal length fire in the order in which they were set.
pub(crate) struct Clock {
    /// When it was made.
    start: Instant,
    /// The last time that it has shown.
    latest: Cell<u64>,
    /// The time at which it was stopped, if it does not go by itself.
    stopped_at: Cell<Option<u64>>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { start: Instant::now(), latest: Cell::new(as_ns(EPOCH.elapsed())), stopped_at: Cell::new(None) }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> u64 {
        if self.stopped_at.get().is_some() {
            return self.latest();
        }
        let now = as_ns(EPOCH.elapsed()).max(self.latest.get() + 1);
        self.latest.set(now);
        now
    }

    /// The time when it was last looked at. What was due then is over.
    pub(crate) fn latest(&self) -> u64 {
        self.latest.get()
    }

    /// Stops it, until what is returned is dropped. Then it goes on from the time at which it was stopped.
    pub(crate) fn stand_still(&self) -> impl Drop {
        struct GoOn<'a>(&'a Clock);
        impl Drop for GoOn<'_> {
            fn drop(&mut self) {
                self.0.latest.set(self.0.stopped_at.take().unwrap_or_default());
            }
        }
        self.stopped_at.set(Some(self.now()));
        GoOn(self)
    }

    /// Lets it show `time`, while it stands still.
    pub(crate) fn jump_to(&self, time: u64) {
        self.latest.set(time);
    }

    /// The time since it was stopped.
    pub(crate) fn stood(&self) -> Duration {
        Duration::from_nanos(self.latest().saturating_sub(self.stopped_at.get().unwrap_or_default()))
    }

    /// The time since the loop was made, or since the clock was stopped.
    pub(crate) fn time(&self) -> Duration {
        if self.stopped_at.get().is_some() { self.stood() } else { self.start.elapsed() }
    }

    /// What it will show in `duration`, or its last time if it does not reach that far.
    pub(crate) fn due_in(&self, duration: Duration) -> u64 {
        self.now().saturating_add(as_ns(duration))
    }
}

fn as_ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// When a task goes on. Two are compared by that alone, the earlier one being the greater: it comes out of the heap first.
pub(crate) struct Timer {
    pub(crate) due: u64,
    pub(crate) sleeper: Ready,
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        other.due.cmp(&self.due)
    }
}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due
    }
}

impl Eq for Timer {}

/// The number of a new alarm; no two of a process have the same.
pub(crate) fn next_alarm() -> u32 {
    static SET: AtomicU32 = AtomicU32::new(0);
    SET.fetch_add(1, Relaxed)
}

/// Fewer timers that are out of date are not worth a look.
const MOST_OUT_OF_DATE: usize = 100;

#[derive(Default)]
pub(crate) struct Timers {
    pub(crate) tasks: BinaryHeap<Timer>,
    /// How many of those may be out of date, because their task was cancelled or woken. They stay until they are due,
    /// or are more than half.
    out_of_date: usize,
    /// Sleeps that are polled with a waker that is not the loop's, as under `join_all`: when each is due, its number, and
    /// whom it wakes.
    pub(crate) alarms: BTreeMap<(u64, u32), Waker>,
}

impl Timers {
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.alarms.is_empty()
    }

    pub(crate) fn set(&mut self, due: u64, sleeper: Ready) {
        self.tasks.push(Timer { due, sleeper });
    }

    /// Takes the first timer of a task away, on that condition.
    pub(crate) fn pop_if(&mut self, condition: impl Fn(&Timer) -> bool) -> Option<Timer> {
        self.tasks.peek().filter(|timer| condition(timer))?;
        self.tasks.pop()
    }

    /// When the next timer is due.
    pub(crate) fn next_due(&self) -> Option<u64> {
        let task = self.tasks.peek().map(|timer| timer.due);
        let alarm = self.alarms.first_key_value().map(|((due, _), _)| *due);
        task.into_iter().chain(alarm).min()
    }

    /// Notes that a timer may have gone out of date. Gives those that are, if they have become too many.
    pub(crate) fn note_out_of_date(&mut self, is_up_to_date: impl Fn(&Timer) -> bool) -> Vec<Timer> {
        self.out_of_date += 1;
        if self.out_of_date < MOST_OUT_OF_DATE || self.out_of_date * 2 < self.tasks.len() {
            return Vec::new();
        }
        self.out_of_date = 0;
        let (kept, out_of_date): (Vec<_>, Vec<_>) = self.tasks.drain().partition(is_up_to_date);
        self.tasks = kept.into();
        out_of_date
    }

    /// The next alarm that is due at `time` or before.
    fn pop_alarm(&mut self, time: u64) -> Option<Waker> {
        let first = self.alarms.first_entry().filter(|first| first.key().0 <= time)?;
        Some(first.remove())
    }
}

impl Shared {
    /// Fires those timers that are due, but at most so many of the tasks': a million that are due at once would need a queue
    /// of a million, and the first would wait for the last.
    pub(crate) fn fire_timers(&self, most: usize) {
        if self.timers.borrow().is_empty() {
            return; // so a loop without timers never reads the clock
        }
        let now = self.clock.now();
        for _ in 0..most {
            let next = self.timers.borrow_mut().pop_if(|timer| timer.due <= now);
            let Some(timer) = next else { break };
            if !self.is_up_to_date(&timer, &self.table.borrow()) {
                continue;
            }
            let id = self.id_of(&timer.sleeper);
            if id.slot == NO_SLOT || self.table.borrow_mut().fire(id) {
                self.make_ready(timer.sleeper);
            }
        }
        loop {
            let next = self.timers.borrow_mut().pop_alarm(now);
            let Some(waker) = next else { break };
            waker.wake(); // when nothing is borrowed: it may use the loop
        }
    }

    pub(crate) fn id_of(&self, ready: &Ready) -> TaskId {
        match ready {
            Ready::Main => self.main.get(),
            Ready::Task(task) => task.id(),
        }
    }

    /// Whether a timer still means something to its task.
    fn is_up_to_date(&self, timer: &Timer, table: &Table) -> bool {
        match &timer.sleeper {
            Ready::Task(task) if task.id().slot == NO_SLOT => !task.has_ended(),
            sleeper => table.is_due(self.id_of(sleeper), timer.due),
        }
    }

    /// When the next timer is due. Those before it that are out of date are dropped.
    pub(crate) fn next_due(&self) -> Option<u64> {
        loop {
            let table = self.table.borrow();
            let out_of_date = self.timers.borrow_mut().pop_if(|timer| !self.is_up_to_date(timer, &table));
            drop(table);
            if out_of_date.is_none() {
                return self.timers.borrow().next_due();
            }
        }
    }

    /// Notes that a timer may be out of date, and drops those that are if they have become too many.
    pub(crate) fn leave_timer(&self) {
        let table = self.table.borrow();
        let timers = self.timers.borrow_mut().note_out_of_date(|timer| self.is_up_to_date(timer, &table));
        drop(table);
        drop(timers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_that_are_out_of_date_are_at_most_half() {
        let mut timers = Timers::default();
        for due in 1..=10_000 {
            timers.set(due, Ready::Main);
            let dropped = timers.note_out_of_date(|timer| timer.due % 100 == 0);
            assert!(dropped.iter().all(|timer| timer.due % 100 != 0));
            let kept = usize::try_from(due / 100).unwrap();
            assert!(timers.tasks.len() <= 2 * (MOST_OUT_OF_DATE + kept), "{} of {due}", timers.tasks.len());
        }
        assert_eq!(timers.next_due(), Some(100));
    }

    #[test]
    fn no_two_looks_at_the_clock_show_the_same_time() {
        let clock = Clock::default();
        let times: Vec<u64> = (0..1000).map(|_| clock.now()).collect();
        assert!(times.is_sorted_by(|earlier, later| earlier < later));
    }
}
