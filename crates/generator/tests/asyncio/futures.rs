//! Futures and their promises.

use crate::{Log, run, run_ready, task};
use futures::FutureExt;
use futures::future::join_all;
use paintdry_generator::{Error, EventLoop};

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
