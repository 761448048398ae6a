//! A run, read once: each poll with how long its task had been ready, each timer with how it ended, and what each task is at
//! the end. All positions are those of events.

use paintdry_studio::{Clock, EventKind, RecordedRun, RecordedState};
use std::collections::HashMap;

mod claims;
pub(crate) use claims::{Claim, Claims, Uses};

mod reading;

/// What the rules need to know of a run.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) run: &'a RecordedRun,
    pub(crate) clock: Clock,
    /// In the order in which they begin.
    pub(crate) polls: Vec<Poll>,
    pub(crate) timers: Vec<Timer>,
    pub(crate) tasks: Vec<Task>,
    /// How often and how long threads were put to sleep.
    pub(crate) blocks: Vec<Block>,
    /// What tasks share.
    pub(crate) claims: Claims,
    /// The end of the run, in nanoseconds.
    pub(crate) end_ns: u64,
    /// Whether a poll ended with more to do, or a task set a timer that is not of a thread: otherwise the run has no tasks that
    /// take turns.
    pub(crate) takes_turns: bool,
}

/// A poll of a task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Poll {
    pub(crate) task: u32,
    /// If the recording knows it.
    pub(crate) thread: Option<u32>,
    /// It begins,
    pub(crate) from: usize,
    /// and ends; the number of events if it does not.
    pub(crate) to: usize,
    pub(crate) from_ns: u64,
    pub(crate) to_ns: u64,
    /// How long the task was polled before it.
    pub(crate) earlier_ns: u64,
    /// The event that made the task ready, if it was ready.
    pub(crate) ready: Option<usize>,
    /// What that event was.
    pub(crate) cause: Cause,
    /// How often the task did something in it that can be seen: it said something, came to a line, made a task or woke
    /// one, began to wait for a timer or a task, or blocked.
    pub(crate) acts: u32,
    /// How many of these were timers.
    pub(crate) timers: u32,
    /// Whether it ended because the task gave up its turn, and did not end the task.
    pub(crate) is_to_be_continued: bool,
}

impl Poll {
    pub(crate) fn length(&self) -> u64 {
        self.to_ns - self.from_ns
    }
}

/// Why a task was polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// It was made.
    Spawn,
    /// It yielded,
    Yield,
    /// or woke itself.
    Itself,
    /// A timer of its own fired: its position among the timers.
    Timer(usize),
    /// It was woken by another task,
    Task(u32),
    /// or by something else.
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Timer {
    pub(crate) task: u32,
    pub(crate) set: usize,
    pub(crate) set_ns: u64,
    pub(crate) due_ns: u64,
    pub(crate) fired: Option<usize>,
    /// Whether it belongs to a thread that is put to sleep.
    pub(crate) is_of_a_thread: bool,
}

impl Timer {
    pub(crate) fn length(&self) -> u64 {
        self.due_ns.saturating_sub(self.set_ns)
    }
}

/// A thread was put to sleep by the task that it polled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) task: u32,
    pub(crate) thread: Option<u32>,
    pub(crate) at: usize,
    pub(crate) from_ns: u64,
    pub(crate) to_ns: u64,
}

/// What is known of a task.
#[derive(Debug, Clone, Default)]
pub(crate) struct Task {
    pub(crate) spawn: Option<usize>,
    pub(crate) by: Option<u32>,
    /// Positions among the polls.
    pub(crate) polls: Vec<usize>,
    /// Positions among the timers.
    pub(crate) timers: Vec<usize>,
    /// The tasks for whose end it began to wait, with the events,
    pub(crate) joins: Vec<(usize, u32)>,
    /// and for each of them the first event.
    pub(crate) joined: HashMap<u32, usize>,
    /// The events at which it came to a line.
    pub(crate) lines: Vec<(usize, u32)>,
    pub(crate) notes: Vec<usize>,
    pub(crate) end: Option<usize>,
    /// Its state at the end of the run.
    pub(crate) state: RecordedState,
}

impl Facts<'_> {
    /// Whether the run ended because nothing could run.
    pub(crate) fn is_stuck(&self) -> bool {
        let first = self.run.error.as_deref().unwrap_or_default().split(|c: char| !c.is_alphanumeric()).next();
        matches!(first, Some("stuck" | "stalled"))
    }

    /// The end of the main task, if the run has one and it came to its end. A program that records itself may begin after its
    /// main task, and then the first task is any one.
    pub(crate) fn main_end(&self) -> Option<usize> {
        let end = self.tasks.first()?.end?;
        let is_main = self.run.tasks.first().is_some_and(|name| name == "main") || self.ns(end) == self.end_ns;
        is_main.then_some(end)
    }

    pub(crate) fn ns(&self, event: usize) -> u64 {
        self.run.events.get(event).map_or(self.end_ns, |event| event.ns)
    }

    pub(crate) fn task(&self, number: u32) -> &Task {
        &self.tasks[number as usize]
    }

    /// The polls of a task, in their order.
    pub(crate) fn polls_of(&self, task: u32) -> impl DoubleEndedIterator<Item = &Poll> + '_ {
        self.task(task).polls.iter().map(|poll| &self.polls[*poll])
    }

    /// The numbers of all tasks.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.tasks.len()).unwrap_or(u32::MAX)
    }

    /// Since when the task needed this poll: since it was ready, or since the timer was due that made it so.
    pub(crate) fn needed_since(&self, poll: &Poll) -> u64 {
        let ready = poll.ready.map_or(poll.from_ns, |ready| self.ns(ready));
        match poll.cause {
            Cause::Timer(timer) => ready.min(self.timers[timer].due_ns),
            _ => ready,
        }
    }

    /// The first poll of a task that begins after this event.
    pub(crate) fn poll_after(&self, task: u32, event: usize) -> Option<&Poll> {
        let polls = &self.task(task).polls;
        let first = polls.partition_point(|poll| self.polls[*poll].from <= event);
        polls.get(first).map(|poll| &self.polls[*poll])
    }

    /// How long a task was polled between these times.
    pub(crate) fn polled_between(&self, task: u32, from_ns: u64, to_ns: u64) -> u64 {
        self.polled_before(task, to_ns).saturating_sub(self.polled_before(task, from_ns))
    }

    /// How long a task was polled before this time. (Adding up all polls again for each lock that it has held would take hours.)
    fn polled_before(&self, task: u32, ns: u64) -> u64 {
        let polls = &self.task(task).polls;
        let begun = polls.partition_point(|poll| self.polls[*poll].from_ns < ns);
        begun.checked_sub(1).map_or(0, |last| {
            let last = &self.polls[polls[last]];
            last.earlier_ns + last.to_ns.min(ns).saturating_sub(last.from_ns)
        })
    }

    /// The line to which the task came last before this event.
    pub(crate) fn line_at(&self, task: u32, event: usize) -> Option<u32> {
        let lines = &self.task(task).lines;
        let before = lines.partition_point(|(at, _)| *at <= event);
        before.checked_sub(1).map(|last| lines[last].1)
    }

    /// What the task said last before this event.
    pub(crate) fn said_before(&self, task: u32, event: usize) -> Option<&str> {
        let notes = &self.task(task).notes;
        let before = notes.partition_point(|at| *at <= event);
        match &self.run.events[notes[before.checked_sub(1)?]].what {
            EventKind::Note(text) => Some(text),
            _ => None,
        }
    }

    /// The shortest time that counts as late. In real time the machine itself takes a thread away for this long.
    pub(crate) fn noticeable_ns(&self) -> u64 {
        match self.clock {
            Clock::Virtual => 1,
            Clock::Real => 100_000_000,
        }
    }
}
