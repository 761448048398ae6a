//! What several peers have in common.

use crate::contender::{Contender, Kind};

pub(super) fn absent(name: &str, reason: impl Into<String>) -> Contender {
    Contender::absent(name, Kind::Peer, reason)
}

/// Why there is no pass at all.
pub(super) const NO_PROGRAM: &str = "this job is not written for it";

/// The yield of a peer that has none of its own: futures-lite's future, which wakes itself once.
pub(super) const YIELD: &str = "futures-lite's yield_now";
