//! The future of a result and its writing half, the promise.

use crate::outcome::{Awaited, Outcome, Waiter};
use crate::shared::Shared;
use crate::{Error, Request};
use std::fmt;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

/// The result of a task or of a promise, now or later: what asyncio calls a future, and its tasks are futures too.
///
/// Reading it: [`result`](Self::result) at any time, [`wait`](Self::wait) in a generator, `.await` in async code.
/// One at a time may wait; the last one to ask is told. Dropping it detaches the task, which runs on.
///
/// It stays on the thread of its loop.
pub struct LoopFuture<T> {
    outcome: Rc<dyn Awaited<T>>,
    shared: Weak<Shared>,
}

impl<T> LoopFuture<T> {
    pub(crate) fn new(outcome: Rc<dyn Awaited<T>>, shared: &Rc<Shared>) -> Self {
        Self { outcome, shared: Rc::downgrade(shared) }
    }

    /// Whether there is a result, or an error in its place.
    #[must_use]
    pub fn done(&self) -> bool {
        self.outcome.is_done()
    }

    /// A copy of the result; it stays there to be read again.
    ///
    /// # Errors
    /// [`Error::NotReady`] while it is not there yet; [`Error::Cancelled`], [`Error::Broken`] or [`Error::Panicked`]
    /// if it never will be; [`Error::Taken`] after an `.await` or [`take`](Self::take) has moved it out.
    pub fn result(&self) -> Result<T, Error>
    where
        T: Clone,
    {
        let mut result = None;
        self.outcome.read(&mut |value| result = Some(value.clone()))?;
        result.ok_or(Error::NotReady)
    }

    /// Moves the result out, for those that cannot be copied.
    ///
    /// # Errors
    /// As [`result`](Self::result).
    pub fn take(&self) -> Result<T, Error> {
        self.outcome.take()
    }

    /// Notes that the task that is running waits for this future, and gives the request for its generator to yield.
    /// When it is resumed, the result may be there: look, and if it is not, wait again.
    #[must_use = "yield the request"]
    pub fn wait(&self) -> Request {
        if self.done() {
            return Request::Turn;
        }
        if let Some(id) = self.shared.upgrade().and_then(|shared| shared.current()) {
            self.outcome.set_waiter(Waiter::Task(id));
        }
        Request::Wait
    }

    /// Cancels the task, whose generator is dropped where it stands (at its next yield, if it cancels itself), or the
    /// promise. Whoever awaits it gets [`Error::Cancelled`]. Returns `false` if it was done already.
    pub fn cancel(&self) -> bool {
        self.outcome.cancel(self.shared.upgrade().as_deref())
    }
}

impl<T> Future for LoopFuture<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.outcome.take() {
            Err(Error::NotReady) => {
                let waker = context.waker();
                let shared = self.shared.upgrade();
                let waiter = shared.map_or_else(|| Waiter::Waker(waker.clone()), |shared| shared.waiter(waker));
                self.outcome.set_waiter(waiter);
                Poll::Pending
            }
            result => Poll::Ready(result),
        }
    }
}

impl<T> fmt::Debug for LoopFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopFuture").field("done", &self.done()).finish_non_exhaustive()
    }
}

/// The writing half of a future: whoever holds it owes the result. Dropping it without one breaks the promise, and
/// the future gives [`Error::Broken`].
#[must_use = "dropping a promise breaks it"]
pub struct Promise<T> {
    outcome: Rc<Outcome<(), T>>,
    shared: Weak<Shared>,
}

impl<T: 'static> Promise<T> {
    /// A promise and its future.
    pub(crate) fn pair(shared: &Rc<Shared>) -> (Self, LoopFuture<T>) {
        let outcome = Rc::new(Outcome::pending(()));
        let promise = Self { outcome: Rc::clone(&outcome), shared: Rc::downgrade(shared) };
        (promise, LoopFuture::new(outcome, shared))
    }
}

impl<T> Promise<T> {
    /// Puts the result there, and wakes who waits for it.
    ///
    /// # Errors
    /// [`Error::AlreadyDone`] if it has a result already or the future was cancelled.
    pub fn set_result(&self, value: T) -> Result<(), Error> {
        self.outcome.settle(Ok(value), self.shared.upgrade().as_deref())
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        // An error here means that there is a result, as there should be.
        let _ = self.outcome.settle(Err(Error::Broken), self.shared.upgrade().as_deref());
    }
}

impl<T> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promise").field("done", &self.outcome.is_done()).finish_non_exhaustive()
    }
}
