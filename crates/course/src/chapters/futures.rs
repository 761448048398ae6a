//! Chapter 6: futures, polls and wakers.

use crate::replays::Replay;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    Vec::new()
}
