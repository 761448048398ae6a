//! Cancellation that a task can catch: a request ends the await that the task is at, with an error.

use crate::Error;
use crate::asyncio::notice::Notice;
use std::cell::Cell;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

/// Asks a task to end instead of dropping it, so that it can clean up with awaits. The task holds one handle of the request, and
/// the task that may cancel it holds another; a clone is the same request.
///
/// asyncio throws its `CancelledError` at the await that a task is at. Here a task can be stopped only at the awaits that it
/// makes through [`or_cancelled`](Self::or_cancelled). Its other awaits are safe, as under a shield. A request is
/// for one task: if several wait, only the last one to ask is woken.
///
/// ```
/// use paintdry_generator::{CancelRequest, Error, EventLoop, sleep};
/// use std::time::Duration;
///
/// let event_loop = EventLoop::new();
/// let request = CancelRequest::new();
/// let asked = request.clone();
/// let task = event_loop.create_task(async move {
///     match asked.or_cancelled(sleep(Duration::from_secs(3600))).await {
///         Ok(()) => "dry",
///         Err(_) => {
///             sleep(Duration::from_millis(1)).await; // the clean-up may await
///             "put away wet"
///         }
///     }
/// })?;
/// event_loop.call_soon(move || request.cancel())?;
/// assert_eq!(event_loop.run_until_complete(task)??, "put away wet");
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Default)]
pub struct CancelRequest {
    inner: Rc<Inner>,
}

#[derive(Default)]
struct Inner {
    is_pending: Cell<bool>,
    /// How many awaits listen, one inside another.
    listening: Cell<usize>,
    notice: Notice,
}

/// An await that listens. When the last one ends, the request must not wake the task: that would run before its turn.
struct Listening<'a>(&'a Inner);

impl<'a> Listening<'a> {
    fn begin(inner: &'a Inner) -> Self {
        inner.listening.update(|awaits| awaits + 1);
        Self(inner)
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        self.0.listening.update(|awaits| awaits - 1);
        if self.0.listening.get() == 0 {
            self.0.notice.clear();
        }
    }
}

impl CancelRequest {
    /// A request that has not been made yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the request. It ends one await: the task's current one, or else its next. Two requests before
    /// that count as one.
    pub fn cancel(&self) {
        self.inner.is_pending.set(true);
        self.inner.notice.notify();
    }

    /// Waits for `future`, unless the request is made, or was made before. Then the future is dropped,
    /// even if it would be ready now. Then you can clean up, or continue.
    ///
    /// # Errors
    /// [`Error::Cancelled`], once for each request.
    ///
    /// # Panics
    /// If it is polled where no event loop runs.
    pub async fn or_cancelled<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let mut future = pin!(future);
        let _listening = Listening::begin(&self.inner);
        poll_fn(|context| {
            if self.inner.is_pending.take() {
                return Poll::Ready(Err(Error::Cancelled));
            }
            self.inner.notice.register(context.waker());
            future.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

impl fmt::Debug for CancelRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelRequest").field("is_pending", &self.inner.is_pending.get()).finish_non_exhaustive()
    }
}
