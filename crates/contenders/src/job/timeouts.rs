//! The time limits of a job, and how long each is.

use std::time::Duration;

/// The time limits of a job. None of them is ever reached: each timer is set, and then cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// How many tasks run side by side, each with one limit at a time.
    pub tasks: usize,
    /// How many limits each task sets, one after the other.
    pub rounds: u64,
    /// The shortest limit; the longest is twice as long.
    pub shortest: Duration,
}

impl Timeouts {
    /// The limit of this task in this round. The limits are spread evenly, and out of order as in a program. It costs a few
    /// instructions, because a pass calls it for each limit.
    #[inline]
    pub fn limit(&self, task: usize, round: u64) -> Duration {
        let number = task as u64 * self.rounds + round;
        let place = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44; // Fibonacci hashing, to 20 bits
        let shortest = u64::try_from(self.shortest.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(shortest.saturating_add((shortest >> 20) * place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_spread_evenly_between_the_shortest_and_its_double() {
        let shortest = Duration::from_secs(10);
        let timeouts = Timeouts { tasks: 10, rounds: 100, shortest };
        let mut limits: Vec<_> = (0..1_000).map(|n| timeouts.limit(n / 100, n as u64 % 100)).collect();
        assert!(!limits.is_sorted());
        limits.sort_unstable();
        assert!(limits[0] >= shortest && limits[999] < 2 * shortest);
        for (place, limit) in (0..).zip(limits) {
            let even = shortest + shortest * place / 1_000;
            assert!(limit.abs_diff(even) < shortest / 100, "{limit:?} at {place}");
        }
    }
}
