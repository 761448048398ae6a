//! Code that several peers share.

use crate::contender::{Contender, Kind};
use crate::kits::selects::Select;

pub(super) fn absent(name: &str, reason: impl Into<String>) -> Contender {
    Contender::absent(name, Kind::Peer, reason)
}

/// The system does not give what it needs, such as `io_uring` in a container.
#[cfg(target_os = "linux")]
pub(super) fn cannot_start(name: &str, error: &std::io::Error) -> Contender {
    absent(name, format!("it cannot start here: {error}"))
}

/// Why it has no channels and no mutex.
pub(super) const NO_WAKERS: &str = "it has no wakers, so a channel or a mutex cannot tell it which task may run";

/// Why there is no pass at all.
pub(super) const NO_PROGRAM: &str = "this job is not written for it";

/// The yield of a peer that has none of its own: futures-lite's future, which wakes itself once.
pub(super) const YIELD: &str = "futures-lite's yield_now";

pub(super) const NO_TIMERS: &str = "it has no timers";

pub(super) const NO_SCHEDULER: &str = "it has no scheduler, and so no task that could wait";

/// The select of a peer that has none of its own.
pub(super) const SELECT: &str = "future::select of futures";

/// [`SELECT`] and [`YIELD`].
pub(super) struct OfFutures;

impl Select for OfFutures {
    fn yield_now() -> impl Future<Output = ()> + Send {
        smol::future::yield_now()
    }
}
