//! Cancellation that a task can catch: somebody asks, and what the task waits for ends with an error.

use crate::Error;
use crate::asyncio::notice::Notice;
use std::cell::Cell;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

/// A task that shall clean up with awaits is not dropped, but asked to end. Whoever asks holds one handle of the request, and
/// the task another; a clone is the same request.
///
/// asyncio throws its `CancelledError` at the await where the task stands. Here the task says at which awaits it can be
/// stopped: at those that it makes through [`or_cancelled`](Self::or_cancelled). At the others it is safe from that, as
/// under a shield. It is for one task: of several that wait, the last one to ask is told.
///
/// ```
/// use paintdry_generator::{CancelRequest, Error, EventLoop, from_future, sleep};
/// use std::time::Duration;
///
/// let event_loop = EventLoop::new();
/// let request = CancelRequest::new();
/// let asked = request.clone();
/// let task = event_loop.create_task(from_future(async move {
///     match asked.or_cancelled(sleep(Duration::from_secs(3600))).await {
///         Ok(()) => "dry",
///         Err(_) => {
///             sleep(Duration::from_millis(1)).await; // the clean-up may await
///             "put away wet"
///         }
///     }
/// }))?;
/// event_loop.call_soon(move || request.cancel())?;
/// assert_eq!(event_loop.run_until_complete(from_future(task))??, "put away wet");
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Default)]
pub struct CancelRequest {
    inner: Rc<Inner>,
}

#[derive(Default)]
struct Inner {
    is_pending: Cell<bool>,
    notice: Notice,
}

impl CancelRequest {
    /// A request that nobody has made yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the request. It ends one await: the one at which the task stands, or else the next. Asked again before that,
    /// it is still one.
    pub fn cancel(&self) {
        self.inner.is_pending.set(true);
        self.inner.notice.tell();
    }

    /// Waits for `future`, unless the request is made, or was made before. Then the future is dropped where it stands,
    /// also if it would be ready now, and what you do about that is yours: clean up, or go on.
    ///
    /// # Errors
    /// [`Error::Cancelled`], once for each time that it was asked.
    ///
    /// # Panics
    /// If it is polled where no event loop runs.
    pub async fn or_cancelled<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if self.inner.is_pending.take() {
                return Poll::Ready(Err(Error::Cancelled));
            }
            self.inner.notice.ask(context.waker());
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
