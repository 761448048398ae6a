//! Chapter 10: cancelling only requests the end, unless you await it.

use crate::{current_thread, holds};
use futures::FutureExt;
use paintdry_smol::smol::{self, LocalExecutor};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem::forget;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::{JoinSet, LocalSet, yield_now};

#[test]
fn a_dropped_join_set_only_requests_the_end_and_shutdown_awaits_it() {
    let held = Rc::new(());
    current_thread().block_on(LocalSet::new().run_until(async {
        let mut tasks = JoinSet::new();
        tasks.spawn_local(holds(Rc::clone(&held)));
        yield_now().await;
        drop(tasks);
        assert_eq!(Rc::strong_count(&held), 2, "the destructor has not run yet");
        yield_now().await;
        assert_eq!(Rc::strong_count(&held), 1);

        let mut tasks = JoinSet::new();
        tasks.spawn_local(holds(Rc::clone(&held)));
        yield_now().await;
        tasks.shutdown().await;
        assert_eq!(Rc::strong_count(&held), 1, "it has run when `shutdown` is over");
    }));
}

#[test]
fn abort_returns_before_the_destructors_have_run() {
    let held = Rc::new(());
    current_thread().block_on(LocalSet::new().run_until(async {
        let task = tokio::task::spawn_local(holds(Rc::clone(&held)));
        yield_now().await;
        task.abort();
        assert_eq!(Rc::strong_count(&held), 2);
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(Rc::strong_count(&held), 1, "the handle tells when it is over");
    }));
}

#[test]
fn a_dropped_smol_task_is_dropped_at_the_executors_next_turn_and_cancel_awaits_it() {
    let held = Rc::new(());
    let executor = LocalExecutor::new();
    smol::block_on(executor.run(async {
        let task = executor.spawn(holds(Rc::clone(&held)));
        smol::future::yield_now().await;
        drop(task);
        assert_eq!(Rc::strong_count(&held), 2, "the destructor has not run yet");
        smol::future::yield_now().await;
        assert_eq!(Rc::strong_count(&held), 1);

        let task = executor.spawn(holds(Rc::clone(&held)));
        smol::future::yield_now().await;
        assert_eq!(task.cancel().await, None);
        assert_eq!(Rc::strong_count(&held), 1, "it has run when `cancel` is over");
    }));
}

/// Why destructors are likely and not certain.
#[test]
fn a_future_that_is_forgotten_runs_no_destructor() {
    let held = Rc::new(());
    forget(holds(Rc::clone(&held)));
    assert_eq!(Rc::strong_count(&held), 2);
}

/// `work` does not hold the lock here: it is the next in the queue, and a fair lock is handed to it when it cannot take it.
#[test]
fn a_place_in_a_queue_is_enough_for_a_futurelock() {
    let lock = Mutex::new(());
    let guard = lock.try_lock().expect("it is free");
    let mut work = pin!(lock.lock());
    assert!(work.as_mut().now_or_never().is_none(), "it queues");
    drop(guard);
    assert!(lock.lock().now_or_never().is_none(), "no task holds the lock, and it cannot be taken");
    assert!(work.now_or_never().is_some(), "it belongs to the first of the queue, once that is polled");
}

/// The macro `tokio::select!` drops a loser that it was given by value; the function does not.
#[test]
fn the_function_select_returns_the_loser() {
    let items = RefCell::new(VecDeque::from(["sky"]));
    let takes = async {
        let item = items.borrow_mut().pop_front();
        smol::future::yield_now().await;
        item
    };
    let raced = futures::future::select(Box::pin(takes), std::future::ready(())).now_or_never();
    let Some(futures::future::Either::Right(((), loser))) = raced else { panic!("the second is ready at once") };
    assert_eq!(smol::block_on(loser), Some("sky"), "it was not dropped, and can be awaited");
}

#[test]
fn closures_of_spawn_blocking_are_not_cancelled_and_dropping_the_runtime_waits_for_them() {
    let runtime = current_thread();
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel();
    let closure = runtime.spawn_blocking(move || {
        begun.send(()).expect("the test waits for it");
        released.recv()
    });
    has_begun.recv().expect("it begins");
    closure.abort();
    release.send(7).expect("it still waits");
    assert_eq!(runtime.block_on(closure).expect("it was not cancelled"), Ok(7));

    let (begun, has_begun) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel();
    let (end, ended) = std::sync::mpsc::channel();
    runtime.spawn_blocking(move || {
        begun.send(()).expect("the test waits for it");
        released.recv().expect("it is released");
        for _ in 0..1_000 {
            std::thread::yield_now(); // some work
        }
        end.send(()).expect("the test waits for it");
    });
    has_begun.recv().expect("it begins");
    release.send(()).expect("it still waits");
    drop(runtime);
    assert_eq!(ended.try_recv(), Ok(()), "dropping the runtime waited for it");
}

#[test]
fn shutdown_timeout_bounds_the_wait_for_closures() {
    let runtime = current_thread();
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (end, ended) = std::sync::mpsc::channel();
    runtime.spawn_blocking(move || {
        begun.send(()).expect("the test waits for it");
        released.recv().expect("it is released");
        end.send(()).expect("the test waits for it");
    });
    has_begun.recv().expect("it begins");
    runtime.shutdown_timeout(Duration::ZERO);
    assert!(ended.try_recv().is_err(), "it still waits");
    release.send(()).expect("it still waits");
    ended.recv().expect("it ends, later than its runtime");
}
