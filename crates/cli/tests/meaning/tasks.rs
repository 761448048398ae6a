//! Tasks: when and where they run, what they return, and what happens to those that no task awaits.

use crate::{Log, on_async_std, on_each, on_smol, on_tokio};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::lazy;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::mpsc;
use std::thread;

#[test]
fn a_task_begins_in_a_later_turn_on_one_thread() {
    let log = Log::default();
    on_tokio(async {
        let tasks = ["a", "b", "c"].map(|name| {
            let log = log.clone();
            tokio::spawn(async move { log.note(name) })
        });
        log.note("created");
        futures::future::join_all(tasks).await;
    });
    assert_eq!(log.take(), ["created", "a", "b", "c"]);
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let tasks = ["a", "b", "c"].map(|name| {
            let log = log.clone();
            executor.spawn(async move { log.note(name) })
        });
        log.note("created");
        futures::future::join_all(tasks).await;
    }));
    assert_eq!(log.take(), ["created", "a", "b", "c"]);
}

#[test]
fn on_threads_of_their_own_tasks_run_while_their_creator_does() {
    // The creator blocks its thread; on tokio's current-thread runtime this would wait for ever.
    let blocks = || {
        let (sender, receiver) = mpsc::channel();
        (async move { sender.send(thread::current().id()).unwrap() }, receiver)
    };
    let ran_on = on_async_std(async {
        let (task, receiver) = blocks();
        drop(async_std::task::spawn(task));
        receiver.recv().unwrap()
    });
    assert_ne!(ran_on, thread::current().id());
    let ran_on = on_smol(async {
        let (task, receiver) = blocks();
        smol::spawn(task).detach();
        receiver.recv().unwrap()
    });
    assert_ne!(ran_on, thread::current().id());
    let ran_on = on_tokio(async { tokio::spawn(async { thread::current().id() }).await.unwrap() });
    assert_eq!(ran_on, thread::current().id());
}

#[test]
fn a_coroutine_runs_when_it_is_awaited_and_in_that_turn() {
    let log = Log::default();
    on_each(|| async {
        let never = async { log.note("never") };
        let coroutine = async { log.note("coroutine") };
        log.note("made");
        coroutine.await;
        drop(never);
    });
    assert_eq!(log.take(), ["made", "coroutine"].repeat(3));
}

fn breaks() -> impl Future<Output = ()> + Send + 'static {
    lazy(|_| resume_unwind(Box::new("the brush broke")))
}

#[test]
fn a_panic_is_an_error_on_tokio_and_continues_in_the_waiter_on_the_others() {
    let error = on_tokio(async { tokio::spawn(breaks()).await.unwrap_err() });
    assert!(error.is_panic());
    let payload = on_async_std(async {
        let task = async_std::task::spawn(breaks());
        AssertUnwindSafe(task).catch_unwind().await.unwrap_err()
    });
    assert_eq!(payload.downcast_ref(), Some(&"the brush broke"));
    let payload = on_smol(async {
        let task = smol::spawn(breaks());
        AssertUnwindSafe(task).catch_unwind().await.unwrap_err()
    });
    assert_eq!(payload.downcast_ref(), Some(&"the brush broke"));
}

/// A task that waits for a sign and then gives one; the reader of that sign learns whether the task was there to give it.
fn goes_on() -> (impl Future<Output = ()> + Send + 'static, oneshot::Sender<()>, oneshot::Receiver<()>) {
    let ((start, started), (give, sign)) = (oneshot::channel(), oneshot::channel());
    let task = async move {
        if started.await.is_ok() {
            give.send(()).unwrap();
        }
    };
    (task, start, sign)
}

#[test]
fn dropping_a_handle_detaches_on_tokio_and_async_std_and_cancels_on_smol() {
    let on_tokio = on_tokio(async {
        let (task, start, sign) = goes_on();
        drop(tokio::spawn(task));
        start.send(()).unwrap();
        sign.await
    });
    assert_eq!(on_tokio, Ok(()));
    let on_async_std = on_async_std(async {
        let (task, start, sign) = goes_on();
        drop(async_std::task::spawn(task));
        start.send(()).unwrap();
        sign.await
    });
    assert_eq!(on_async_std, Ok(()));
    let on_smol = on_smol(async {
        let (task, start, sign) = goes_on();
        drop(smol::spawn(task));
        let sign = sign.await;
        drop(start);
        sign
    });
    assert_eq!(on_smol, Err(oneshot::Canceled));
}
