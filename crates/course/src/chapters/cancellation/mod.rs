//! Chapter 10: cancellation, and tasks that end with their scope.

use crate::replays::Replay;

pub mod awaits;
pub mod drop_order;
pub mod racks;
pub mod scope;
pub mod select;
pub mod ways;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![ways::replay(), select::replay(), scope::replay()]
}

/// Asserts that this is the event log; the test has it as the chapter quotes it.
#[cfg(test)]
#[track_caller]
fn assert_log<T>(seen: &crate::Seen<T>, expected: &str) {
    assert_eq!(seen.log(), expected.trim_matches('\n'));
}
