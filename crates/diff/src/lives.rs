//! What each task of a run did, one step after another, and in which turns.

/// A run, task by task.
pub(crate) struct Lives<'a> {
    /// At the position of each task's number.
    pub(crate) tasks: Vec<Life<'a>>,
    /// The tasks that no task has made.
    pub(crate) roots: Vec<u32>,
    /// All turns, in the order in which they began.
    pub(crate) turns: Vec<TurnOf>,
    /// How many threads have polled.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub(crate) thread: u32,
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
    /// The runtime, or a thread that polls no task.
    Outside,
}

impl<'a> Lives<'a> {
    pub(crate) fn life(&self, task: u32) -> &Life<'a> {
        &self.tasks[task as usize]
    }

    pub(crate) fn turn(&self, of: TurnOf) -> &Turn {
        &self.tasks[of.task as usize].turns[of.turn]
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

impl Life<'_> {
    /// Whether its name is only its number. A task that is dropped before its first turn has had no chance to give itself one.
    pub(crate) fn is_nameless(&self, number: u32) -> bool {
        let own = || self.name.strip_prefix("task ").is_some_and(|digits| digits == number.to_string());
        if number == 0 { self.name == "main" } else { own() }
    }
}
