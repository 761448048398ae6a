//! Sleeps, intervals and time limits.

use crate::tokio;
use futures::{FutureExt, StreamExt};
use std::collections::BTreeSet;
use std::future::{Future, pending, ready};
use std::time::{Duration, Instant};
use std::{io, iter};

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

/// async-std's interval is tried nowhere here, because it needs a feature.
#[test]
fn ticks_that_were_missed_come_at_once_on_smol_and_on_tokio_unless_it_delays() {
    let mut of_smol = smol::Timer::interval(SHORT);
    std::thread::sleep(3 * SHORT); // three ticks are over
    assert_eq!(iter::from_fn(|| of_smol.next().now_or_never()).take(3).count(), 3);

    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("it needs nothing");
    let ticks_after_three_periods = |missed: tokio::time::MissedTickBehavior| {
        tokio.block_on(async move {
            let mut interval = tokio::time::interval(LONG);
            interval.set_missed_tick_behavior(missed);
            interval.tick().await;
            tokio::time::advance(3 * LONG).await;
            iter::from_fn(|| interval.tick().now_or_never()).count()
        })
    };
    assert_eq!(ticks_after_three_periods(tokio::time::MissedTickBehavior::default()), 3);
    assert_eq!(ticks_after_three_periods(tokio::time::MissedTickBehavior::Delay), 1);
}

#[test]
fn or_begins_with_its_left_side_and_race_with_either() {
    let sides = |choose: fn() -> Option<u8>| (0..1_000).map(|_| choose()).collect::<BTreeSet<_>>();
    let left_first = sides(|| smol::future::or(ready(1), ready(2)).now_or_never());
    let either_first = sides(|| smol::future::race(ready(1), ready(2)).now_or_never());
    assert_eq!((left_first, either_first), (BTreeSet::from([Some(1)]), BTreeSet::from([Some(1), Some(2)])));
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
