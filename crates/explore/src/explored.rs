//! How much has been explored.

/// What has been explored without finding a failure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Explored {
    /// How many schedules were run to their end.
    pub schedules: u64,
    /// How many were given up, because what could follow had been tried.
    pub pruned: u64,
    /// How many turns were given in all of them.
    pub turns: u64,
    /// The most choices that a schedule had.
    pub choices: usize,
    /// Whether these are all schedules, up to the depth.
    pub is_complete: bool,
}

impl Explored {
    /// The runs: schedules and those that were given up.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.schedules + self.pruned
    }
}
