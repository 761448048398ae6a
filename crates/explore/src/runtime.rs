//! The generator loop as a [`Runtime`] that can be explored: what runs on a runtime runs on this one.

use crate::hashes::Object;
use crate::run::{RunOfThread, note_write};
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::{Error, EventLoop, Task, sleep, yield_now};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// The generator loop, for programs that are explored. It notes the end of a task, and each look at a handle.
///
/// A program that is generic over its [`Runtime`] is explored as `program::<ExploredLoop>()`. Its pauses are the loop's, in
/// virtual time.
#[derive(Debug)]
pub struct ExploredLoop(EventLoop);

/// By this a run that cannot give a result is left, through whatever program has started the loop.
#[derive(Debug)]
pub(crate) enum Left {
    /// The run has been given up.
    Stopped,
    /// These wait, and nobody can run.
    Stuck(Vec<String>),
}

impl Runtime for ExploredLoop {
    const NAME: &'static str = "generator, explored";

    const CANCELS_ON_DROP: bool = false;

    const HAS_OWN_TIME: bool = false; // it is virtual

    type Task<T: Send + 'static> = ExploredTask<T>;

    fn start() -> Self {
        Self(EventLoop::new())
    }

    fn threads(&self) -> usize {
        1
    }

    /// # Panics
    /// If `future` panics, and outside of an exploration.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        match self.0.run_choosing(future, &mut RunOfThread) {
            Ok(Some(output)) => output,
            Ok(None) => resume_unwind(Box::new(Left::Stopped)),
            Err(Error::Stuck(names)) => resume_unwind(Box::new(Left::Stuck(names))),
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
        let object = Arc::new(Object::default());
        let end = Arc::clone(&object);
        let task = EventLoop::spawn(async move {
            let _end = TouchAtTheEnd(end); // also of a panic
            future.await
        });
        ExploredTask { task, object }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        yield_now()
    }
}

struct TouchAtTheEnd(Arc<Object>);

impl Drop for TouchAtTheEnd {
    fn drop(&mut self) {
        note_write(&self.0);
    }
}

/// The handle of a task. Dropping it detaches the task, which runs on.
#[derive(Debug)]
pub struct ExploredTask<T> {
    task: Task<T>,
    object: Arc<Object>,
}

impl<T> Future for ExploredTask<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        note_write(&self.object);
        Pin::new(&mut self.task).poll(context)
    }
}
