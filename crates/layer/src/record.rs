//! What a thread notes while the program runs: as little as possible, because it is made into events at the end.

use crate::seen::{Claim, Resource, Task};
use std::sync::Arc;

/// In the place of a task if something happens outside of all tasks.
pub(crate) const NO_TASK: u32 = u32::MAX;

/// Something that a thread saw.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// When: nanoseconds since the layer was made.
    pub(crate) ns: u64,
    /// The number of the task, or [`NO_TASK`].
    pub(crate) task: u32,
    pub(crate) what: What,
}

/// What it saw.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// The task was made.
    Spawn(Arc<Task>),
    /// Its span was entered.
    Enter,
    /// Its span was left.
    Exit,
    /// Its span was left by a panic with this message.
    Panic(Box<str>),
    /// Its waker was called.
    Wake(Waker),
    /// Its span was closed, perhaps right after it was left inside the poll of another task.
    Close { task: Arc<Task>, is_inside: bool },
    /// It set a sleep to end after this number of milliseconds.
    Sets(Arc<Resource>, u32),
    /// It polled a claim, which was ready or not.
    Polled(Arc<Claim>, bool),
    /// A claim was notified.
    Notified(Arc<Claim>),
    /// A claim was dropped.
    Dropped(Arc<Claim>),
    /// The state of a resource has changed.
    Changed(Arc<Resource>, Change),
}

/// How the state of a resource changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// A mutex is locked.
    Locked,
    /// A mutex is free.
    Unlocked,
    /// A oneshot channel has its message.
    Sent,
    /// A oneshot channel has lost its sender.
    Closed,
}

/// Who called a waker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waker {
    Task(u32),
    /// A thread that also polls tasks, between two polls.
    PollingThread,
    OtherThread,
}
