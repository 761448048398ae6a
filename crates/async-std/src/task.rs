//! The handle of a task: the runtime's own, with its errors translated into core's.

use async_std::task::JoinHandle;
use paintdry_core::TaskError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future of a task's result. Dropping it detaches the task, which keeps running.
#[derive(Debug)]
pub struct Task<T> {
    handle: JoinHandle<T>,
}

impl<T> Task<T> {
    pub(crate) fn new(handle: JoinHandle<T>) -> Self {
        Self { handle }
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.handle).poll(context))) {
            Ok(result) => result.map(Ok),
            Err(payload) => Poll::Ready(Err(TaskError::from_panic(payload))),
        }
    }
}
