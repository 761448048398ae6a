//! Chapter 13: channels, streams and backpressure.

use crate::replays::Replay;

pub mod bounds;
pub mod buffered;
pub mod deadlock;
pub mod full;
pub mod growing;
pub mod kinds;
pub mod streams;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![kinds::replay(), full::replay(), deadlock::replay(), growing::replay(), streams::replay(), buffered::replay()]
}

/// Asserts that this is the event log; the test has it as the chapter quotes it.
#[cfg(test)]
#[track_caller]
fn assert_log<T>(seen: &crate::Seen<T>, expected: &str) {
    assert_eq!(seen.log(), expected.trim_matches('\n'));
}
