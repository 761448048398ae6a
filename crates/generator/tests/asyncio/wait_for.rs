//! Time limits.

use crate::{HOUR, Log, MOMENT, assert_idle, run, run_ready, spin, task};
use paintdry_generator::{Error, EventLoop, sleep, timeout, wait_for, yield_now};
use std::future::pending;
use std::panic::resume_unwind;
use std::time::Duration;

#[test]
fn a_future_that_is_done_in_time_gives_its_result() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, timeout(HOUR, async { (yield_now().await, 7).1 })), Ok(7));
    let seven = task(&event_loop, async { (yield_now().await, 7).1 });
    assert_eq!(run(&event_loop, wait_for(HOUR, seven)), Ok(7));
    assert_idle(&event_loop); // and leaves no timer
}

#[test]
fn a_limit_that_is_over_is_an_error_that_says_so() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, timeout(MOMENT, pending::<()>())), Err(Error::TimedOut(MOMENT)));
    let (_promise, never) = event_loop.create_future::<()>();
    assert_eq!(run(&event_loop, wait_for(MOMENT, never)), Err(Error::TimedOut(MOMENT)));
    let message = Error::TimedOut(MOMENT).to_string();
    assert!(message.starts_with("it was not done within 1ms; "), "{message}");
    assert!(message.ends_with("(timeout leaves a task running, wait_for cancels it)"), "{message}");
    for is_left_running in [true, false] {
        let (promise, painted) = event_loop.create_future::<()>();
        let waits = task(&event_loop, painted);
        let is_over = if is_left_running {
            run(&event_loop, timeout(MOMENT, waits)).err()
        } else {
            run(&event_loop, wait_for(MOMENT, waits)).err()
        };
        assert_eq!(is_over, Some(Error::TimedOut(MOMENT)));
        assert_eq!(promise.set_result(()).is_ok(), is_left_running, "only a task that still waits takes its result");
    }
}

#[test]
fn a_result_that_is_there_is_not_thrown_away_for_a_limit_of_zero() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, timeout(Duration::ZERO, async { 7 })), Ok(7));
    let seven = task(&event_loop, async { 7 });
    run_ready(&event_loop);
    assert_eq!(run(&event_loop, wait_for(Duration::ZERO, seven)), Ok(7));
}

#[test]
fn a_limit_of_zero_gives_one_turn() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, timeout(Duration::ZERO, yield_now())), Ok(()));
    let twice = async { (yield_now().await, yield_now().await) };
    assert_eq!(run(&event_loop, timeout(Duration::ZERO, twice)), Err(Error::TimedOut(Duration::ZERO)));
}

#[test]
fn cancelling_a_task_in_wait_for_cancels_the_inner_task() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let guard = log.on_drop("the inner task is gone");
    let inner = task(&event_loop, async move { (sleep(HOUR).await, drop(guard)).1 });
    let outer = task(&event_loop, wait_for(HOUR, inner));
    run_ready(&event_loop);
    outer.cancel();
    assert_eq!(log.take(), ["the inner task is gone"]);
    assert_idle(&event_loop);
}

#[test]
fn the_tasks_own_error_is_passed_on() {
    let event_loop = EventLoop::new();
    let breaks = task(&event_loop, async { resume_unwind(Box::new("the brush broke")) });
    let result: Result<(), _> = run(&event_loop, wait_for(HOUR, breaks));
    assert_eq!(result, Err(Error::Panicked("the brush broke".to_owned())));
    let cancelled = task(&event_loop, pending::<()>());
    cancelled.cancel();
    assert_eq!(run(&event_loop, wait_for(HOUR, cancelled)), Err(Error::Cancelled));
}

#[test]
fn of_nested_limits_the_shorter_one_counts() {
    let event_loop = EventLoop::new();
    let inner = run(&event_loop, timeout(HOUR, timeout(MOMENT, pending::<()>())));
    assert_eq!(inner, Ok(Err(Error::TimedOut(MOMENT))));
    let outer = run(&event_loop, timeout(MOMENT, timeout(HOUR, pending::<()>())));
    assert_eq!(outer, Err(Error::TimedOut(MOMENT)));
}

#[test]
fn a_limit_holds_against_endless_yields() {
    assert_eq!(run(&EventLoop::new(), timeout(MOMENT, spin())), Err(Error::TimedOut(MOMENT)));
}
