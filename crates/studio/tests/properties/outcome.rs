//! What comes of a program, with nothing in it that depends on the order of ready tasks.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What each task noted, in its own order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<BTreeMap<String, Vec<String>>>>);

impl Notes {
    pub(crate) fn note(&self, task: &str, now: Duration, line: u32, what: &str) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.entry(task.to_owned()).or_default().push(format!("at {now:?} line {line}: {what}"));
    }

    pub(crate) fn take(&self) -> BTreeMap<String, Vec<String>> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What came of a program on one runtime.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) notes: BTreeMap<String, Vec<String>>,
    /// When the run ended, or came to a stop.
    pub(crate) wall: Duration,
    /// Who waits for what for ever, sorted by their names.
    pub(crate) stuck: Vec<String>,
    /// What became of the promises that no task awaits. Unknown for a run that came to a stop: its tasks still have some.
    pub(crate) promises: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (task, notes) in &self.notes {
            writeln!(f, "  {task} {}", notes.join(", "))?;
        }
        writeln!(f, "  end at {:?}; stuck: {:?}; promises: {:?}", self.wall, self.stuck, self.promises)
    }
}
