//! What a sleep and the timers take and leave.

use super::*;
use crate::EventLoop;
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
