//! The canvases of a job, and on how many threads they are painted.

use std::time::Duration;

/// The canvases of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paints {
    /// How many.
    pub canvases: usize,
    /// How many strokes each takes.
    pub strokes: u64,
    /// How long each dries; its painter sleeps for so long, once.
    pub drying: Duration,
    /// The most threads that run painters. A runtime that can set the number has a row for each of
    /// [`thread_counts`](Self::thread_counts).
    pub threads: usize,
}

impl Paints {
    /// One thread, two, four and so on, and the most.
    pub fn thread_counts(&self) -> Vec<usize> {
        let mut counts: Vec<_> =
            std::iter::successors(Some(1), |n| Some(2 * n)).take_while(|n| *n < self.threads).collect();
        counts.push(self.threads.max(1));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thread_counts_double_up_to_the_most() {
        let counts = |threads| {
            Paints { canvases: 1, strokes: 1, drying: Duration::ZERO, threads }.thread_counts() //
        };
        assert_eq!([counts(1), counts(2), counts(6)], [vec![1], vec![1, 2], vec![1, 2, 4, 6]]);
    }
}
