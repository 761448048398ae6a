//! The loop behind core's trait, beside the other runtimes.

use crate::polling::with_current;
use crate::shared::CURRENT;
use crate::{Error, EventLoop, FutureGenerator, Generator, GeneratorState, from_future, sleep, yield_now};
use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use std::pin::Pin;
use std::rc::Rc;
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
        let (promise, result) = oneshot::channel();
        let event_loop = with_current("a task is spawned", |shared| Self { shared: Rc::clone(shared) });
        drop(event_loop.create_task(Spawned { future: from_future(future), promise: Some(promise) })); // it runs: it is open
        Task { result }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        yield_now()
    }
}

/// A task that sends its result through a channel: the loop's own future of it would have to stay on the loop's thread.
struct Spawned<F: Future> {
    future: FutureGenerator<F>,
    promise: Option<oneshot::Sender<Result<F::Output, TaskError>>>,
}

impl<F: Future> Spawned<F> {
    fn send(&mut self, result: Result<F::Output, TaskError>) {
        let promise = self.promise.take();
        let _ = promise.map(|promise| promise.send(result)); // nobody awaits a detached task
    }
}

impl<F: Future> Generator for Spawned<F> {
    type Return = ();

    #[inline]
    fn resume(&mut self) -> GeneratorState<()> {
        match self.future.resume() {
            GeneratorState::Yielded(request) => GeneratorState::Yielded(request),
            GeneratorState::Complete(value) => {
                self.send(Ok(value));
                GeneratorState::Complete(())
            }
        }
    }
}

impl<F: Future> Drop for Spawned<F> {
    fn drop(&mut self) {
        if self.promise.is_some() && CURRENT.is_set() {
            let failure = CURRENT.with(|event_loop| event_loop.failure.take());
            if let Some(Error::Panicked(message)) = failure {
                self.send(Err(TaskError::Panicked(message)));
            }
        }
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
