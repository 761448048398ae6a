//! The handle of a task: the runtime's own, with its errors translated into core's.

use async_task::FallibleTask;
use paintdry_core::TaskError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future of a task's result. Dropping it cancels the task, which is then dropped at its await.
#[derive(Debug)]
#[must_use = "a task is cancelled when its handle is dropped"]
pub struct Task<T> {
    handle: FallibleTask<T>,
}

impl<T> Task<T> {
    pub(crate) fn new(handle: smol::Task<T>) -> Self {
        Self { handle: handle.fallible() }
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.handle).poll(context))) {
            Ok(result) => result.map(|result| result.ok_or(TaskError::Cancelled)),
            Err(payload) => Poll::Ready(Err(TaskError::from_panic(payload))),
        }
    }
}
