//! The error of a run that has come to a stop: which tasks wait for what.

use crate::facts::TaskFacts;
use paintdry_core::{listed, thousands};
use std::error::Error;
use std::fmt;
use std::slice::from_ref;
use std::sync::Arc;

/// Nothing could run, no timer was set, and no thread outside woke a task within the watchdog's patience.
#[derive(Clone, PartialEq, Eq)]
pub struct Stalled {
    /// The tasks that have not ended, in the order in which they were made.
    pub tasks: Vec<StuckTask>,
}

/// A task that waits for something that does not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckTask {
    /// Its name.
    pub name: String,
    /// The line that it noted last, if it noted any.
    pub line: Option<u32>,
    /// The name of the task whose end it waits for; `None` if it waits for a wake.
    pub joins: Option<String>,
}

impl fmt::Display for StuckTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits", cut(&self.name))?;
        if let Some(line) = self.line {
            write!(f, " at line {line}")?;
        }
        match &self.joins {
            Some(other) => write!(f, " for the end of {}", cut(other)),
            None => write!(f, " for a wake that nobody sends"),
        }
    }
}

/// A message names this many tasks and counts the others.
const MOST_NAMED: usize = 20;

/// A name as a message shows it: of a long one the beginning.
fn cut(name: &String) -> String {
    listed(from_ref(name))
}

/// As its message: that is what `unwrap` and a `main` that gives errors show.
impl fmt::Debug for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stalled: nothing can run and no timer is set")?;
        let (named, more) = self.tasks.split_at(self.tasks.len().min(MOST_NAMED));
        for (position, task) in named.iter().enumerate() {
            write!(f, "{}{task}", if position == 0 { ": " } else { ", " })?;
        }
        if !more.is_empty() {
            write!(f, " and {} more", thousands(more.len() as u64))?;
        }
        write!(f, "; a task that returns Pending must have handed its waker to somebody who wakes it")
    }
}

impl Error for Stalled {}

impl Stalled {
    /// For a main future that was given up by its runtime, whatever the reason.
    pub(crate) fn without_tasks() -> Self {
        Self { tasks: Vec::new() }
    }

    /// Of these tasks, which are in the order of their numbers.
    pub(crate) fn of(tasks: &[Arc<TaskFacts>]) -> Self {
        let name_of = |number: u32| {
            let position = tasks.binary_search_by_key(&number, |task| task.number).ok()?;
            Some(tasks[position].name())
        };
        let stuck = |task: &Arc<TaskFacts>| StuckTask {
            name: task.name(),
            line: task.line(),
            joins: task.joins().and_then(name_of),
        };
        Self { tasks: tasks.iter().filter(|task| !task.is_done()).map(stuck).collect() }
    }
}
