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
    fn name(&self) -> Option<&str>;
}

/// A generator that owes its result to a promise.
pub(crate) struct Owing<G: Generator> {
    pub(crate) name: Option<Box<str>>,
    /// `None` after its end.
    pub(crate) generator: Option<G>,
    pub(crate) promise: Promise<G::Return>,
}

impl<G: Generator> Task for Owing<G> {
    fn resume(&mut self) -> Option<Request> {
        let turn = catch_unwind(AssertUnwindSafe(|| {
            let state = self.generator.as_mut()?.resume();
            if matches!(state, GeneratorState::Complete(_)) {
                self.generator = None; // here, so that a panic of its drop is caught, too
            }
            Some(state)
        }));
        let result = match turn {
            Ok(Some(GeneratorState::Yielded(request))) => return Some(request),
            Ok(Some(GeneratorState::Complete(value))) => Ok(value),
            Ok(None) => return None,
            Err(payload) => Err(Error::from(TaskError::from_panic(payload))),
        };
        let _ = self.promise.settle(result); // it may have been cancelled meanwhile
        None
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// A task's place in the table.
#[derive(Default)]
pub(crate) struct Place {
    /// `None` while it is being resumed, and always for the main task, which stays with `run_until_complete`.
    pub(crate) task: Option<Box<dyn Task>>,
    is_ready: bool,
    /// Until its timer ends the sleep, nothing else makes it ready.
    is_asleep: bool,
}

impl Place {
    pub(crate) fn of(task: Box<dyn Task>) -> Self {
        Self { task: Some(task), ..Self::default() }
    }

    /// Marks the task as ready. `false` if it is that already, or sleeps.
    pub(crate) fn make_ready(&mut self) -> bool {
        !self.is_asleep && !mem::replace(&mut self.is_ready, true)
    }

    /// Marks the task as not ready, unless it is woken again. `false` if it was not: then it is not its turn.
    pub(crate) fn begin_turn(&mut self) -> bool {
        mem::take(&mut self.is_ready)
    }

    pub(crate) fn fall_asleep(&mut self) {
        self.is_asleep = true;
        self.is_ready = false; // whoever woke it meanwhile did not mean the sleep
    }

    pub(crate) fn wake_up(&mut self) {
        self.is_asleep = false;
    }
}
