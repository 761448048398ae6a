//! The future of a result and its writing half, the promise.

use crate::shared::{CURRENT, Shared, Waiter};
use crate::tasks::TaskId;
use crate::{Error, Request};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

/// What a promise and its future share.
struct Outcome<T> {
    /// What reading it gives: [`Error::NotReady`] at first.
    result: RefCell<Result<T, Error>>,
    waiter: Cell<Option<Waiter>>,
    /// The task that owes it, if it is a task's.
    task: Cell<Option<TaskId>>,
    event_loop: Weak<Shared>,
}

impl<T> Outcome<T> {
    fn is_done(&self) -> bool {
        !matches!(*self.result.borrow(), Err(Error::NotReady))
    }

    /// Puts the result there, once, and wakes who waits for it.
    fn settle(&self, result: Result<T, Error>) -> Result<(), Error> {
        if self.is_done() {
            return Err(Error::AlreadyDone);
        }
        self.result.replace(result).err();
        match (self.waiter.take(), self.event_loop.upgrade()) {
            (Some(Waiter::Waker(waker)), _) => waker.wake(), // of another loop, too
            (Some(waiter), Some(event_loop)) => event_loop.tell(waiter),
            _ => {}
        }
        Ok(())
    }
}

/// The result of a task or of a promise, now or later: what asyncio calls a future, and its tasks are futures too.
///
/// Reading it: [`result`](Self::result) at any time, [`wait`](Self::wait) in a generator, `.await` in async code.
/// One at a time may wait; the last one to ask is told. Dropping it detaches the task, which runs on.
///
/// It stays on the thread of its loop.
pub struct LoopFuture<T> {
    outcome: Rc<Outcome<T>>,
}

impl<T> LoopFuture<T> {
    /// Whether there is a result, or an error in its place.
    #[must_use]
    pub fn done(&self) -> bool {
        self.outcome.is_done()
    }

    /// A copy of the result; it stays there to be read again. (Its `clone` must not use this future.)
    ///
    /// # Errors
    /// [`Error::NotReady`] while it is not there yet; [`Error::Cancelled`], [`Error::Broken`] or [`Error::Panicked`]
    /// if it never will be; [`Error::Taken`] after an `.await` or [`take`](Self::take) has moved it out.
    pub fn result(&self) -> Result<T, Error>
    where
        T: Clone,
    {
        self.outcome.result.borrow().clone()
    }

    /// Moves the result out, for those that cannot be copied.
    ///
    /// # Errors
    /// As [`result`](Self::result).
    pub fn take(&self) -> Result<T, Error> {
        let mut result = self.outcome.result.borrow_mut();
        match &*result {
            Ok(_) => mem::replace(&mut *result, Err(Error::Taken)),
            Err(error) => Err(error.clone()),
        }
    }

    /// Notes that the task that is running waits for this future, and gives the request for its generator to yield.
    /// When it is resumed, the result may be there: look, and if it is not, wait again.
    #[must_use = "yield the request"]
    pub fn wait(&self) -> Request {
        if self.done() {
            return Request::Turn;
        }
        if CURRENT.is_set() {
            CURRENT.with(|running| {
                let is_own = self.outcome.event_loop.upgrade().is_some_and(|own| Rc::ptr_eq(&own, running));
                let waker = || Waiter::Waker(running.lent_waker().waker.clone());
                self.outcome.waiter.set(Some(if is_own { Waiter::Task(running.current.get()) } else { waker() }));
            });
        }
        Request::Wait
    }

    /// Cancels the task, whose generator is dropped where it stands (at its next yield, if it cancels itself), or the
    /// promise. Whoever awaits it gets [`Error::Cancelled`]. Returns `false` if it was done already.
    pub fn cancel(&self) -> bool {
        let was_pending = self.outcome.settle(Err(Error::Cancelled)).is_ok();
        if let (Some(id), Some(event_loop)) = (self.outcome.task.take(), self.outcome.event_loop.upgrade()) {
            event_loop.remove(id);
        }
        was_pending
    }

    /// Notes that the result is owed by a task.
    pub(crate) fn owed_by(self, id: TaskId) -> Self {
        self.outcome.task.set(Some(id));
        self
    }
}

impl<T> Future for LoopFuture<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.take() {
            Err(Error::NotReady) => {
                let waker = context.waker();
                let own = self.outcome.event_loop.upgrade();
                let waiter = own.map_or_else(|| Waiter::Waker(waker.clone()), |event_loop| event_loop.waiter(waker));
                self.outcome.waiter.set(Some(waiter));
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
    outcome: Rc<Outcome<T>>,
}

impl<T> Promise<T> {
    /// A promise and its future.
    pub(crate) fn pair(event_loop: &Rc<Shared>) -> (Self, LoopFuture<T>) {
        let outcome = Rc::new(Outcome {
            result: RefCell::new(Err(Error::NotReady)),
            waiter: Cell::new(None),
            task: Cell::new(None),
            event_loop: Rc::downgrade(event_loop),
        });
        (Self { outcome: Rc::clone(&outcome) }, LoopFuture { outcome })
    }

    /// Puts the result there, and wakes who waits for it.
    ///
    /// # Errors
    /// [`Error::AlreadyDone`] if it has a result already or the future was cancelled.
    pub fn set_result(&self, value: T) -> Result<(), Error> {
        self.settle(Ok(value))
    }

    pub(crate) fn settle(&self, result: Result<T, Error>) -> Result<(), Error> {
        self.outcome.settle(result)
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        let is_a_tasks = self.outcome.task.get().is_some();
        let error = if is_a_tasks { Error::Cancelled } else { Error::Broken };
        let _ = self.settle(Err(error)); // there is a result already, as there should be
    }
}

impl<T> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promise").field("done", &self.outcome.is_done()).finish_non_exhaustive()
    }
}
