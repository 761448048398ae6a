//! A task owned by the task that waits for it: dropping the wait cancels it.

use crate::asyncio::unrolled::unrolled;
use crate::{Error, LoopFuture, yield_now};
use futures::future::FusedFuture;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

impl<T: 'static> LoopFuture<T> {
    /// The same future, but dropping it before it is done cancels the task instead of detaching it. So if you cancel a task
    /// that awaits this future, you cancel both, as every `await` of asyncio does.
    ///
    /// A chain of tasks that own each other may be as long as memory allows. Beyond a hundred, a destructor runs after those
    /// of the tasks around it, and not before. When the drop of the first returns, all tasks have been dropped except those in the
    /// queue, which are dropped when the current turn ends.
    ///
    /// ```
    /// use paintdry_generator::{Error, EventLoop, sleep, yield_now};
    /// use std::time::Duration;
    ///
    /// let event_loop = EventLoop::new();
    /// let task = event_loop.create_task(sleep(Duration::from_secs(3600)))?;
    /// drop(task.cancel_on_drop()); // its destructors have run by now
    /// # Ok::<(), Error>(())
    /// ```
    pub fn cancel_on_drop(self) -> CancelOnDrop<T> {
        CancelOnDrop { task: self }
    }
}

/// Returned by [`LoopFuture::cancel_on_drop`].
#[derive(Debug)]
#[must_use = "dropping it cancels the task"]
pub struct CancelOnDrop<T: 'static> {
    task: LoopFuture<T>,
}

impl<T> CancelOnDrop<T> {
    /// Cancels the task, and waits until it has been dropped. For a task in the queue that takes a turn.
    pub(crate) async fn cancel(self) {
        self.task.cancel();
        if self.task.is_being_cancelled() {
            yield_now().await;
        }
    }
}

impl<T: 'static> Future for CancelOnDrop<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.task).poll(context)
    }
}

impl<T: 'static> FusedFuture for CancelOnDrop<T> {
    fn is_terminated(&self) -> bool {
        self.task.is_terminated()
    }
}

impl<T: 'static> Drop for CancelOnDrop<T> {
    fn drop(&mut self) {
        if !self.task.done() {
            let (shared, task) = (Rc::clone(self.task.shared()), self.task.id());
            unrolled(move || _ = shared.cancel(task));
        }
    }
}
