//! The error of a run that has come to a stop: which tasks wait for what.

use crate::facts::TaskFacts;
use paintdry_core::listed;
use std::error::Error;
use std::fmt;
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
    /// The lock, channel or signal of [`sync`](crate::sync) that it waits for, if it is one.
    pub wants: Option<Wanted>,
}

/// What a task waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// The names of the tasks that hold it. There is none if it is held outside of the run, if it is free and another claim was
    /// notified, and if it is nothing that tasks hold.
    pub holders: Vec<String>,
}

impl fmt::Display for StuckTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits", Short(&self.name))?;
        if let Some(line) = self.line {
            write!(f, " at line {line}")?;
        }
        match (&self.wants, &self.joins) {
            (Some(wanted), _) => write!(f, " for {wanted}"),
            (None, Some(other)) => write!(f, " for the end of {}", Short(other)),
            (None, None) => write!(f, " for a wake that never comes"),
        }
    }
}

/// As in `blue, held by bob`.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Short(&self.name))?;
        match &*self.holders {
            [] => Ok(()),
            [holder] => write!(f, ", held by {}", Short(holder)),
            [holder, more @ ..] => write!(f, ", held by {} and {} more", Short(holder), more.len()),
        }
    }
}

/// A name as a message shows it: of a longer one the first hundred characters.
struct Short<'a>(&'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(100) {
            Some((end, _)) => write!(f, "{}…", &self.0[..end]),
            None => f.write_str(self.0),
        }
    }
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
        if !self.tasks.is_empty() {
            write!(f, ": {}", listed(&self.tasks))?;
        }
        write!(f, "; before a task returns Pending, it must store its waker where something will call it")
    }
}

impl Error for Stalled {}

impl Stalled {
    /// For a main future that its runtime gave up, for any reason.
    pub(crate) fn without_tasks() -> Self {
        Self { tasks: Vec::new() }
    }

    /// Of these tasks, which are in the order of their numbers. `wants` gives the name of what a task waits for, and the numbers of
    /// the tasks that hold it.
    pub(crate) fn of(tasks: &[Arc<TaskFacts>], wants: impl Fn(u32) -> Option<(String, Vec<u32>)>) -> Self {
        let name_of = |number: u32| {
            let position = tasks.binary_search_by_key(&number, |task| task.number).ok()?;
            Some(tasks[position].name())
        };
        let wanted_by = |number: u32| {
            let (name, holders) = wants(number)?;
            Some(Wanted { name, holders: holders.into_iter().filter_map(name_of).collect() })
        };
        let stuck_name_of = |number: u32| {
            let position = tasks.binary_search_by_key(&number, |task| task.number).ok()?;
            Some(&tasks[position]).filter(|task| !task.is_done()).map(|task| task.name())
        };
        let stuck = |task: &Arc<TaskFacts>| StuckTask {
            name: task.name(),
            line: task.line(),
            joins: task.joins().into_iter().find_map(stuck_name_of),
            wants: wanted_by(task.number),
        };
        Self { tasks: tasks.iter().filter(|task| !task.is_done()).map(stuck).collect() }
    }
}
