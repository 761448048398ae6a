//! How far an exploration goes.

use crate::seed::Seed;

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// So many choices of a schedule are tried out.
    pub(crate) depth: usize,
    /// So many runs are made.
    pub(crate) budget: u64,
    /// After so many turns in the loop's own order a program is starved.
    pub(crate) patience: u64,
    pub(crate) is_pruned: bool,
    pub(crate) seed: Option<Seed>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { depth: 1_000, budget: 100_000, patience: 100_000, is_pruned: false, seed: None }
    }
}
