//! Models of wakes from outside, under every interleaving of the threads: CONTRIBUTING.md says how to run them.

use crate::sync::{Arc, AtomicBool};
use crate::table::TaskId;
use crate::waker::{LentWaker, Remote, TaskWaker, Waited};
use loom::thread;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

fn first() -> TaskId {
    TaskId::new(0, 1)
}

fn second() -> TaskId {
    TaskId::new(1, 2)
}

/// Runs it under every interleaving with at most two preemptions per thread, and prints how many these
/// are. `LOOM_MAX_PREEMPTIONS` sets another bound.
fn in_every_order(name: &str, model: impl Fn() + Send + Sync + 'static) {
    let orders = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&orders);
    let mut loom = loom::model::Builder::new();
    loom.preemption_bound = loom.preemption_bound.or(Some(2));
    loom.check(move || {
        counted.fetch_add(1, Relaxed);
        model();
    });
    println!("{name}: {} orders", orders.load(Relaxed));
}

/// A loop, with the waker that is lent to the first task.
fn a_loop() -> (Arc<Remote>, LentWaker) {
    let remote = Arc::<Remote>::default();
    let lent = LentWaker::new(&remote, first());
    (remote, lent)
}

#[test]
fn a_wake_that_comes_while_the_loop_decides_to_park_is_not_lost() {
    in_every_order("a wake and a park", || {
        let (remote, _lent) = a_loop();
        let kept = LentWaker::new(&remote, first());
        let waking = Arc::clone(&kept.inner);
        let other = thread::spawn(move || TaskWaker::call(&waking));
        assert_eq!(remote.wait(Duration::MAX), Waited::Woken);
        assert_eq!(remote.take_woken(), [first()]);
        other.join().unwrap();
        assert_eq!(remote.take_woken(), [], "a second time for one wake");
    });
}

#[test]
fn the_loop_is_not_stuck_after_a_thread_wakes_and_then_drops_the_last_waker() {
    in_every_order("a wake and the last waker's end", || {
        let (remote, _lent) = a_loop();
        let kept = LentWaker::new(&remote, first());
        let other = thread::spawn(move || {
            TaskWaker::call(&kept.inner);
            drop(kept);
        });
        assert_eq!(remote.wait(Duration::MAX), Waited::Woken);
        assert_eq!(remote.take_woken(), [first()]);
        other.join().unwrap();
    });
}

#[test]
fn a_loop_that_waits_sees_the_end_of_the_last_waker() {
    in_every_order("the last wakers' ends", || {
        let (remote, _lent) = a_loop();
        let others = [first(), second()].map(|id| {
            let kept = LentWaker::new(&remote, id);
            thread::spawn(move || drop(kept))
        });
        assert_eq!(remote.wait(Duration::MAX), Waited::Stuck);
        for other in others {
            other.join().unwrap();
        }
    });
}

#[test]
fn of_two_threads_that_wake_at_once_each_is_heard_once() {
    in_every_order("two wakes at once", || {
        let (remote, _lent) = a_loop();
        let others = [first(), second()].map(|id| {
            let kept = LentWaker::new(&remote, id);
            thread::spawn(move || TaskWaker::call(&kept.inner))
        });
        let mut woken = Vec::new();
        while woken.len() < 2 {
            assert_eq!(remote.wait(Duration::MAX), Waited::Woken);
            woken.extend(remote.take_woken());
        }
        for other in others {
            other.join().unwrap();
        }
        woken.extend(remote.take_woken());
        woken.sort_by_key(|id| id.number());
        assert_eq!(woken, [first(), second()]);
    });
}

/// The second wake comes before the first is taken up, during that, or after it; then it is another wake.
#[test]
fn two_wakes_by_one_waker_are_taken_up_once_or_twice_and_the_last_one_is_not_lost() {
    in_every_order("two wakes by one waker", || {
        let (remote, _lent) = a_loop();
        let kept = LentWaker::new(&remote, first());
        let (waking, written) = (Arc::clone(&kept.inner), Arc::new(AtomicBool::new(false)));
        let writes = Arc::clone(&written);
        let other = thread::spawn(move || {
            TaskWaker::call(&waking);
            writes.store(true, Relaxed); // ordered by the wake alone
            TaskWaker::call(&waking);
        });
        loop {
            assert_eq!(remote.wait(Duration::MAX), Waited::Woken);
            let woken = remote.take_woken();
            assert!(woken == [first()] || woken == [first(), first()]);
            if written.load(Relaxed) {
                break;
            }
        }
        other.join().unwrap();
        assert!(remote.take_woken().len() <= 1);
    });
}

/// A future passes a clone of the lent waker to another thread. That thread calls it in the turn of its task, or in
/// the next one's.
#[test]
fn a_lent_waker_that_is_used_while_the_poll_ends_wakes_once() {
    in_every_order("a lent waker", || {
        let (remote, mut lent) = a_loop();
        let waking = Arc::clone(&lent.inner);
        let dropped = Arc::new(AtomicBool::new(false));
        let drops = Arc::clone(&dropped);
        let other = thread::spawn(move || {
            TaskWaker::call(&waking);
            drop(waking);
            drops.store(true, Relaxed);
        });
        let mut woken = remote.take_woken(); // as a spawn in this turn would
        dropped.load(Relaxed); // so that loom tries both orders: without this, it takes reading a count and a drop as independent
        if lent.is_kept() {
            lent = LentWaker::new(&remote, first()); // as `Run::after_turn` does it
        }
        lent.inner.task.store(second().bits(), Relaxed); // the next task has its turn
        while woken.is_empty() {
            assert_eq!(remote.wait(Duration::MAX), Waited::Woken);
            woken.extend(remote.take_woken());
        }
        assert_eq!(woken, [first()]);
        other.join().unwrap();
        assert_eq!(remote.take_woken(), [], "a second time for one wake");
    });
}
