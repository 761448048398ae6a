//! The pitfalls of chapters 9, 9b and 9c, a file for each: a program that fails, and its cure.
//!
//! Each file is complete in itself, because its replay page shows it and nothing else.

#![allow(clippy::unused_async, reason = "some programs fail because they do not await")]

use crate::replays::Replay;

pub mod p01_awaits_in_a_row;
pub mod p02_join_is_not_parallel;
pub mod p03_blocking_in_a_task;
pub mod p04_not_polled;
pub mod p05_spawned_and_left;
pub mod p06_lost_waker;
pub mod p07_which_runtime;
pub mod p08_no_reactor;
pub mod p09_runtime_in_a_runtime;
pub mod p10_select_loses;
pub mod p11_dropped_handle;
pub mod p12_guard_across_await;
pub mod p13_futurelock;

mod told;
pub use told::told;

/// The replay pages of these chapters, in the order of the pitfalls.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![
        p01_awaits_in_a_row::replay(),
        p02_join_is_not_parallel::replay(),
        p03_blocking_in_a_task::replay(),
        p04_not_polled::replay(),
        p05_spawned_and_left::replay(),
        p06_lost_waker::replay(),
        p07_which_runtime::replay(),
        p08_no_reactor::replay(),
        p09_runtime_in_a_runtime::replay(),
        p10_select_loses::replay(),
        p11_dropped_handle::replay(),
        p12_guard_across_await::replay(),
        p13_futurelock::replay(),
    ]
}

/// Asserts that this is the event log; the test has it as the chapter quotes it.
#[cfg(test)]
#[track_caller]
fn assert_log<T>(seen: &crate::Seen<T>, expected: &str) {
    assert_eq!(seen.log(), expected.trim_matches('\n'));
}
