//! What a workshop counts.

use crate::order::Answer;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counters that all tasks share. Each order is counted once when it is read, and once when its fate is known.
#[derive(Debug, Default)]
pub struct Metrics {
    /// The clients that are connected.
    pub clients: AtomicU64,
    /// The orders that were read.
    pub orders: AtomicU64,
    /// The canvases that have dried.
    pub dry: AtomicU64,
    /// The orders for which the queue was full.
    pub busy: AtomicU64,
    /// The orders that took too long.
    pub late: AtomicU64,
    /// The orders that panicked.
    pub failed: AtomicU64,
    /// The orders that were in the workshop when it closed.
    pub closed: AtomicU64,
    /// The orders whose clients had gone.
    pub gone: AtomicU64,
    /// The lines that were no orders.
    pub errors: AtomicU64,
}

impl Metrics {
    /// Whether a line asks for the numbers.
    #[must_use]
    pub fn are_asked_for(line: &[u8]) -> bool {
        line.trim_ascii() == b"STATS"
    }

    /// Counts an answer.
    pub fn count(&self, answer: &Answer) {
        let counter = match answer {
            Answer::Dry(_) => &self.dry,
            Answer::Busy(_) => &self.busy,
            Answer::Late(_) => &self.late,
            Answer::Failed(_) => &self.failed,
            Answer::Closed(_) => &self.closed,
            Answer::Error(_) => &self.errors,
            Answer::Bye | Answer::Stats(_) => return,
        };
        counter.fetch_add(1, Relaxed);
    }

    /// Counts an order that was read.
    pub fn count_order(&self) {
        self.orders.fetch_add(1, Relaxed);
    }

    /// Counts an order whose client has gone.
    pub fn count_gone(&self) {
        self.gone.fetch_add(1, Relaxed);
    }

    /// Counts a client as long as the value lives.
    #[must_use]
    pub fn connected(&self) -> impl Drop + use<'_> {
        self.clients.fetch_add(1, Relaxed);
        Connected(self)
    }

    /// How many orders have been read whose fate is not known yet.
    #[must_use]
    pub fn open(&self) -> u64 {
        let fates = [&self.dry, &self.busy, &self.late, &self.failed, &self.closed, &self.gone];
        let ended: u64 = fates.iter().map(|fate| fate.load(Relaxed)).sum();
        self.orders.load(Relaxed).saturating_sub(ended)
    }
}

/// As `STATS` answers them: `clients=1 orders=5 dry=3 …`.
impl fmt::Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "clients={} orders={}", self.clients.load(Relaxed), self.orders.load(Relaxed))?;
        for (name, counter) in [
            ("dry", &self.dry),
            ("busy", &self.busy),
            ("late", &self.late),
            ("failed", &self.failed),
            ("closed", &self.closed),
            ("gone", &self.gone),
            ("errors", &self.errors),
        ] {
            write!(f, " {name}={}", counter.load(Relaxed))?;
        }
        Ok(())
    }
}

/// A client that is connected.
struct Connected<'a>(&'a Metrics);

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.0.clients.fetch_sub(1, Relaxed);
    }
}
