//! The floors of time limits: boxed futures in a queue, and two structures that hold the deadlines. A round of the queue ends with
//! a check of the first deadline against the clock, as in a runtime's loop.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, Turn, poll};
use crate::job::Timeouts;
use crate::kits::{take_turns, timeouts};
use crate::tally::{Tally, count_yield};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

/// Deadlines of which most are cleared before they are due.
pub(crate) trait Deadlines: Default {
    /// Identifies a deadline that is set.
    type Key: Copy;

    fn set(&mut self, due: Instant) -> Self::Key;

    fn clear(&mut self, key: Self::Key);

    /// The first deadline that is set.
    fn next(&mut self) -> Option<Instant>;
}

/// A binary heap in which a cleared deadline stays until it is the first, or until they are more than half.
#[derive(Default)]
pub(crate) struct LazyHeap {
    /// Each is a deadline, its slot, and how often the slot had been cleared when it was set.
    heap: BinaryHeap<Reverse<(Instant, usize, u32)>>,
    /// How often each slot was cleared.
    cleared: Vec<u32>,
    free: Vec<usize>,
}

/// Fewer than this are not worth a sweep.
const FEW: usize = 100;

impl Deadlines for LazyHeap {
    type Key = usize;

    fn set(&mut self, due: Instant) -> usize {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.cleared.push(0);
            self.cleared.len() - 1
        });
        self.heap.push(Reverse((due, slot, self.cleared[slot])));
        slot
    }

    fn clear(&mut self, slot: usize) {
        self.cleared[slot] = self.cleared[slot].wrapping_add(1);
        self.free.push(slot);
        let are_set = self.cleared.len() - self.free.len();
        if self.heap.len() > FEW.max(2 * are_set) {
            let cleared = &self.cleared;
            self.heap.retain(|Reverse((_, slot, times))| cleared[*slot] == *times);
        }
    }

    fn next(&mut self) -> Option<Instant> {
        while let Some(&Reverse((due, slot, times))) = self.heap.peek() {
            if self.cleared[slot] == times {
                return Some(due);
            }
            self.heap.pop();
        }
        None
    }
}

/// An ordered set, from which a cleared deadline is removed at once.
#[derive(Default)]
pub(crate) struct Tree {
    /// The number tells deadlines at the same time apart.
    deadlines: BTreeSet<(Instant, u64)>,
    last: u64,
}

impl Deadlines for Tree {
    type Key = (Instant, u64);

    fn set(&mut self, due: Instant) -> (Instant, u64) {
        self.last += 1;
        self.deadlines.insert((due, self.last));
        (due, self.last)
    }

    fn clear(&mut self, key: (Instant, u64)) {
        self.deadlines.remove(&key);
    }

    fn next(&mut self) -> Option<Instant> {
        self.deadlines.first().map(|(due, _)| *due)
    }
}

/// A deadline that is set, and cleared when this is dropped.
struct Timer<'a, D: Deadlines> {
    deadlines: &'a RefCell<D>,
    key: D::Key,
}

impl<'a, D: Deadlines> Timer<'a, D> {
    fn set(deadlines: &'a RefCell<D>, limit: Duration) -> Self {
        let key = deadlines.borrow_mut().set(Instant::now() + limit);
        Self { deadlines, key }
    }
}

impl<D: Deadlines> Drop for Timer<'_, D> {
    fn drop(&mut self) {
        self.deadlines.borrow_mut().clear(self.key);
    }
}

/// Waits for `future`. Its deadline is set if it is not ready at once. If that comes, the pass has failed, so it wakes nothing.
async fn limited<D: Deadlines>(deadlines: &RefCell<D>, limit: Duration, future: impl Future<Output = ()>) -> bool {
    let mut future = pin!(future);
    let mut timer = None;
    poll_fn(|context| {
        if future.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        timer.get_or_insert_with(|| Timer::set(deadlines, limit));
        Poll::Pending
    })
    .await
}

pub(crate) fn boxed_futures<T: Tally, D: Deadlines>(job: Timeouts) -> Result<Pass, Fault> {
    timeouts::pass(job, || {
        let deadlines = &RefCell::new(D::default());
        let limited = |limit| limited(deadlines, limit, count_yield::<T>(Turn::default()));
        let boxed = timeouts::tasks::<T, _>(job, limited).map(|task| -> BoxedFuture<'_, u64> { Box::pin(task) });
        let (mut turns, mut is_due) = (0, false);
        let in_time = take_turns(boxed.collect(), |task| {
            turns += 1;
            if turns == job.tasks {
                turns = 0;
                is_due |= deadlines.borrow_mut().next().is_some_and(|due| due <= Instant::now());
            }
            poll(task)
        });
        if is_due { Err(Fault::Failed("a limit was reached".to_owned())) } else { Ok(in_time) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets_and_clears<D: Deadlines>(is_empty: impl Fn(&D) -> bool) {
        let (mut deadlines, start) = (D::default(), Instant::now());
        let due = |ms| start + Duration::from_millis(ms);
        let keys: Vec<_> = (0..1_000).rev().map(|ms| deadlines.set(due(ms))).collect();
        assert_eq!(deadlines.next(), Some(due(0)));
        for (key, ms) in keys.into_iter().zip((0..1_000).rev()).filter(|(_, ms)| *ms != 500) {
            deadlines.clear(key);
            let first = if ms > 500 { 0 } else { 500 - 500 * u64::from(ms > 0 && ms < 500) };
            assert_eq!(deadlines.next(), Some(due(first)), "{ms}");
        }
        let last = deadlines.set(due(7));
        assert_eq!(deadlines.next(), Some(due(7)));
        deadlines.clear(last);
        assert_eq!(deadlines.next(), Some(due(500)));
        assert!(is_empty(&deadlines), "what was cleared is gone");
    }

    #[test]
    fn the_first_deadline_is_the_first_of_those_that_are_set() {
        sets_and_clears::<LazyHeap>(|it| it.heap.len() <= FEW && it.cleared.len() - it.free.len() == 1);
        sets_and_clears::<Tree>(|it| it.deadlines.len() == 1);
    }

    #[test]
    fn a_limit_that_is_reached_is_a_fault() {
        let job = Timeouts { tasks: 2, rounds: 3, shortest: Duration::ZERO };
        let reached = Err(Fault::Failed("a limit was reached".to_owned()));
        assert_eq!(boxed_futures::<crate::tally::Off, LazyHeap>(job), reached);
        assert_eq!(boxed_futures::<crate::tally::Off, Tree>(job), reached);
    }
}
