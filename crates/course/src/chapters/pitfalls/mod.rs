//! Chapter 9: the twelve pains, each with its cure.

use crate::replays::Replay;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    Vec::new()
}
