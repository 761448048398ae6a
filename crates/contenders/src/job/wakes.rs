//! A ball game between a task and a plain OS thread.

/// The ball game of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wakes {
    /// How often the task is woken by the thread.
    pub round_trips: u64,
    /// Where the two play.
    pub cores: Cores,
}

/// To which cores the threads of a job are pinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cores {
    /// All to the same.
    Same,
    /// The runtime's to one, and the plain thread to another.
    Others,
}
