//! The timers of a loop, in the order of time, and what each wakes.

use crate::table::{Table, TaskId};
use crate::task::{Event, State};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::mem;
use std::task::Waker;

/// Identifies a timer: when it is due, in ns by the loop's clock, and its place among those that are due at the same time.
pub(crate) type Key = (u64, u32);

/// No clock gets there: the loop would have to run for 584 years.
pub(crate) const NEVER: u64 = u64::MAX;

/// What a timer wakes.
pub(crate) enum Target {
    /// A task that sleeps by [`Request::Sleep`](crate::Request::Sleep).
    Sleeper(TaskId),
    /// A task that polls a [`Sleep`](crate::Sleep).
    Task(TaskId),
    /// A future that polls a [`Sleep`](crate::Sleep) with a waker that is not the loop's own.
    Waker(Waker),
}

/// In the heap, a target is a slot. This bit says that the task there is a sleeper.
const SLEEPER: u32 = 1 << 31;
/// The waker is in the map.
const IN_MAP: u32 = SLEEPER - 1;

/// Fewer stale timers are not worth a sweep.
const FEW: usize = 100;

/// Timers of cancelled tasks and dropped sleeps are stale. They stay in the heap until they are due, or until more than half
/// of all timers are stale.
#[derive(Default)]
pub(crate) struct Timers {
    /// 16 bytes each.
    heap: BinaryHeap<Reverse<(u64, u32, u32)>>,
    wakers: HashMap<Key, Waker>,
    /// The stale timers of dropped sleeps.
    dropped: HashSet<Key>,
    /// How many stale timers of sleepers there are.
    cancelled: usize,
    last: u32,
    /// The last timer that fired. All before it have fired, so there is nothing to clear when their sleeps are dropped.
    fired: Key,
}

impl Timers {
    pub(crate) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    pub(crate) fn set(&mut self, due: u64, target: Target) -> Key {
        self.last = self.last.wrapping_add(1);
        let key = (due, self.last);
        let target = match target {
            Target::Sleeper(id) => SLEEPER | id.slot,
            Target::Task(id) => id.slot,
            Target::Waker(waker) => {
                self.wakers.insert(key, waker);
                IN_MAP
            }
        };
        self.heap.push(Reverse((key.0, key.1, target)));
        key
    }

    /// Gives the waker that is not needed. Drop it when nothing is locked any more.
    #[must_use]
    pub(crate) fn replace_waker(&mut self, key: Key, waker: Waker) -> Waker {
        match self.wakers.get_mut(&key) {
            Some(known) => mem::replace(known, waker),
            None => waker,
        }
    }

    /// Clears the timer of a sleep. Drop what this gives when nothing is locked any more.
    #[must_use]
    pub(crate) fn clear(&mut self, key: Key) -> Option<Waker> {
        if key > self.fired {
            self.dropped.insert(key);
            if self.dropped.len() > FEW.max(self.heap.len() / 2) {
                self.sweep(|_| false);
            }
        }
        self.wakers.remove(&key)
    }

    /// Notes that a sleeper was cancelled.
    pub(crate) fn cancel_sleeper(&mut self, table: &mut Table) {
        self.cancelled += 1;
        if self.cancelled > FEW.max(self.heap.len() / 2) {
            self.cancelled = 0;
            self.sweep(|slot| let_go(table, slot));
        }
    }

    /// Throws stale timers away: those of dropped sleeps, and of sleepers that `let_go` says are cancelled.
    fn sweep(&mut self, mut let_go: impl FnMut(u32) -> bool) {
        let dropped = mem::take(&mut self.dropped);
        self.heap.retain(|Reverse((due, order, target))| match target & SLEEPER {
            0 => !dropped.contains(&(*due, *order)),
            _ => !let_go(target & !SLEEPER),
        });
        self.heap.shrink_to_fit();
    }

    /// Gives all timers, to be dropped when nothing is locked any more. What is cleared after this counts as fired.
    pub(crate) fn close(&mut self) -> Self {
        mem::replace(self, Self { fired: (NEVER, u32::MAX), ..Self::default() })
    }

    /// When the next timer is due. Stale ones before it are thrown away.
    pub(crate) fn next_due(&mut self, table: &mut Table) -> Option<u64> {
        while let Some(&Reverse((due, order, target))) = self.heap.peek() {
            let is_stale = match target & SLEEPER {
                0 => self.dropped.remove(&(due, order)),
                _ => let_go(table, target & !SLEEPER),
            };
            if !is_stale {
                return Some(due);
            }
            self.cancelled -= usize::from(target & SLEEPER != 0);
            self.heap.pop();
        }
        None
    }

    /// Takes the next timer that is due by `time`, and gives what it wakes.
    pub(crate) fn fire(&mut self, time: u64, table: &mut Table) -> Option<Target> {
        loop {
            self.next_due(table).filter(|due| *due <= time)?;
            let target = self.pop(table);
            if target.is_some() {
                return target;
            }
        }
    }

    /// Takes the first timer out. It wakes nothing if its sleep has been forgotten and its task is gone.
    fn pop(&mut self, table: &mut Table) -> Option<Target> {
        let Reverse((due, order, target)) = self.heap.pop()?;
        if self.heap.capacity() > 1024.max(4 * self.heap.len()) {
            self.heap.shrink_to(2 * self.heap.len());
        }
        self.fired = (due, order);
        Some(match target {
            IN_MAP => Target::Waker(self.wakers.remove(&self.fired)?),
            slot if slot & SLEEPER == 0 => Target::Task(table.id(slot)?),
            slot => {
                let entry = table.entry(slot & !SLEEPER);
                entry.is_held = false;
                entry.advance(Event::Due);
                Target::Sleeper(table.id(slot & !SLEEPER)?)
            }
        })
    }
}

/// Lets go of a slot whose sleeper was cancelled; `false` if it still sleeps.
fn let_go(table: &mut Table, slot: u32) -> bool {
    let entry = table.entry(slot);
    if entry.state == State::Asleep {
        return false;
    }
    entry.is_held = false;
    drop(table.release(slot)); // the task has been dropped before, so this runs no code of users
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Main;

    /// A table with one task, which sleeps.
    fn sleeper() -> (Table, TaskId) {
        let mut table = Table::default();
        let id = table.add(Some(Box::pin(Main)), true);
        sleeps(&mut table, id);
        (table, id)
    }

    fn sleeps(table: &mut Table, id: TaskId) {
        let entry = table.entry(id.slot);
        (entry.state, entry.is_held) = (State::Asleep, true);
    }

    #[test]
    fn a_million_sleeps_that_are_dropped_one_after_the_other_leave_next_to_nothing() {
        let (mut timers, (mut table, id)) = (Timers::default(), sleeper());
        let kept = timers.set(1, Target::Sleeper(id));
        for due in 2..=1_000_000 {
            let waker = if due % 2 == 0 { Target::Task(id) } else { Target::Waker(Waker::noop().clone()) };
            let key = timers.set(due, waker);
            drop(timers.clear(key));
            assert!(timers.heap.len() <= 2 * FEW, "{}", timers.heap.len());
        }
        assert!(timers.heap.capacity() <= 4 * FEW && timers.dropped.len() <= FEW && timers.wakers.is_empty());
        assert_eq!(timers.next_due(&mut table), Some(kept.0));
    }

    #[test]
    fn a_hundred_thousand_sleeps_that_are_dropped_together_leave_nothing() {
        let (mut timers, (mut table, id)) = (Timers::default(), sleeper());
        let keys: Vec<_> = (1..=100_000).map(|due| timers.set(due, Target::Task(id))).collect();
        for key in keys.into_iter().rev() {
            drop(timers.clear(key));
        }
        assert!(timers.heap.len() <= 2 * FEW && timers.heap.capacity() <= 4 * FEW && timers.dropped.len() <= FEW);
        assert_eq!(timers.next_due(&mut table), None);
        assert_eq!((timers.heap.len(), timers.dropped.len()), (0, 0));
    }

    #[test]
    fn sleepers_that_are_cancelled_leave_nothing_in_the_heap_or_in_the_table() {
        let (mut timers, mut table) = (Timers::default(), Table::default());
        let ids: Vec<_> = (1..=100_000)
            .map(|due| {
                let id = table.add(Some(Box::pin(Main)), false);
                sleeps(&mut table, id);
                timers.set(due, Target::Sleeper(id));
                id
            })
            .collect();
        for id in ids {
            table.entry(id.slot).state = State::Cancelled;
            timers.cancel_sleeper(&mut table);
        }
        assert!(timers.heap.len() <= 2 * FEW && timers.heap.capacity() <= 4 * FEW);
        assert_eq!(timers.next_due(&mut table), None);
        assert!(table.is_empty());
    }

    #[test]
    fn timers_fire_in_the_order_of_time_and_then_in_which_they_were_set() {
        let (mut timers, (mut table, id)) = (Timers::default(), sleeper());
        for due in [3, 1, 2, 1] {
            timers.set(due, Target::Task(id));
        }
        let mut fired = Vec::new();
        while timers.fire(2, &mut table).is_some() {
            fired.push(timers.fired);
        }
        assert_eq!(fired, [(1, 2), (1, 4), (2, 3)]);
        drop(timers.clear((1, 2))); // it has fired, so there is nothing to clear
        assert!(timers.dropped.is_empty());
        assert_eq!(timers.next_due(&mut table), Some(3));
    }
}
