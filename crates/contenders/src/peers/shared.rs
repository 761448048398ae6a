//! Code that several peers share.

use crate::contender::{Contender, Kind};

pub(super) fn absent(name: &str, reason: impl Into<String>) -> Contender {
    Contender::absent(name, Kind::Peer, reason)
}

/// The system does not give what it needs, such as `io_uring` in a container.
#[cfg(target_os = "linux")]
pub(super) fn cannot_start(name: &str, error: &std::io::Error) -> Contender {
    absent(name, format!("it cannot start here: {error}"))
}

/// Why there is no pass at all.
pub(super) const NO_PROGRAM: &str = "this job is not written for it";

/// The yield of a peer that has none of its own: futures-lite's future, which wakes itself once.
pub(super) const YIELD: &str = "futures-lite's yield_now";
