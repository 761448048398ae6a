//! What the studio knows of a task: its state, its name, and what it waits for.

use crate::primitives::{AtomicU8, AtomicU32, AtomicU64};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

pub(crate) const WAITING: u8 = 0;
pub(crate) const READY: u8 = 1;
pub(crate) const RUNNING: u8 = 2;
/// Running, and woken meanwhile: ready when the poll ends.
pub(crate) const WOKEN: u8 = 3;
pub(crate) const DONE: u8 = 4;
/// Ready, because it has begun a yield whose waker the runtime has not called yet. It counts as ready.
pub(crate) const YIELDED: u8 = 5;
/// Ready, and held at the turnstile. It does not count as ready.
pub(crate) const HELD: u8 = 6;
/// Ready, and chosen: it passes the turnstile. It counts as ready.
pub(crate) const CHOSEN: u8 = 7;

/// The facts of one task. They may change at any moment.
pub(crate) struct TaskFacts {
    pub(crate) number: u32,
    /// One of the states above. `state.rs` says when it goes from which to which.
    pub(crate) state: AtomicU8,
    name: OnceLock<Box<str>>,
    /// The line at which it was last seen; 0 if none was told.
    line: AtomicU32,
    /// The number of the task whose handle it polled last in its latest poll, plus 1; 0 if it polled none.
    polled: AtomicU64,
    /// The numbers of all tasks that will wake it when they end. A group such as `FuturesUnordered` does not poll each handle
    /// again. The mutex is `std`'s in the models as well: a thread that holds it does nothing that they watch.
    joined: Mutex<BTreeSet<u32>>,
}

impl TaskFacts {
    /// Those of a task that is ready.
    pub(crate) fn new(number: u32) -> Self {
        Self {
            number,
            state: AtomicU8::new(READY),
            name: OnceLock::new(),
            line: AtomicU32::new(0),
            polled: AtomicU64::new(0),
            joined: Mutex::default(),
        }
    }

    /// The name that it was given, or its number.
    pub(crate) fn name(&self) -> String {
        match self.name.get() {
            Some(name) => name.to_string(),
            None if self.number == 0 => "main".to_owned(),
            None => format!("task {}", self.number),
        }
    }

    /// Gives it a name. Whether it had none before: the first one stays.
    pub(crate) fn set_name(&self, name: &str) -> bool {
        self.name.set(name.into()).is_ok()
    }

    pub(crate) fn line(&self) -> Option<u32> {
        Some(self.line.load(SeqCst)).filter(|line| *line != 0)
    }

    /// Whether it was at another line before. There is no line 0.
    pub(crate) fn set_line(&self, line: u32) -> bool {
        line != 0 && self.line.swap(line, SeqCst) != line
    }

    /// The tasks whose ends it may wait for, the likeliest first. If all of these have ended, it waits for a wake, by whom is
    /// unknown.
    pub(crate) fn joins(&self) -> Vec<u32> {
        let polled = self.polled.load(SeqCst).checked_sub(1).and_then(|number| u32::try_from(number).ok());
        polled.into_iter().chain(self.joined().iter().copied()).collect()
    }

    /// Notes that it polled the handle of this task, which has not ended.
    pub(crate) fn join(&self, other: u32) {
        self.polled.store(u64::from(other) + 1, SeqCst);
        self.joined().insert(other);
    }

    /// Notes that it no longer waits for this task.
    pub(crate) fn leave(&self, other: u32) {
        let _ = self.polled.compare_exchange(u64::from(other) + 1, 0, SeqCst, SeqCst);
        self.joined().remove(&other);
    }

    /// Forgets which handles it polled: a new poll begins.
    pub(crate) fn begin_poll(&self) {
        self.polled.store(0, SeqCst);
    }

    fn joined(&self) -> MutexGuard<'_, BTreeSet<u32>> {
        self.joined.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state.load(SeqCst) == DONE
    }

    pub(crate) fn is_ready(&self) -> bool {
        matches!(self.state.load(SeqCst), READY | YIELDED | CHOSEN)
    }
}
