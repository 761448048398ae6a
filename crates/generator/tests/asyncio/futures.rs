//! Futures and their promises.

use crate::{Log, run, run_ready, task};
use futures::FutureExt;
use futures::future::join_all;
use paintdry_generator::{Error, EventLoop, yield_now};

#[test]
fn a_result_that_is_not_there_yet() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future::<i32>();
    assert!(!future.done());
    assert_eq!(future.result(), Err(Error::NotReady));
    assert!(Error::NotReady.to_string().contains("run the loop until it is, or await"));

    promise.set_result(7).unwrap();
    assert!(future.done());
    assert_eq!((future.result(), future.result()), (Ok(7), Ok(7)), "it can be read as often as you like");
}

#[test]
fn a_result_that_is_moved_out() {
    let (promise, future) = EventLoop::new().create_future();
    promise.set_result(7).unwrap();
    assert_eq!(future.take(), Ok(7));
    assert_eq!(future.result(), Err(Error::Taken));
    assert!(Error::Taken.to_string().contains("keep it where you awaited it"));
}

#[test]
fn a_result_that_is_set_twice() {
    let (promise, future) = EventLoop::new().create_future();
    promise.set_result(1).unwrap();
    assert_eq!(promise.set_result(2), Err(2), "the value comes back");
    assert_eq!(future.result(), Ok(1));
}

#[test]
fn a_future_that_is_cancelled() {
    let (promise, future) = EventLoop::new().create_future::<i32>();
    assert!(future.cancel());
    assert!(!future.cancel(), "there is nothing left to cancel");
    assert_eq!(future.result(), Err(Error::Cancelled));
    assert_eq!(promise.set_result(1), Err(1));
}

#[test]
fn a_promise_that_is_dropped() {
    let (promise, future) = EventLoop::new().create_future::<i32>();
    drop(promise);
    assert_eq!(future.result(), Err(Error::Broken));
}

#[test]
fn awaiting_a_future_that_is_done_gives_its_result_without_a_turn() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (promise, future) = event_loop.create_future();
    promise.set_result(7).unwrap();
    let (noting, other) = (log.clone(), log.clone());
    let calls = event_loop.clone();
    run(&event_loop, async move {
        calls.call_soon(move || other.note("another has a turn")).unwrap();
        assert_eq!(future.await, Ok(7));
        noting.note("awaited");
        yield_now().await;
    });
    assert_eq!(log.take(), ["awaited", "another has a turn"]);
}

#[test]
fn who_waits_is_woken_in_a_later_turn_and_not_inside_of_set_result() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (promise, future) = event_loop.create_future();
    let noting = log.clone();
    let waits = task(&event_loop, async move { noting.note(format!("got {:?}", future.await)) });
    run_ready(&event_loop);
    promise.set_result(7).unwrap();
    log.note("set");
    run(&event_loop, waits).unwrap();
    assert_eq!(log.take(), ["set", "got Ok(7)"]);
}

#[test]
fn several_tasks_await_one_future_when_it_is_shared() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (promise, future) = event_loop.create_future();
    let shared = future.shared(); // a LoopFuture itself has one handle, and so one that waits
    let waiting = ["a", "b"].map(|name| {
        let (future, log) = (shared.clone(), log.clone());
        task(&event_loop, async move { log.note(format!("{name}: {:?}", future.await)) })
    });
    run_ready(&event_loop);
    promise.set_result(7).unwrap();
    run(&event_loop, join_all(waiting));
    assert_eq!(log.take(), ["a: Ok(7)", "b: Ok(7)"]);
}
