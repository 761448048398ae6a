//! Chapter 16: async functions in traits, and async closures.

use crate::replays::Replay;

pub mod closures;
pub mod painters;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![closures::replay(), painters::replay()]
}
