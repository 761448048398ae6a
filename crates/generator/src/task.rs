//! A task: a generator that the loop resumes until its outcome is there.

use crate::outcome::{Awaited, Maker, Outcome};
use crate::shared::{Shared, TaskId};
use crate::{Error, Generator, GeneratorState, Request};
use paintdry_core::TaskError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A task that has not ended: its generator, and the number by which whatever it waits for knows it.
pub(crate) struct Unfinished<G> {
    pub(crate) id: TaskId,
    pub(crate) generator: G,
}

impl<G> Maker for Unfinished<G> {
    fn task(&self) -> Option<TaskId> {
        Some(self.id)
    }
}

/// A task as the loop sees it, whatever its generator. It is always in one place: the ready queue, a timer, or among
/// those that wait.
pub(crate) trait Task {
    /// Resumes the generator once. `None` when there is nothing left to resume.
    fn resume(&self, shared: &Shared) -> Option<Request>;
    /// Whether there is nothing left to resume.
    fn has_ended(&self) -> bool;
    /// Drops the generator where it stands.
    fn drop_generator(&self, shared: &Shared);
}

impl<G: Generator> Task for Outcome<Unfinished<G>, G::Return> {
    fn resume(&self, shared: &Shared) -> Option<Request> {
        let state = self.make(|task| {
            shared.set_current(task.id);
            catch_unwind(AssertUnwindSafe(|| task.generator.resume()))
        })?;
        let result = match state {
            Ok(GeneratorState::Yielded(request)) if !self.is_cancelling() => return Some(request),
            Ok(GeneratorState::Yielded(_)) => Err(Error::Cancelled),
            Ok(GeneratorState::Complete(value)) => Ok(value),
            Err(payload) => Err(panicked(payload)),
        };
        if let Ok(ended) = self.settle(result, Some(shared)) {
            shared.forget_name(ended.id);
        }
        None
    }

    fn has_ended(&self) -> bool {
        self.is_done()
    }

    fn drop_generator(&self, shared: &Shared) {
        self.cancel(Some(shared));
    }
}

fn panicked(payload: Box<dyn std::any::Any + Send>) -> Error {
    match TaskError::from_panic(payload) {
        TaskError::Panicked(message) => Error::Panicked(message),
        _ => Error::Cancelled,
    }
}
