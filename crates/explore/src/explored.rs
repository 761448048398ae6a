//! How much has been explored.

/// What was explored without a failure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Explored {
    /// Schedules that were run to their end.
    pub schedules: u64,
    /// Runs that were given up, because all that could follow had been tried.
    pub pruned: u64,
    /// Turns in all runs.
    pub turns: u64,
    /// The most choices in one schedule.
    pub choices: usize,
    /// Whether these are all schedules, up to the depth.
    pub is_complete: bool,
}

impl Explored {
    /// All runs: schedules, and runs that were given up.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.schedules + self.pruned
    }
}
