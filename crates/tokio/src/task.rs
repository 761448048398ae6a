//! The handle of a task: the runtime's own, with its errors translated into core's.

use paintdry_core::TaskError;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::task::JoinHandle;

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
        Pin::new(&mut self.handle).poll(context).map_err(|error| match error.try_into_panic() {
            Ok(payload) => TaskError::from_panic(payload),
            Err(_cancelled) => TaskError::Cancelled,
        })
    }
}
