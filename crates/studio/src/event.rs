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
///
/// The kinds from [`Wait`](Self::Wait) on are about a resource: a lock, a semaphore, a channel or a signal of [`sync`](crate::sync).
/// Their `resource` is its position in the run's list of resources. Their `claim` is the number of one attempt to use it: one
/// call of `lock`, say, from the time it begins to wait until it has given the lock back. A task may have several claims at a time.
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
        /// Threads are numbered as they first poll. `None` if the recording does not know which one it was.
        thread: Option<u32>,
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
    /// A claim of the task begins to wait. If it was notified, it has tried again, and waits again.
    Wait {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
        /// What it waits to do.
        to: Aim,
    },
    /// A claim that waits is notified: it may try again, when the task polls it. Until then nothing else is notified in its place.
    Notify {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
    },
    /// A claim waits no more, without success: it was dropped, or the channel was closed.
    Leave {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
    },
    /// It took the lock, or a permit of the semaphore.
    Take {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
    },
    /// What the task took is given back.
    Release {
        /// The resource.
        resource: u32,
        /// The claim that took it.
        claim: u32,
        /// The task that dropped the guard; `None` if that was no task of the run.
        by: Option<u32>,
    },
    /// It put a message into the channel.
    Send {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
        /// How many messages the channel holds now.
        length: u32,
    },
    /// It took a message out of the channel.
    Receive {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
        /// How many messages the channel holds now.
        length: u32,
    },
    /// It closed the channel: the last sender or the last receiver was dropped.
    Close {
        /// The resource.
        resource: u32,
    },
    /// It notified tasks that listen to the signal.
    Signal {
        /// The resource.
        resource: u32,
        /// How many: 0 if none listened.
        listeners: u32,
    },
    /// It listened to the signal, and has heard it.
    Hear {
        /// The resource.
        resource: u32,
        /// The claim.
        claim: u32,
    },
}

/// What a claim waits to do. The event that ends the wait has the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Aim {
    /// To take a lock or a permit.
    Take,
    /// To send a message, when the channel has room.
    Send,
    /// To receive a message, when the channel has one.
    Receive,
    /// To hear a signal.
    Hear,
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
        EventKind::Poll { thread } => thread.map(|thread| u64::from(thread) + 1),
        _ => None,
    });
    numbers.max().unwrap_or(0)
}

impl EventKind {
    /// Whether the task ends with it. Of the events of the task, only those about resources may follow: what the task held is
    /// given back when it is dropped.
    #[must_use]
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Complete | Self::Panic(_) | Self::Cancel)
    }

    /// The resource that it is about.
    #[must_use]
    pub fn resource(&self) -> Option<u32> {
        match *self {
            Self::Wait { resource, .. }
            | Self::Notify { resource, .. }
            | Self::Leave { resource, .. }
            | Self::Take { resource, .. }
            | Self::Release { resource, .. }
            | Self::Send { resource, .. }
            | Self::Receive { resource, .. }
            | Self::Close { resource }
            | Self::Signal { resource, .. }
            | Self::Hear { resource, .. } => Some(resource),
            // Each kind is named, so that the compiler asks about a new one. The functions around this one do not ask.
            Self::Spawn { .. }
            | Self::Poll { .. }
            | Self::Line(_)
            | Self::Note(_)
            | Self::Yield
            | Self::Timer { .. }
            | Self::Join { .. }
            | Self::Block
            | Self::Unblock
            | Self::Fire { .. }
            | Self::Wake(_)
            | Self::Pending
            | Self::Complete
            | Self::Panic(_)
            | Self::Cancel => None,
        }
    }

    /// The claim that it is about.
    #[must_use]
    pub fn claim(&self) -> Option<u32> {
        match *self {
            Self::Wait { claim, .. }
            | Self::Notify { claim, .. }
            | Self::Leave { claim, .. }
            | Self::Take { claim, .. }
            | Self::Release { claim, .. }
            | Self::Send { claim, .. }
            | Self::Receive { claim, .. }
            | Self::Hear { claim, .. } => Some(claim),
            _ => None,
        }
    }

    /// Whether something on another thread can be the cause. All else a thread does while it polls the task.
    pub(crate) fn may_be_caused_elsewhere(&self) -> bool {
        matches!(self, Self::Poll { .. } | Self::Unblock | Self::Fire { .. } | Self::Wake(_) | Self::Cancel)
            || self.resource().is_some()
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
    /// The recording does not know.
    Unknown,
}
