//! What one pass did, as numbers that can be compared: two contenders that did different work are not.

/// What one pass did. Two contenders that did different work are not compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Work {
    /// The [`checksum`] of the results.
    pub results: u64,
    /// How many turns were given up.
    pub yields: u64,
    /// How many tasks were started.
    pub spawns: u64,
    /// How many sleeps ended.
    pub sleeps: u64,
    /// How often another thread called a waker.
    pub wakes: u64,
    /// How many tasks, or futures inside a task, were dropped while they waited.
    pub cancels: u64,
}

/// One number for a sequence of results. It depends on each of them, on their order and on how many there are.
pub fn checksum(results: impl IntoIterator<Item = u64>) -> u64 {
    results.into_iter().fold(EMPTY, extended)
}

/// The [`checksum`] of no results.
pub const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// The [`checksum`] of the results so far and of one more.
#[inline]
pub fn extended(sum: u64, result: u64) -> u64 {
    (sum ^ result).wrapping_mul(0x0000_0100_0000_01b3) // FNV-1a, a word at a time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_depends_on_values_order_and_number() {
        let sums = [vec![], vec![0], vec![0, 0], vec![1, 2], vec![2, 1], vec![1, 2, 0]].map(checksum);
        for (place, sum) in sums.iter().enumerate() {
            assert!(!sums[..place].contains(sum), "{sums:?}");
        }
    }
}
