//! Chapter 11: what a figure says and what it does not.

use crate::replays::Replay;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    Vec::new()
}
