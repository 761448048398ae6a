//! The handle of a watched task.

use crate::state::{TaskState, polled_here};
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use pin_project_lite::pin_project;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

pin_project! {
    /// A future of a watched task's result. Dropping it drops the runtime's own handle, which detaches the task or
    /// cancels it, as the runtime does.
    pub struct Task<R: Runtime, T> {
        // The runtime's handle is not awaited: between a task's last poll and the runtime's wake of the task that joins it,
        // there would be a moment at which nothing seems able to run.
        result: oneshot::Receiver<Result<T, TaskError>>,
        handle: R::Task<()>,
        watched: Arc<TaskState>,
        // The task that polled this last, until the result is there.
        joining: Option<Arc<TaskState>>,
    }

    impl<R: Runtime, T> PinnedDrop for Task<R, T> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if R::CANCELS_ON_DROP {
                // The runtime will take the task once more, to drop it, and until then time must stand still.
                this.watched.release();
            }
            leave(this.joining, this.watched);
        }
    }
}

impl<R: Runtime, T> Task<R, T> {
    pub(crate) fn new(
        result: oneshot::Receiver<Result<T, TaskError>>,
        handle: R::Task<()>,
        watched: Arc<TaskState>,
    ) -> Self {
        Self { result, handle, watched, joining: None }
    }
}

impl<R: Runtime, T> Future for Task<R, T> {
    type Output = Result<T, TaskError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let polled = Pin::new(this.result).poll(context);
        let here = polled_here().filter(|_| polled.is_pending());
        let is_same = here.as_ref().map(Arc::as_ptr) == this.joining.as_ref().map(Arc::as_ptr);
        if !is_same {
            leave(this.joining, this.watched);
        }
        if let Some(joining) = &here {
            joining.joins(this.watched, !is_same);
        }
        *this.joining = here;
        polled.map(|result| result.unwrap_or(Err(TaskError::Cancelled)))
    }
}

/// The task that polled the handle of `watched` no longer waits for it.
fn leave(joining: &mut Option<Arc<TaskState>>, watched: &TaskState) {
    if let Some(joining) = joining.take() {
        joining.joins_no_more(watched);
    }
}

impl<R: Runtime, T> fmt::Debug for Task<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("name", &self.watched.facts.name()).finish_non_exhaustive()
    }
}
