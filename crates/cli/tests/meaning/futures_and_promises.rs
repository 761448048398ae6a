//! The promise that all runtimes use here is a oneshot channel.

use crate::{Log, on_each, on_tokio};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::join;

#[test]
fn a_result_is_read_once_it_is_there_and_moved_out() {
    let (promise, mut future) = oneshot::channel();
    assert_eq!(future.try_recv(), Ok(None), "not yet");
    promise.send(7).unwrap(); // which consumes it, so that setting it twice does not compile
    assert_eq!(future.try_recv(), Ok(Some(7)));
    assert_eq!(future.try_recv(), Err(oneshot::Canceled), "it has been moved out");
}

#[test]
fn either_end_can_go() {
    let (promise, future) = oneshot::channel::<i32>();
    drop(promise);
    assert_eq!(future.now_or_never(), Some(Err(oneshot::Canceled)));
    let (promise, future) = oneshot::channel();
    drop(future);
    assert_eq!(promise.send(7), Err(7), "to cancel is to drop the future; the value comes back");
}

#[test]
fn a_waiter_is_woken_in_a_later_turn_on_one_thread() {
    let waits = |log: Log| {
        let (promise, future) = oneshot::channel();
        let waiting = {
            let log = log.clone();
            async move {
                future.await.unwrap();
                log.note("woken");
            }
        };
        let sets = move || {
            promise.send(()).unwrap();
            log.note("set");
        };
        (waiting, sets)
    };
    let log = Log::default();
    on_tokio(async {
        let (waiting, sets) = waits(log.clone());
        let task = tokio::spawn(waiting);
        tokio::task::yield_now().await;
        sets();
        task.await.unwrap();
    });
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let (waiting, sets) = waits(log.clone());
        let task = executor.spawn(waiting);
        smol::future::yield_now().await;
        sets();
        task.await;
    }));
    assert_eq!(log.take(), ["set", "woken", "set", "woken"]);
}

#[test]
fn several_tasks_await_one_future_when_it_is_shared() {
    let both = on_each(|| async {
        let (promise, future) = oneshot::channel();
        let future = future.shared();
        promise.send(7).unwrap();
        join(future.clone(), future).await
    });
    assert_eq!(both, [(Ok(7), Ok(7)); 3]);
}
