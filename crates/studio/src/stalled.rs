//! The watchdog: finds out that a run has come to a stop, and says which tasks wait for what.

use crate::counts::Counted;
use crate::run::Run;
use crate::state::{TaskState, WaitsFor};
use std::error::Error;
use std::fmt;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often the watchdog looks while something is suspicious.
const LOOKS: Duration = Duration::from_millis(50);

/// How long a task may be ready while threads are held in virtual time and none takes it. Then it is in the queue of a
/// held thread, from which no other may take it, and is held up with it.
const HELD_UP: Duration = Duration::from_millis(200);

/// More stuck tasks than these are counted, not named.
const MOST_NAMED: usize = 10;

/// Nothing could run, no timer was set, and nobody from outside woke a task within the watchdog's patience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stalled {
    /// The tasks that have not ended, in the order in which they were made.
    pub tasks: Vec<StuckTask>,
}

/// A task that waits for something that does not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckTask {
    /// Its name.
    pub name: String,
    /// The line at which it stands, if it told.
    pub line: Option<u32>,
    /// The name of the task whose end it waits for; `None` if it waits for a wake from anybody.
    pub joins: Option<String>,
}

impl fmt::Display for StuckTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits", self.name)?;
        if let Some(line) = self.line {
            write!(f, " at line {line}")?;
        }
        match &self.joins {
            Some(other) => write!(f, " for the end of {other}"),
            None => write!(f, " for a wake that nobody sends"),
        }
    }
}

impl fmt::Display for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stalled: nothing can run and no timer is set")?;
        for (position, task) in self.tasks.iter().take(MOST_NAMED).enumerate() {
            write!(f, "{} {task}", if position == 0 { ":" } else { "," })?;
        }
        if self.tasks.len() > MOST_NAMED {
            write!(f, ", and {} more", self.tasks.len() - MOST_NAMED)?;
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

    fn of(tasks: &[Arc<TaskState>]) -> Self {
        let stuck = |task: &Arc<TaskState>| StuckTask {
            name: task.name(),
            line: task.line(),
            joins: match task.waits_for() {
                WaitsFor::Wake => None,
                WaitsFor::Task(other) => tasks.iter().find(|task| task.number == other).map(|task| task.name()),
            },
        };
        Self { tasks: tasks.iter().filter(|task| !task.is_done()).map(stuck).collect() }
    }
}

impl Run {
    /// Sets the watchdog on the run, from now to its end. To be called when nothing seems able to run: it may be that
    /// a thread outside will wake a task, or that a ready task is about to be taken.
    pub(crate) fn watch_closely(self: &Arc<Self>) {
        if self.patience.is_none() || self.has_ended() || self.is_watched_closely.swap(true, SeqCst) {
            return;
        }
        let run = Arc::clone(self);
        let watching = thread::Builder::new().name("paintdry watchdog".to_owned()).spawn(move || run.watch());
        if watching.is_err() {
            self.is_watched_closely.store(false, SeqCst); // without a thread there is no watchdog; the run goes on
        }
    }

    fn watch(self: &Arc<Self>) {
        let (mut polls, mut since) = (self.polls.load(SeqCst), Instant::now());
        while !self.has_ended() {
            thread::park_timeout(LOOKS);
            let (counted, polls_now) = (self.counts.now(), self.polls.load(SeqCst));
            if polls_now != polls {
                (polls, since) = (polls_now, Instant::now()); // something goes on
            } else if counted.running > 0 && self.clock.is_virtual() && since.elapsed() >= HELD_UP {
                self.advance(true);
                since = Instant::now();
            } else if counted == Counted::default()
                && !self.has_timers()
                && self.patience.is_some_and(|patience| since.elapsed() >= patience)
            {
                return self.stall();
            }
        }
    }

    /// Ends the run with an error.
    fn stall(&self) {
        let stalled = Stalled::of(&self.logs.tasks());
        if self.stalled.set(stalled).is_ok() {
            let waker = self.main_waker.lock().unwrap_or_else(PoisonError::into_inner).take();
            waker.into_iter().for_each(std::task::Waker::wake);
        }
    }
}
