//! Waiting for several tasks at once.

use crate::asyncio::unrolled::unrolled;
use crate::panics::FirstPanic;
use crate::{Error, LoopFuture};
use futures::future::FusedFuture;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

/// A future that is ready when all its tasks have ended. [`EventLoop::gather`](crate::EventLoop::gather) returns it.
///
/// The results are in the order of the tasks, not in the order in which they end. An error is in its task's place, and the
/// other tasks finish. Dropping it cancels the tasks that have not ended, as in asyncio.
#[must_use = "await it: dropping it cancels its tasks"]
#[derive(Debug)]
pub struct Gather<T> {
    tasks: Vec<LoopFuture<T>>,
    results: Vec<Result<T, Error>>,
    is_over: bool,
}

impl<T> Gather<T> {
    pub(crate) fn new(tasks: Vec<LoopFuture<T>>) -> Self {
        Self { results: Vec::with_capacity(tasks.len()), tasks, is_over: false }
    }
}

/// Nothing in it is pinned, so it may move.
impl<T> Unpin for Gather<T> {}

impl<T: 'static> Future for Gather<T> {
    type Output = Vec<Result<T, Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        // One after another: the tasks run all the while, so the order of waiting costs nothing.
        while let Some(task) = this.tasks.get_mut(this.results.len()) {
            this.results.push(ready!(Pin::new(task).poll(context)));
        }
        this.tasks.clear();
        this.is_over = true;
        Poll::Ready(mem::take(&mut this.results))
    }
}

impl<T: 'static> FusedFuture for Gather<T> {
    fn is_terminated(&self) -> bool {
        self.is_over
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
            panic.rethrow();
        });
    }
}
