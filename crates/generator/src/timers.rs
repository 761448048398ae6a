//! The timers: a heap of what is to happen when.

use crate::shared::TaskId;
use crate::task::Task;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;
use std::task::Waker;

/// What happens when a timer is due.
pub(crate) enum Due {
    /// The task that the timer holds becomes ready.
    Resume(Rc<dyn Task>),
    /// A task that waits for something else as well is woken.
    Wake(TaskId),
    /// A future that somebody other than the loop polls is woken.
    Waker(Waker),
}

struct Timer {
    /// In nanoseconds since the start of the loop.
    deadline: u64,
    /// The order of setting decides between equal deadlines.
    number: u64,
    due: Due,
}

#[derive(Default)]
pub(crate) struct Timers {
    heap: BinaryHeap<Timer>,
    set: u64,
}

impl Timers {
    pub(crate) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    pub(crate) fn set(&mut self, deadline: u64, due: Due) {
        self.heap.push(Timer { deadline, number: self.set, due });
        self.set += 1;
    }

    /// The next timer that is due at `now`.
    pub(crate) fn pop_due(&mut self, now: u64) -> Option<Due> {
        if self.heap.peek()?.deadline > now {
            return None;
        }
        self.heap.pop().map(|timer| timer.due)
    }

    /// When the next timer is due; those that no longer matter, as `is_dead` says, are dropped from the front.
    pub(crate) fn next_deadline(&mut self, is_dead: impl Fn(&Due) -> bool) -> Option<u64> {
        while self.heap.peek().is_some_and(|timer| is_dead(&timer.due)) {
            self.heap.pop();
        }
        self.heap.peek().map(|timer| timer.deadline)
    }
}

/// The heap's greatest is the timer that is due first.
impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.deadline, other.number).cmp(&(self.deadline, self.number))
    }
}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Timer {}
