//! What the layer knows of a task or a resource: what its span said when it was opened.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// A line of source that makes tasks or resources, and how many it has made.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) file: Box<str>,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) made: AtomicU32,
}

/// How a task is run. tokio and compio use these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It was spawned.
    Task,
    /// It was spawned on a `LocalSet`, which polls it inside a poll of another task.
    Local,
    /// A thread waits for it.
    BlockOn,
    /// It is a function on a thread for blocking work.
    Blocking,
}

/// Who says how a task ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// tokio enters the span once more while it drops the future.
    Tokio,
    /// The studio closes the span at the end.
    Studio,
    /// The span is closed when the last handle is gone.
    Other,
}

/// A task.
#[derive(Debug)]
pub(crate) struct Task {
    /// Tasks are numbered as they are made.
    pub(crate) number: u32,
    pub(crate) kind: Kind,
    pub(crate) source: Source,
    /// The name that the program gave it.
    pub(crate) name: Option<Box<str>>,
    pub(crate) site: Option<Arc<Site>>,
    /// It is the how many-th task of its site, counted from 1.
    pub(crate) nth: u32,
    /// The task that made it.
    pub(crate) by: Option<u32>,
    /// When it was made: nanoseconds since the layer was made.
    pub(crate) made_ns: u64,
}

/// A lock, a channel or a timer.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Resources are numbered as they are made.
    pub(crate) number: u32,
    /// `Mutex`, `Sleep`, …
    pub(crate) type_name: Box<str>,
    /// Where it was made; `None` if that is inside tokio.
    pub(crate) site: Option<Arc<Site>>,
    /// It is the how many-th resource of its site, counted from 1.
    pub(crate) nth: u32,
}

impl Resource {
    /// Whether it is a sleep, which a recording has as a timer.
    pub(crate) fn is_sleep(&self) -> bool {
        &*self.type_name == "Sleep"
    }

    /// Whether it is one that a recording lists.
    pub(crate) fn is_listed(&self) -> bool {
        !matches!(&*self.type_name, "Sleep" | "Interval")
    }
}

/// One attempt to use a resource: a call of `lock`, say.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Claims are numbered as they are made.
    pub(crate) number: u32,
    pub(crate) resource: Arc<Resource>,
    /// Whether it is a part of another claim, whose number it has: tokio's mutex contains a semaphore.
    pub(crate) is_part: bool,
}

/// What a span is, kept beside the span.
#[derive(Debug, Clone)]
pub(crate) enum SpanKind {
    Task(Arc<Task>),
    Resource(Arc<Resource>),
    Claim(Arc<Claim>),
}
