//! Waiting for some of several tasks.

use crate::{on_async_std, on_smol, on_tokio};
use futures::channel::oneshot;
use futures::future::select_all;

#[test]
fn select_all_gives_the_first_and_the_others_and_cancels_none() {
    let waits = || {
        let (promise, future) = oneshot::channel::<u32>();
        (async { future.await.unwrap() }, promise)
    };
    let on_tokio = on_tokio(async {
        let (slow, promise) = waits();
        let (first, index, rest) = select_all([tokio::spawn(slow), tokio::spawn(async { 2 })]).await;
        promise.send(1).unwrap();
        (first.unwrap(), index, select_all(rest).await.0.unwrap())
    });
    let on_async_std = on_async_std(async {
        let (slow, promise) = waits();
        let tasks = [async_std::task::spawn(slow), async_std::task::spawn(async { 2 })];
        let (first, index, rest) = select_all(tasks).await;
        promise.send(1).unwrap();
        (first, index, select_all(rest).await.0)
    });
    let on_smol = on_smol(async {
        let (slow, promise) = waits();
        let (first, index, rest) = select_all([smol::spawn(slow), smol::spawn(async { 2 })]).await;
        promise.send(1).unwrap();
        (first, index, select_all(rest).await.0)
    });
    assert_eq!([on_tokio, on_async_std, on_smol], [(2, 1, 1); 3]);
}

#[test]
fn waiting_for_nothing_panics() {
    let nothing = || drop(select_all::<Vec<std::future::Ready<()>>>(Vec::new()));
    std::panic::catch_unwind(nothing).unwrap_err();
}
