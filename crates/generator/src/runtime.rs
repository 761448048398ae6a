//! The loop behind core's trait, beside the other runtimes.

use crate::polling::with_current;
use crate::{Error, EventLoop, from_future, sleep, yield_now};
use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

impl Runtime for EventLoop {
    const NAME: &'static str = "generator";

    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        Self::new()
    }

    fn threads(&self) -> usize {
        1
    }

    /// # Panics
    /// If `future` panics, and with the message of the [`Error`](crate::Error) if the loop is stuck, closed or running.
    /// The trait's handles can go to other threads and so keep wakers; that nobody will wake them is therefore found
    /// out when the loop's [patience](EventLoop::set_patience) ends.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        match EventLoop::run_until_complete(self, from_future(future)) {
            Ok(output) => output,
            Err(error) => panic!("{error}"),
        }
    }

    /// # Panics
    /// If no event loop runs on this thread.
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        // The loop's own future of the task stays on its thread; the trait's may go to another, hence the channel.
        let (promise, result) = oneshot::channel();
        let event_loop = with_current("a task is spawned", EventLoop::of);
        if let Ok(task) = event_loop.create_task(from_future(future)) {
            task.when_done(|outcome| {
                let error = |error| {
                    if let Error::Panicked(message) = error {
                        TaskError::Panicked(message)
                    } else {
                        TaskError::Cancelled
                    }
                };
                let _ = promise.send(outcome.map_err(error)); // nobody awaits a detached task
            });
        }
        Task { result }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        yield_now()
    }
}

/// A future of a task's result that may go to another thread. Dropping it detaches the task, which runs on.
#[derive(Debug)]
pub struct Task<T> {
    result: oneshot::Receiver<Result<T, TaskError>>,
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.result.poll_unpin(context).map(|result| result.unwrap_or(Err(TaskError::Cancelled)))
    }
}
