//! Waiting for several tasks at once.

use crate::{Error, Generator, GeneratorState, LoopFuture};

/// A generator that is complete when all its tasks are: what [`EventLoop::gather`](crate::EventLoop::gather) gives.
///
/// The results stand in the order in which the tasks were given, whichever ends first; an error stands in its place,
/// and the other tasks finish. Dropping it detaches the tasks.
#[must_use = "run it, or the results are lost"]
#[derive(Debug)]
pub struct Gather<T> {
    tasks: Vec<LoopFuture<T>>,
    results: Vec<Result<T, Error>>,
}

impl<T> Gather<T> {
    pub(crate) fn new(tasks: Vec<LoopFuture<T>>) -> Self {
        Self { results: Vec::with_capacity(tasks.len()), tasks }
    }
}

impl<T> Generator for Gather<T> {
    type Return = Vec<Result<T, Error>>;

    fn resume(&mut self) -> GeneratorState<Self::Return> {
        // One after another: the tasks run all the while, so the order of waiting costs nothing.
        while let Some(task) = self.tasks.get(self.results.len()) {
            match task.take() {
                Err(Error::NotReady) => return GeneratorState::Yielded(task.wait()),
                result => self.results.push(result),
            }
        }
        GeneratorState::Complete(std::mem::take(&mut self.results))
    }
}
