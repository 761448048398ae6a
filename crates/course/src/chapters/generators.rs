//! Chapter 2: the painter as a state machine written by hand.

use crate::replays::Replay;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    Vec::new()
}
