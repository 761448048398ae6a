//! Sleeping.

use crate::{HOUR, LATER, LATEST, Log, MOMENT, assert_idle, run, run_ready, spin, task};
use futures::future::{Either, select};
use paintdry_generator::{Error, EventLoop, sleep};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

#[test]
fn a_sleep_is_never_shorter_and_the_shorter_one_ends_first() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let tasks = [("long", LATEST), ("short", MOMENT), ("middle", LATER)].map(|(name, duration)| {
        let log = log.clone();
        task(&event_loop, async move {
            let start = Instant::now();
            sleep(duration).await;
            assert!(start.elapsed() >= duration);
            log.note(name);
        })
    });
    let results = run(&event_loop, futures::future::join_all(tasks));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(log.take(), ["short", "middle", "long"]);
}

#[test]
fn the_timer_of_a_sleeping_task_that_is_cancelled_does_not_fire() {
    let event_loop = EventLoop::new();
    let sleeps = task(&event_loop, sleep(HOUR));
    run_ready(&event_loop);
    assert!(sleeps.cancel());
    assert_eq!(run(&event_loop, sleeps), Err(Error::Cancelled));
    assert_idle(&event_loop);
}

#[test]
fn a_sleep_beside_endless_yields_ends() {
    let (spins, limit) = (pin!(spin()), pin!(sleep(MOMENT)));
    assert!(matches!(run(&EventLoop::new(), select(spins, limit)), Either::Right(_)));
}

#[test]
fn a_sleep_beside_a_future_that_wakes_itself_without_end_ends() {
    for keeps_the_waker in [false, true] {
        let (start, mut kept) = (Instant::now(), None);
        let spins = poll_fn(|context| {
            if start.elapsed() > Duration::from_secs(30) {
                return Poll::Ready(()); // so that the test fails and does not hang
            }
            context.waker().wake_by_ref();
            kept = keeps_the_waker.then(|| context.waker().clone());
            Poll::Pending
        });
        let limit = pin!(sleep(MOMENT));
        let first = run(&EventLoop::new(), select(spins, limit));
        assert!(matches!(first, Either::Right(_)), "keeps the waker: {keeps_the_waker}");
    }
}
