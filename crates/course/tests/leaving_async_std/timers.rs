//! Sleeps, intervals and time limits.

use crate::tokio;
use futures::{FutureExt, StreamExt};
use std::future::{Future, pending};
use std::io;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(3600);

#[test]
fn a_sleep_counts_from_its_first_poll_on_async_std_and_from_the_call_on_smol_and_tokio() {
    let tokio = tokio();
    let _inside = tokio.enter();
    let (of_async_std, mut of_smol) = (async_std::task::sleep(SHORT), smol::Timer::after(SHORT));
    let of_tokio = tokio::time::sleep(SHORT);
    let made = Instant::now();
    std::thread::sleep(SHORT); // the sleeps are over, if they have begun

    assert!((&mut of_smol).now_or_never().is_some());
    assert!(of_tokio.deadline().into_std() <= made + SHORT);
    let first_poll = Instant::now();
    async_std::task::block_on(of_async_std);
    assert!(first_poll.elapsed() >= SHORT);
}

#[test]
fn the_first_tick_of_an_interval_comes_at_once_on_tokio_and_after_a_period_on_smol() {
    assert!(smol::Timer::interval(LONG).next().now_or_never().is_none());
    tokio().block_on(async { tokio::time::interval(LONG).tick().await }); // else this test would take an hour
}

/// `async_std::future::timeout` for smol, which has none.
async fn timeout<T>(limit: Duration, future: impl Future<Output = T>) -> io::Result<T> {
    let late = async {
        smol::Timer::after(limit).await;
        Err(io::ErrorKind::TimedOut.into())
    };
    smol::future::or(async { Ok(future.await) }, late).await
}

#[test]
fn a_time_limit_is_one_function_on_smol() {
    assert!(async_std::task::block_on(async_std::future::timeout(SHORT, pending::<()>())).is_err());
    assert!(smol::block_on(timeout(SHORT, pending::<()>())).is_err());
    // Each polls its future first, so that a result counts even if the time is over.
    assert_eq!(async_std::task::block_on(async_std::future::timeout(Duration::ZERO, async { 1 })).ok(), Some(1));
    assert_eq!(smol::block_on(timeout(Duration::ZERO, async { 1 })).ok(), Some(1));
    let of_tokio = async { tokio::time::timeout(Duration::ZERO, async { 1 }).await };
    assert_eq!(tokio().block_on(of_tokio).ok(), Some(1));
}
