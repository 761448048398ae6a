//! Sleeping.

use crate::{MOMENT, on_async_std, on_smol, on_tokio};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

fn is_ready_at_once(sleep: impl Future) -> bool {
    pin!(sleep).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

#[test]
fn a_sleep_of_zero_gives_no_turn_on_async_std_and_smol() {
    assert!(on_async_std(async { is_ready_at_once(async_std::task::sleep(Duration::ZERO)) }));
    assert!(on_smol(async { is_ready_at_once(smol::Timer::after(Duration::ZERO)) }));
}

#[test]
fn a_yield_gives_a_turn_on_all() {
    assert!(!on_tokio(async { is_ready_at_once(tokio::task::yield_now()) }));
    assert!(!on_async_std(async { is_ready_at_once(async_std::task::yield_now()) }));
    assert!(!on_smol(async { is_ready_at_once(smol::future::yield_now()) }));
}

#[test]
fn a_sleep_is_never_shorter() {
    let start = Instant::now();
    on_tokio(async { tokio::time::sleep(MOMENT).await });
    let after_tokio = start.elapsed();
    on_async_std(async_std::task::sleep(MOMENT));
    let after_async_std = start.elapsed();
    on_smol(smol::Timer::after(MOMENT));
    assert!(after_tokio >= MOMENT && after_async_std >= 2 * MOMENT && start.elapsed() >= 3 * MOMENT);
}
