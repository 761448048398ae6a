//! How many tasks are ready, and how many are being polled, in one number that is read and changed as a whole.

use crate::primitives::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;

const ONE_RUNNING: u64 = 1;
const ONE_READY: u64 = 1 << 32;

/// Each change is one step, so no thread ever sees a task that has left one state and not reached the next.
#[derive(Debug, Default)]
pub(crate) struct Counts(AtomicU64);

/// The counts of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counted {
    pub(crate) ready: u32,
    pub(crate) running: u32,
}

impl Counts {
    pub(crate) fn one_more_ready(&self) {
        self.0.fetch_add(ONE_READY, SeqCst);
    }

    pub(crate) fn one_less_ready(&self) {
        self.0.fetch_sub(ONE_READY, SeqCst);
    }

    pub(crate) fn one_more_running(&self) {
        self.more_running(1);
    }

    pub(crate) fn one_less_running(&self) {
        self.less_running(1);
    }

    pub(crate) fn more_running(&self, count: u32) {
        self.0.fetch_add(u64::from(count) * ONE_RUNNING, SeqCst);
    }

    pub(crate) fn less_running(&self, count: u32) {
        self.0.fetch_sub(u64::from(count) * ONE_RUNNING, SeqCst);
    }

    pub(crate) fn running_to_ready(&self) {
        self.0.fetch_add(ONE_READY - ONE_RUNNING, SeqCst);
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves of the number")]
    pub(crate) fn now(&self) -> Counted {
        let counts = self.0.load(SeqCst);
        Counted { ready: (counts >> 32) as u32, running: counts as u32 }
    }
}
