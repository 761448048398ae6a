//! The limits of an exploration.

use crate::seed::Seed;

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// How many choices of a schedule vary.
    pub(crate) depth: usize,
    /// How many runs there may be.
    pub(crate) budget: u64,
    /// After this many turns in the loop's own order a program counts as starved.
    pub(crate) patience: u64,
    pub(crate) is_pruned: bool,
    pub(crate) seed: Option<Seed>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { depth: 1_000, budget: 100_000, patience: 100_000, is_pruned: false, seed: None }
    }
}
