//! Sleeps that are dropped, moved, forgotten or kept in unusual places.

use crate::{HOUR, Log, MOMENT, assert_idle, run, run_in_virtual_time, task};
use futures::FutureExt;
use futures::future::{join, select};
use paintdry_generator::{Error, EventLoop, Sleep, sleep, timeout};
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

/// A sleep that has been polled once, inside a run.
fn begun(event_loop: &EventLoop, duration: Duration) -> Sleep {
    let mut sleep = sleep(duration);
    run(event_loop, poll_fn(|context| Poll::Ready(Pin::new(&mut sleep).poll(context).is_pending())));
    sleep
}

#[test]
fn of_two_sleeps_that_are_due_together_dropping_one_leaves_the_other() {
    let second = Duration::from_secs(1);
    let event_loop = EventLoop::new();
    let both = join(sleep(second), timeout(second, async {}));
    assert_eq!(run_in_virtual_time(&event_loop, both), Ok(((), Ok(()))));
}

#[test]
fn a_sleep_that_is_dropped_outside_a_run_leaves_nothing() {
    let event_loop = EventLoop::new();
    drop(begun(&event_loop, HOUR));
    assert_idle(&event_loop);
}

#[test]
fn a_sleep_that_is_dropped_on_another_thread_leaves_nothing() {
    let event_loop = EventLoop::new();
    let sleep = begun(&event_loop, HOUR);
    thread::spawn(move || drop(sleep)).join().unwrap();
    assert_idle(&event_loop);
}

#[test]
fn a_loop_that_is_parked_for_a_sleep_notices_that_another_thread_drops_it() {
    let event_loop = EventLoop::new();
    let sleep = begun(&event_loop, HOUR);
    let dropper = thread::spawn(move || drop(sleep)); // now, or when the loop is parked
    assert_idle(&event_loop);
    dropper.join().unwrap();
}

#[test]
fn a_sleep_that_is_polled_by_now_or_never_leaves_nothing() {
    let event_loop = EventLoop::new();
    run(&event_loop, async {
        for _ in 0..10 {
            assert_eq!(sleep(HOUR).now_or_never(), None);
        }
    });
    assert_idle(&event_loop);
}

#[test]
fn a_sleep_that_moves_to_another_loop_leaves_nothing_behind() {
    let (first, second) = (EventLoop::new(), EventLoop::new());
    let mut moved = begun(&first, HOUR);
    run(&second, poll_fn(|context| Poll::Ready(Pin::new(&mut moved).poll(context).is_pending())));
    assert_idle(&first);
    drop(moved);
    assert_idle(&second);
}

#[test]
fn a_sleep_that_is_polled_once_wakes_its_task_all_the_same() {
    let start = Instant::now();
    let (mut sleeps, mut is_first) = (Box::pin(sleep(MOMENT)), true);
    run(&EventLoop::new(), async {
        let limit = timeout(MOMENT / 2, pending::<()>()); // so that the task is polled in between
        let polled_once = poll_fn(|context| {
            if std::mem::take(&mut is_first) {
                assert!(sleeps.as_mut().poll(context).is_pending());
            }
            if start.elapsed() >= MOMENT { Poll::Ready(()) } else { Poll::Pending }
        });
        assert!(join(polled_once, limit).await.1.is_err());
    });
}

#[test]
fn a_sleep_whose_task_ends_first_wakes_no_task() {
    let event_loop = EventLoop::new();
    let kept = std::rc::Rc::new(std::cell::RefCell::new(None));
    let keeps = kept.clone();
    let first = task(&event_loop, async move {
        let mut sleep = sleep(MOMENT);
        assert!(poll_fn(|context| Poll::Ready(Pin::new(&mut sleep).poll(context).is_pending())).await);
        *keeps.borrow_mut() = Some(sleep);
    });
    run(&event_loop, first).unwrap();
    let mut polls = 0;
    let second = task(&event_loop, async { sleep(3 * MOMENT).await }); // it gets the first one's slot, or not
    let counted = poll_fn(|_| {
        polls += 1;
        Poll::<()>::Pending
    });
    run(&event_loop, select(pin!(counted), second));
    assert!(polls <= 2, "{polls} polls");
}

#[test]
fn a_sleep_of_zero_is_a_plain_yield() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (a, b, inner) = (log.clone(), log.clone(), event_loop.clone());
    let a = task(&event_loop, async move {
        a.note("a0");
        sleep(Duration::ZERO).await;
        a.note("a1");
    });
    let b = task(&event_loop, async move {
        b.note("b0");
        let c = b.clone();
        inner.call_soon(move || c.note("c")).unwrap();
    });
    let _ = run(&event_loop, join(a, b));
    crate::run_ready(&event_loop);
    assert_eq!(log.take(), ["a0", "b0", "a1", "c"]);
}

#[test]
fn a_sleep_of_zero_under_a_combinator_ends_in_virtual_time() {
    assert_eq!(run_in_virtual_time(&EventLoop::new(), sleep(Duration::ZERO).shared()), Ok(()));
}

#[test]
fn sleeps_end_in_the_order_of_time_with_any_waker() {
    for _ in 0..20 {
        let (event_loop, log) = (EventLoop::new(), Log::default());
        let (first, second) = (log.clone(), log.clone());
        let shared = task(&event_loop, async move {
            sleep(MOMENT).shared().await;
            first.note("first");
        });
        let plain = task(&event_loop, async move {
            sleep(MOMENT).await;
            second.note("second");
        });
        let _ = run(&event_loop, join(shared, plain));
        assert_eq!(log.take(), ["first", "second"]);
    }
}

#[test]
fn a_sleep_for_ever_never_ends_in_virtual_time() {
    let event_loop = EventLoop::new();
    let stuck = run_in_virtual_time(&event_loop, sleep(Duration::MAX));
    assert_eq!(stuck, Err(Error::Stuck(vec!["main".to_owned()])));
    let stuck = run_in_virtual_time(&event_loop, join(sleep(Duration::MAX), sleep(HOUR)));
    assert_eq!(stuck, Err(Error::Stuck(vec!["main".to_owned()])));
}

#[test]
fn a_sleep_that_is_carried_out_of_virtual_time_ends() {
    let event_loop = EventLoop::new();
    let mut carried = sleep(HOUR + MOMENT);
    let both = join(poll_fn(|context| Poll::Ready(Pin::new(&mut carried).poll(context).is_pending())), sleep(HOUR));
    assert_eq!(run_in_virtual_time(&event_loop, both), Ok((true, ())));
    run(&event_loop, carried); // a moment of it is left
    assert_idle(&event_loop);
}

#[test]
fn a_detached_task_that_had_a_limit_is_dropped_at_its_end() {
    let (event_loop, permit) = (EventLoop::new(), std::rc::Rc::new(()));
    let held = permit.clone();
    drop(task(&event_loop, timeout(HOUR, async move { held })));
    run(&event_loop, sleep(MOMENT));
    assert_eq!(std::rc::Rc::strong_count(&permit), 1);
    assert_idle(&event_loop);
    let _ = event_loop.create_task(sleep(HOUR));
}
