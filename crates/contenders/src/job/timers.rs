//! The sleepers of a job, and how long each sleeps.

use std::time::Duration;

/// The sleepers of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timers {
    /// How many.
    pub sleepers: usize,
    /// The shortest sleep; the longest is twice as long.
    pub shortest: Duration,
}

impl Timers {
    /// How long sleeper `n` sleeps. The times are spread evenly, and out of order as in a program.
    pub fn duration(&self, n: usize) -> Duration {
        let sleepers = u32::try_from(self.sleepers).unwrap_or(u32::MAX).max(1);
        let place = u32::try_from(n as u64 * 7_919 % u64::from(sleepers)).unwrap_or(0);
        self.shortest + self.shortest * place / sleepers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeps_are_spread_evenly_between_the_shortest_and_its_double() {
        let shortest = Duration::from_millis(20);
        let timers = Timers { sleepers: 100, shortest };
        let mut durations: Vec<_> = (0..100).map(|n| timers.duration(n)).collect();
        assert!(!durations.is_sorted());
        durations.sort_unstable();
        durations.dedup();
        assert_eq!((durations.len(), durations[0]), (100, shortest));
        assert!(durations[99] < 2 * shortest);
    }
}
