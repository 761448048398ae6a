//! What each task of a run did, one step after another, and in which turns.

use paintdry_studio::RecordedRun;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A run, task by task.
pub(crate) struct Lives<'a> {
    /// At the position of each task's number.
    pub(crate) tasks: Vec<Life<'a>>,
    /// The tasks that no task has made.
    pub(crate) roots: Vec<u32>,
    /// All turns, in the order in which they began.
    pub(crate) turns: Vec<TurnOf>,
    /// How many threads are known to have polled.
    pub(crate) threads: usize,
}

/// A turn of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TurnOf {
    pub(crate) task: u32,
    /// Its position among the turns of the task.
    pub(crate) turn: usize,
}

/// What one task did.
#[derive(Default)]
pub(crate) struct Life<'a> {
    pub(crate) name: &'a str,
    /// The tasks that it made, in this order.
    pub(crate) children: Vec<u32>,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) turns: Vec<Turn>,
    /// Since when it is ready, after its last turn, and why; `None` if it waits.
    pub(crate) ready: Option<Ready>,
    /// The wakes that no turn has followed yet.
    pub(crate) wakes: Vec<Cause>,
    /// The line to which it has come.
    pub(crate) line: Option<u32>,
    /// Whether the recording has the event that made it.
    pub(crate) is_made: bool,
    /// How many timers it has set.
    pub(crate) timers: u32,
    /// Whether the last turn began a yield.
    pub(crate) yields: bool,
}

/// Something that a task did itself, whatever order its turns came in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) act: Act<'a>,
    pub(crate) ns: u64,
    /// The event's position in the recording.
    pub(crate) event: usize,
    /// The line to which the task had come, if that is known.
    pub(crate) line: Option<u32>,
    /// How many turns the task has had, with the one in which it happened.
    pub(crate) turn: usize,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Act<'a> {
    /// Its first turn begins.
    Begins,
    Makes(u32),
    Says(&'a str),
    ComesTo(u32),
    Yields,
    Sleeps {
        due_ns: u64,
    },
    Blocks,
    /// It uses a lock, a channel or a signal: what it does, and the name.
    Uses(&'static str, &'a str),
    Ends,
    Panics(&'a str),
    /// It was dropped, while this task was polled.
    Cancelled {
        by: Option<u32>,
    },
}

/// One poll of a task.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) ns: u64,
    /// The position of its poll in the recording.
    pub(crate) event: usize,
    /// If the recording knows it.
    pub(crate) thread: Option<u32>,
    /// The position of its end; `usize::MAX` if the recording ends first.
    pub(crate) end: usize,
    /// Why the task was ready, and since when; `None` if nothing had woken it.
    pub(crate) ready: Option<Ready>,
    /// All wakes since the turn before.
    pub(crate) woken_by: Vec<Cause>,
    /// The tasks whose ends it began to wait for.
    pub(crate) joins: Vec<u32>,
    pub(crate) is_pending: bool,
    /// Its place among the turns of all tasks.
    pub(crate) place: usize,
}

/// Why a task is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ready {
    /// The position in the recording of the event that made it ready.
    pub(crate) event: usize,
    pub(crate) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Made,
    Yielded,
    Woken(Cause),
}

/// Who called a waker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Task(u32),
    Timer,
    /// The task's own timer: how many it had set before.
    Fired(u32),
    /// The runtime, a thread that polls no task, or what the recording does not know.
    Outside,
}

impl<'a> Lives<'a> {
    pub(crate) fn life(&self, task: u32) -> &Life<'a> {
        &self.tasks[task as usize]
    }

    /// The tasks that no other task has made. Without this main task, those that it has made are among them.
    pub(crate) fn tops(&self, without: Option<u32>) -> &[u32] {
        without.map_or(&self.roots, |main| &self.life(main).children)
    }

    pub(crate) fn turn(&self, of: TurnOf) -> &Turn {
        &self.tasks[of.task as usize].turns[of.turn]
    }

    /// Why the run failed. If its tasks show that, the words do not count, because other runtimes use others: the tasks wait, take
    /// turns for ever, or one of them panics.
    pub(crate) fn error_of<'r>(&self, run: &'r RecordedRun) -> Option<&'r str> {
        let error = run.error.as_deref()?;
        let is_told = |life: &Life<'_>| match life.steps.last().map(|step| step.act) {
            Some(Act::Panics(message)) => !message.is_empty() && error.ends_with(message),
            _ => false,
        };
        Some(match error.split(|c: char| !c.is_alphanumeric()).next() {
            Some("stuck" | "stalled") => "stuck",
            Some("starved") => "starved",
            _ if self.tasks.iter().any(is_told) => "panics",
            _ => error,
        })
    }

    /// Whether two tasks were polled at the same time before this step, or before the end if there is no such step.
    pub(crate) fn runs_side_by_side_before(&self, step: Option<&Step<'_>>) -> bool {
        let until = step.map_or(usize::MAX, |step| step.event);
        let turns = self.turns.iter().map(|of| self.turn(*of)).take_while(|turn| turn.event < until);
        let mut end = 0;
        turns.into_iter().any(|turn| {
            let overlaps = turn.event < end;
            end = end.max(turn.end);
            overlaps
        })
    }
}

impl Lives<'_> {
    /// What runs that do the same have in common: a number made of what all tasks do, in any order. The main task is left out if it
    /// makes tasks, because another run may do without it. Without `times`, the clocks are real.
    pub(crate) fn likeness(&self, times: bool) -> u64 {
        let main = match self.roots[..] {
            [main] => Some(main).filter(|main| !self.life(*main).children.is_empty()),
            _ => None,
        };
        let tasks = (0..).zip(&self.tasks).filter(|(task, _)| Some(*task) != main);
        let steps = tasks.flat_map(|(_, life)| &life.steps).map(|step| {
            // A task has another number in another run, and sleeps of real time need not be equal to be the same.
            let act = match step.act {
                Act::Makes(_) => Act::Makes(0),
                Act::Cancelled { .. } => Act::Cancelled { by: None },
                Act::Sleeps { .. } if !times => Act::Sleeps { due_ns: 0 },
                act => act,
            };
            let mut hasher = DefaultHasher::new();
            (act, times.then_some(step.ns)).hash(&mut hasher);
            hasher.finish()
        });
        steps.fold(0, u64::wrapping_add)
    }
}

impl Life<'_> {
    /// Whether its name is only its number. A task that is dropped before its first turn has had no chance to give itself one.
    pub(crate) fn is_nameless(&self, number: u32) -> bool {
        let own = || self.name.strip_prefix("task ").is_some_and(|digits| digits == number.to_string());
        if number == 0 { self.name == "main" } else { own() }
    }
}
