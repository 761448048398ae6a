//! What the studio knows of a task: its state, its name, and what it waits for.

use crate::sync::{AtomicU8, AtomicU32, AtomicU64};
use std::sync::OnceLock;
use std::sync::atomic::Ordering::SeqCst;

pub(crate) const WAITING: u8 = 0;
pub(crate) const READY: u8 = 1;
pub(crate) const RUNNING: u8 = 2;
/// Running, and woken meanwhile: ready when the poll ends.
pub(crate) const WOKEN: u8 = 3;
pub(crate) const DONE: u8 = 4;
/// Ready, because it has begun a yield whose waker the runtime has not called yet. It counts as ready.
pub(crate) const YIELDED: u8 = 5;

/// The facts of one task. They may change at any moment.
pub(crate) struct TaskFacts {
    pub(crate) number: u32,
    /// One of the states above. `state.rs` says when it goes from which to which.
    pub(crate) state: AtomicU8,
    name: OnceLock<Box<str>>,
    /// The line at which it was last seen; 0 if none was told.
    line: AtomicU32,
    /// The number of the task that it joins, and 1; 0 if it joins none.
    joins: AtomicU64,
}

impl TaskFacts {
    /// Those of a task that is ready.
    pub(crate) fn new(number: u32) -> Self {
        Self {
            number,
            state: AtomicU8::new(READY),
            name: OnceLock::new(),
            line: AtomicU32::new(0),
            joins: AtomicU64::new(0),
        }
    }

    /// The name that it was given, or its number.
    pub(crate) fn name(&self) -> String {
        match self.name.get() {
            Some(name) => name.to_string(),
            None if self.number == 0 => "main".to_owned(),
            None => format!("task {}", self.number),
        }
    }

    /// Gives it a name. Whether it had none before: the first one stays.
    pub(crate) fn set_name(&self, name: &str) -> bool {
        self.name.set(name.into()).is_ok()
    }

    pub(crate) fn line(&self) -> Option<u32> {
        Some(self.line.load(SeqCst)).filter(|line| *line != 0)
    }

    /// Whether it was at another line before. There is no line 0.
    pub(crate) fn set_line(&self, line: u32) -> bool {
        line != 0 && self.line.swap(line, SeqCst) != line
    }

    /// The task whose end it waits for. If there is none, it waits for a wake, by whom is unknown.
    pub(crate) fn joins(&self) -> Option<u32> {
        self.joins.load(SeqCst).checked_sub(1).and_then(|number| u32::try_from(number).ok())
    }

    pub(crate) fn set_joins(&self, other: Option<u32>) {
        self.joins.store(other.map_or(0, |other| u64::from(other) + 1), SeqCst);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state.load(SeqCst) == DONE
    }

    pub(crate) fn is_ready(&self) -> bool {
        matches!(self.state.load(SeqCst), READY | YIELDED)
    }
}
