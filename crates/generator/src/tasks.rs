//! The table of tasks: the loop owns each task, and everybody else knows it by its number.

use crate::{Error, Generator, GeneratorState, Promise, Request};
use paintdry_core::TaskError;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The number of a task. A place in the table is used again, but with another number, so one that is out of date leads
/// nowhere.
pub(crate) use slotmap::DefaultKey as TaskId;

/// A task as the loop sees it, whatever its generator.
pub(crate) trait Task {
    /// Resumes it once; `None` if that was the last time.
    fn resume(&mut self) -> Option<Request>;
}

/// A generator that owes its result to a promise.
pub(crate) struct Owing<G: Generator> {
    pub(crate) generator: G,
    pub(crate) promise: Promise<G::Return>,
}

impl<G: Generator> Task for Owing<G> {
    fn resume(&mut self) -> Option<Request> {
        let result = match catch_unwind(AssertUnwindSafe(|| self.generator.resume())) {
            Ok(GeneratorState::Yielded(request)) => return Some(request),
            Ok(GeneratorState::Complete(value)) => Ok(value),
            Err(payload) => Err(Error::from(TaskError::from_panic(payload))),
        };
        let _ = self.promise.settle(result); // it may have been cancelled meanwhile
        None
    }
}

/// A task's place in the table.
pub(crate) struct Place {
    /// `None` while it is being resumed, and always for the main task, which stays with `run_until_complete`.
    task: Option<Box<dyn Task>>,
    is_ready: bool,
}

impl Place {
    pub(crate) fn new(task: Option<Box<dyn Task>>) -> Self {
        Self { task, is_ready: false }
    }

    /// Marks the task as ready. `false` if it is that already.
    pub(crate) fn make_ready(&mut self) -> bool {
        !mem::replace(&mut self.is_ready, true)
    }

    /// Takes the task out to be resumed. From now on it is not ready, unless it is woken again.
    pub(crate) fn take(&mut self) -> Option<Box<dyn Task>> {
        self.is_ready = false;
        self.task.take()
    }

    pub(crate) fn put_back(&mut self, task: Box<dyn Task>) {
        self.task = Some(task);
    }
}
