//! Waiting for several tasks at once.

use crate::asyncio::unrolled::unrolled;
use crate::panics::FirstPanic;
use crate::{Error, Generator, GeneratorState, LoopFuture};
use std::mem;
use std::rc::Rc;

/// A generator that is complete when all its tasks are: what [`EventLoop::gather`](crate::EventLoop::gather) gives.
///
/// The results are in the order in which the tasks were given, whichever ends first; an error is in its place, and the
/// other tasks finish. Dropping it cancels the tasks that have not ended, as in asyncio.
#[must_use = "run it: dropping it cancels its tasks"]
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

impl<T: 'static> Generator for Gather<T> {
    type Return = Vec<Result<T, Error>>;

    fn resume(&mut self) -> GeneratorState<Self::Return> {
        // One after another: the tasks run all the while, so the order of waiting costs nothing.
        while let Some(task) = self.tasks.get(self.results.len()) {
            match task.take() {
                Err(Error::NotReady) => return GeneratorState::Yielded(task.wait()),
                result => self.results.push(result),
            }
        }
        self.tasks.clear();
        GeneratorState::Complete(mem::take(&mut self.results))
    }
}

impl<T> Drop for Gather<T> {
    fn drop(&mut self) {
        let left = self.tasks.iter().filter(|task| !task.done());
        let left: Vec<_> = left.map(|task| (Rc::clone(task.shared()), task.id())).collect();
        if left.is_empty() {
            return;
        }
        unrolled(move || {
            let mut panic = FirstPanic::default();
            for (event_loop, task) in left {
                panic.catch(|| _ = event_loop.cancel(task));
            }
            panic.resume();
        });
    }
}
