//! Chapter 10: cancellation, and tasks that end with their scope.

use crate::replays::Replay;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    Vec::new()
}
