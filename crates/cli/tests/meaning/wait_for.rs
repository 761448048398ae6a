//! Time limits: tokio and async-std have one, on smol it is a race with a timer.

use crate::{HOUR, Log, MOMENT, on_async_std, on_smol, on_tokio, waits_for_ever};
use futures::channel::oneshot;
use std::time::Duration;

/// smol has no `timeout`; its documentation writes one like this.
async fn smol_timeout<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let late = async {
        smol::Timer::after(limit).await;
        None
    };
    smol::future::or(async { Some(future.await) }, late).await
}

#[test]
fn a_future_that_is_done_in_time_gives_its_result() {
    assert_eq!(on_tokio(async { tokio::time::timeout(HOUR, async { 7 }).await }), Ok(7));
    assert!(matches!(on_async_std(async_std::future::timeout(HOUR, async { 7 })), Ok(7)));
    assert_eq!(on_smol(smol_timeout(HOUR, async { 7 })), Some(7));
}

#[test]
fn a_late_task_has_cleaned_up_before_the_error_is_there() {
    let log = Log::default();
    let late = || waits_for_ever(log.on_drop("cleaned up"));
    on_tokio(async {
        tokio::time::timeout(MOMENT, late()).await.unwrap_err();
        log.note("timed out");
    });
    on_async_std(async {
        async_std::future::timeout(MOMENT, late()).await.unwrap_err();
        log.note("timed out");
    });
    on_smol(async {
        assert_eq!(smol_timeout(MOMENT, late()).await, None);
        log.note("timed out");
    });
    assert_eq!(log.take(), ["cleaned up", "timed out"].repeat(3));
}

#[test]
fn a_result_that_is_there_is_not_thrown_away_for_a_limit_of_zero() {
    assert_eq!(on_tokio(async { tokio::time::timeout(Duration::ZERO, async { 7 }).await }), Ok(7));
    assert!(matches!(on_async_std(async_std::future::timeout(Duration::ZERO, async { 7 })), Ok(7)));
    assert_eq!(on_smol(smol_timeout(Duration::ZERO, async { 7 })), Some(7));
}

#[test]
fn a_limit_holds_against_endless_yields() {
    on_tokio(async {
        let spins = async {
            loop {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout::<std::pin::Pin<Box<dyn Future<Output = ()>>>>(MOMENT, Box::pin(spins)).await.unwrap_err();
    });
    on_async_std(async {
        let spins = async {
            loop {
                async_std::task::yield_now().await;
            }
        };
        async_std::future::timeout::<_, ()>(MOMENT, spins).await.unwrap_err();
    });
    on_smol(async {
        let spins = async {
            loop {
                smol::future::yield_now().await;
            }
        };
        assert_eq!(smol_timeout::<()>(MOMENT, spins).await, None);
    });
}

#[test]
fn a_late_task_continues_on_tokio_and_async_std_and_is_cancelled_on_smol() {
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_tokio(async {
        let task = tokio::spawn(async { give.send(started.await).unwrap() });
        tokio::time::timeout(MOMENT, task).await.unwrap_err();
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_async_std(async {
        let task = async_std::task::spawn(async { give.send(started.await).unwrap() });
        async_std::future::timeout(MOMENT, task).await.unwrap_err();
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_smol(async {
        let task = smol::spawn(async { give.send(started.await).unwrap() });
        assert!(smol_timeout(MOMENT, task).await.is_none());
        assert_eq!(sign.await, Err(oneshot::Canceled));
        drop(start);
    });
}
