//! The timers of a loop, in the order of time, and what each wakes.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::mem;
use std::task::Waker;

/// Identifies a timer: when it is due, in ns by the loop's clock, and its place among those that are due at the same time.
pub(crate) type Key = (u64, u32);

/// No clock reaches it: the loop would have to run for 584 years.
pub(crate) const NEVER: u64 = u64::MAX;

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
    /// Cleared timers in the heap. They stay there until they are due, or until they are more than half.
    cleared: HashSet<Key>,
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
        let key = (due.max(self.fired.0), self.last); // a call may have been due before its timer is set
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
mod tests {
    use super::*;

    #[test]
    fn a_million_sleeps_that_are_dropped_one_after_the_other_leave_next_to_nothing() {
        let mut timers = Timers::default();
        let kept = timers.set(1, Target::Slot(0));
        for due in 2..=1_000_000 {
            let waker = if due % 2 == 0 { Target::Slot(0) } else { Target::Waker(Waker::noop().clone()) };
            let key = timers.set(due, waker);
            drop(timers.clear(key));
            assert!(timers.heap.len() <= 2 * FEW, "{}", timers.heap.len());
        }
        assert!(timers.heap.capacity() <= 4 * FEW && timers.cleared.len() <= FEW && timers.wakers.is_empty());
        assert_eq!(timers.next_due(), Some(kept.0));
    }

    #[test]
    fn a_hundred_thousand_sleeps_that_are_dropped_together_leave_nothing() {
        let mut timers = Timers::default();
        let keys: Vec<_> = (1..=100_000).map(|due| timers.set(due, Target::Slot(0))).collect();
        for key in keys.into_iter().rev() {
            drop(timers.clear(key));
        }
        assert!(timers.heap.len() <= 2 * FEW && timers.heap.capacity() <= 4 * FEW && timers.cleared.len() <= FEW);
        assert_eq!(timers.next_due(), None);
        assert_eq!((timers.heap.len(), timers.cleared.len()), (0, 0));
    }

    #[test]
    fn timers_fire_in_the_order_of_time_and_then_in_which_they_were_set() {
        let mut timers = Timers::default();
        for due in [3, 1, 2, 1] {
            timers.set(due, Target::Slot(0));
        }
        let mut fired = Vec::new();
        while timers.fire(2).is_some() {
            fired.push(timers.fired);
        }
        assert_eq!(fired, [(1, 2), (1, 4), (2, 3)]);
        drop(timers.clear((1, 2))); // it has fired, so there is nothing to clear
        assert!(timers.cleared.is_empty());
        assert_eq!(timers.next_due(), Some(3));
    }

    #[test]
    fn a_timer_that_is_set_too_late_is_the_next_and_can_be_cleared() {
        let mut timers = Timers::default();
        timers.set(5, Target::Slot(0));
        assert!(timers.fire(5).is_some());
        let late = timers.set(3, Target::Slot(1));
        assert_eq!(late.0, 5);
        drop(timers.clear(late));
        assert!(timers.fire(5).is_none() && timers.cleared.is_empty());
    }
}
