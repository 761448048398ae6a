//! Chapter 17: time limits and graceful shutdown.

use crate::replays::Replay;

pub mod deadlines;
pub mod draining;
pub mod left;
pub mod lost;
pub mod token;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![deadlines::replay(), token::replay(), draining::replay(), lost::replay()]
}

/// Asserts that this is the event log; the test has it as the chapter quotes it.
#[cfg(test)]
#[track_caller]
fn assert_log<T>(seen: &crate::Seen<T>, expected: &str) {
    assert_eq!(seen.log(), expected.trim_matches('\n'));
}
