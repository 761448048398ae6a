//! What can happen to a task, as the recorder notes it.

use crate::recording::limits::shortened;

/// Something that happened to a task. Its position in the recording is its sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When: nanoseconds since the start of the run.
    pub ns: u64,
    /// To which task: its position in the list of tasks.
    pub task: u32,
    /// What happened.
    pub what: EventKind,
}

/// What happened to a task. `docs/recording.md` says what state each leaves it in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventKind {
    /// It was made, by another task or by none.
    Spawn {
        /// The task that made it.
        by: Option<u32>,
    },
    /// A thread begins to poll it.
    Poll {
        /// Threads are numbered as they first poll.
        thread: u32,
    },
    /// It came to a line of its source.
    Line(u32),
    /// It said something about itself.
    Note(Box<str>),
    /// It gave up its turn.
    Yield,
    /// It set a timer.
    Timer {
        /// The timer's number.
        timer: u32,
        /// When the timer is due: nanoseconds since the start of the run. `u64::MAX` is never.
        due_ns: u64,
    },
    /// It began to wait for the end of another task.
    Join {
        /// The other task.
        other: u32,
    },
    /// It put its thread to sleep.
    Block,
    /// Its thread woke up.
    Unblock,
    /// Its timer fired.
    Fire {
        /// The timer's number.
        timer: u32,
    },
    /// Its waker was called.
    Wake(WakeSource),
    /// Its poll ended, and it has more to do.
    Pending,
    /// Its poll ended, and with it the task.
    Complete,
    /// Its poll ended by a panic, and with it the task.
    Panic(Box<str>),
    /// It was dropped before its end.
    Cancel,
}

impl Event {
    /// The same, with no longer text than a recording may have.
    #[must_use]
    pub fn shortened(self) -> Self {
        let short = |text: Box<str>| shortened(text.into_string()).into_boxed_str();
        let what = match self.what {
            EventKind::Note(text) => EventKind::Note(short(text)),
            EventKind::Panic(text) => EventKind::Panic(short(text)),
            other => other,
        };
        Self { what, ..self }
    }
}

/// How many threads poll in these events. They are numbered from 0.
pub(crate) fn polling_threads(events: &[Event]) -> u64 {
    let numbers = events.iter().filter_map(|event| match event.what {
        EventKind::Poll { thread } => Some(u64::from(thread) + 1),
        _ => None,
    });
    numbers.max().unwrap_or(0)
}

impl EventKind {
    /// Whether the task ends with it. No event of the task follows.
    #[must_use]
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Complete | Self::Panic(_) | Self::Cancel)
    }

    /// Whether something on another thread can be the cause. All else a thread does while it polls the task.
    pub(crate) fn may_be_caused_elsewhere(&self) -> bool {
        matches!(self, Self::Poll { .. } | Self::Unblock | Self::Fire { .. } | Self::Wake(_) | Self::Cancel)
    }
}

/// Who called a waker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WakeSource {
    /// A task, while it was polled; it may be the same one.
    Task(u32),
    /// A timer of the task.
    Timer,
    /// The runtime itself, between two polls.
    Runtime,
    /// A thread that polls no tasks.
    Thread,
}
