//! The clock of a loop. In a run that is explored, it stops and jumps.

use std::cell::Cell;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// All times are counted from here, in ns, so that a sleep may move from one loop to another.
static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);

/// While it runs, it never shows the same time twice, so equal sleeps end in the order in which they began.
pub(crate) struct Clock {
    start: Instant,
    /// The last time that it has shown.
    latest: Cell<u64>,
    /// The time at which it was stopped, if it is stopped.
    stopped_at: Cell<Option<u64>>,
    /// How far it is ahead of the machine's clock, because it has jumped.
    ahead: Cell<u64>,
}

impl Default for Clock {
    fn default() -> Self {
        let latest = Cell::new(as_ns(EPOCH.elapsed()));
        Self { start: Instant::now(), latest, stopped_at: Cell::default(), ahead: Cell::default() }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> u64 {
        if self.stopped_at.get().is_none() {
            let now = as_ns(EPOCH.elapsed()).saturating_add(self.ahead.get());
            self.latest.set(now.max(self.latest.get().saturating_add(1)));
        }
        self.latest.get()
    }

    /// The time that it showed last. Every timer due by then has fired.
    pub(crate) fn latest(&self) -> u64 {
        self.latest.get()
    }

    /// What the clock will show in `duration`; at most [`NEVER`](crate::timers::NEVER).
    pub(crate) fn due_in(&self, duration: Duration) -> u64 {
        self.now().saturating_add(as_ns(duration))
    }

    pub(crate) fn stop(&self) {
        self.stopped_at.set(Some(self.now()));
    }

    /// Sets it to `time`, while it is stopped.
    pub(crate) fn jump_to(&self, time: u64) {
        self.latest.set(time);
    }

    /// Starts it again, from its current time.
    pub(crate) fn go(&self) {
        let jumped = self.latest.get().saturating_sub(as_ns(EPOCH.elapsed()));
        self.ahead.set(self.ahead.get().max(jumped));
        self.stopped_at.set(None);
    }

    /// The time since it was made, or since it was stopped.
    pub(crate) fn time(&self) -> Duration {
        let since = |stopped_at| Duration::from_nanos(self.latest().saturating_sub(stopped_at));
        self.stopped_at.get().map_or_else(|| self.start.elapsed(), since)
    }
}

fn as_ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_readings_of_the_clock_show_the_same_time() {
        let clock = Clock::default();
        let times: Vec<u64> = (0..1000).map(|_| clock.now()).collect();
        assert!(times.is_sorted_by(|earlier, later| earlier < later));
    }
}
