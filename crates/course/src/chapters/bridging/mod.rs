//! Chapter 18: from plain code into async code and back, two runtimes in one program, and libraries that work on all.

use crate::replays::Replay;

pub mod library;
pub mod plain_code;
pub mod pool;
pub mod two_runtimes;

/// The replay page of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![pool::replay()]
}
