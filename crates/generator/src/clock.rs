//! The clock of a loop. In a run that is explored, it stops and jumps.

use std::cell::Cell;
use std::time::Duration;

/// No clock reaches it: the loop would have to run for 584 years.
pub(crate) const NEVER: u64 = u64::MAX;

/// The machine's clock: the nanoseconds since it was first read, by any loop, so that a sleep may move from one loop to another.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn machine_ns() -> u64 {
    use std::sync::LazyLock;
    use std::time::Instant;

    static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);
    as_ns(EPOCH.elapsed())
}

/// In a page, Rust has no clock. The runs there have a chooser, so their time is virtual.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) fn machine_ns() -> u64 {
    0
}

/// While it runs, [`now`](Self::now) never returns the same time twice, so equal sleeps end in the order in which they began.
pub(crate) struct Clock {
    start: u64,
    /// The last time that it has shown.
    latest: Cell<u64>,
    /// The time at which it was stopped, if it is stopped.
    stopped_at: Cell<Option<u64>>,
    /// How far it is ahead of the machine's clock, because it has jumped.
    ahead: Cell<u64>,
}

impl Default for Clock {
    fn default() -> Self {
        let start = machine_ns();
        Self { start, latest: Cell::new(start), stopped_at: Cell::default(), ahead: Cell::default() }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> u64 {
        if self.stopped_at.get().is_none() {
            let now = machine_ns().saturating_add(self.ahead.get());
            self.latest.set(now.max(self.latest.get().saturating_add(1)));
        }
        self.latest.get()
    }

    /// The time that it showed last. Every timer due by then has fired, or fires before the loop parks, as the run fires only so many at once.
    pub(crate) fn latest(&self) -> u64 {
        self.latest.get()
    }

    /// What the clock will show in `duration`; at most [`NEVER`].
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

    /// Moves it on within a turn, if it is stopped. It stays before [`NEVER`].
    pub(crate) fn advance(&self, duration: Duration) {
        if self.stopped_at.get().is_some() {
            self.latest.set(self.latest.get().saturating_add(as_ns(duration)).min(NEVER - 1));
        }
    }

    /// Starts it again, from its current time.
    pub(crate) fn go(&self) {
        let jumped = self.latest.get().saturating_sub(machine_ns());
        self.ahead.set(self.ahead.get().max(jumped));
        self.stopped_at.set(None);
    }

    /// The time since it was made, or since it was stopped.
    pub(crate) fn time(&self) -> Duration {
        let (now, start) = match self.stopped_at.get() {
            Some(stopped_at) => (self.latest(), stopped_at),
            None => (machine_ns(), self.start),
        };
        Duration::from_nanos(now.saturating_sub(start))
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
