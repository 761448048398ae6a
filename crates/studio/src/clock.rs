//! The time of a run: the machine's, or a virtual one that only the run advances.

use crate::primitives::AtomicU64;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

/// Which time passes in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// The machine's.
    Real,
    /// Time stands still as long as anything can run, and then jumps to the next timer.
    Virtual,
}

/// The time of one run.
pub(crate) struct Time {
    start: Instant,
    virtual_ns: Option<AtomicU64>,
}

impl Time {
    pub(crate) fn start(clock: Clock) -> Self {
        let virtual_ns = match clock {
            Clock::Real => None,
            Clock::Virtual => Some(AtomicU64::new(0)),
        };
        Self { start: Instant::now(), virtual_ns }
    }

    /// Real time in which nothing takes any: it has not begun.
    #[cfg(all(test, paintdry_loom))]
    pub(crate) fn stopped() -> Self {
        Self { start: Instant::now() + Duration::from_secs(3600), virtual_ns: None }
    }

    pub(crate) fn now_ns(&self) -> u64 {
        match &self.virtual_ns {
            Some(ns) => ns.load(SeqCst),
            None => as_ns(self.start.elapsed()),
        }
    }

    /// Makes this the time, if it is virtual. It never goes back.
    pub(crate) fn advance_to(&self, ns: u64) {
        if let Some(now) = &self.virtual_ns {
            now.fetch_max(ns, SeqCst);
        }
    }

    pub(crate) fn is_virtual(&self) -> bool {
        self.virtual_ns.is_some()
    }
}

pub(crate) fn as_ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
