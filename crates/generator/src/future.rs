//! The future of a result and its writing half, the promise.

use crate::parts::table::TaskId;
use crate::parts::task::{Outcome, Stage, Task, TaskCell, Waiter};
use crate::shared::{CURRENT, Shared};
use crate::{Error, Generator, GeneratorState, Request};
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::ptr;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

/// The result of a task or of a promise, now or later: what asyncio calls a future, and its tasks are futures too.
///
/// Reading it: [`result`](Self::result) at any time, [`wait`](Self::wait) in a generator, `.await` in async code.
/// One at a time may wait; the last one to ask is told. Dropping it detaches the task, which runs on.
///
/// It stays on the thread of its loop.
pub struct LoopFuture<T> {
    outcome: Rc<dyn Outcome<T>>,
    event_loop: Weak<Shared>,
}

impl<T> LoopFuture<T> {
    pub(crate) fn new(outcome: Rc<dyn Outcome<T>>, event_loop: &Rc<Shared>) -> Self {
        Self { outcome, event_loop: Rc::downgrade(event_loop) }
    }

    /// Whether there is a result, or an error in its place.
    #[must_use]
    pub fn done(&self) -> bool {
        self.outcome.has_ended() || self.has_cancelled_itself()
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
        if self.has_cancelled_itself() { Err(Error::Cancelled) } else { self.outcome.result() }
    }

    /// Moves the result out, for those that cannot be copied.
    ///
    /// # Errors
    /// As [`result`](Self::result).
    pub fn take(&self) -> Result<T, Error> {
        if self.has_cancelled_itself() { Err(Error::Cancelled) } else { self.outcome.take() }
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
                let is_own = ptr::eq(self.event_loop.as_ptr(), Rc::as_ptr(running));
                let id = running.current_with_place();
                self.outcome.set_waiter(if is_own {
                    Waiter::Task(id)
                } else {
                    Waiter::Waker(running.waker_of(id).waker)
                });
            });
        }
        Request::Wait
    }

    /// Cancels the task, whose generator is dropped where it stands (at its next yield, if it cancels itself), or the
    /// promise. Whoever awaits it gets [`Error::Cancelled`]. Returns `false` if it was done already.
    ///
    /// # Panics
    /// If a destructor of the generator does. The task is cancelled all the same.
    pub fn cancel(&self) -> bool {
        let event_loop = self.event_loop.upgrade();
        let id = self.outcome.id();
        match &event_loop {
            // It is being resumed by this call's caller, so it cannot be dropped now.
            Some(event_loop) if event_loop.is_resumed(id) && !self.outcome.has_ended() => {
                event_loop.has_news.set(true);
                !event_loop.is_cancelled.replace(true)
            }
            _ => self.outcome.cancel(event_loop.as_deref()),
        }
    }

    /// Lets whoever polls with `waker` be told when it is done.
    pub(crate) fn tell(&self, waker: &Waker) {
        let own = self.event_loop.upgrade();
        self.outcome
            .set_waiter(own.map_or_else(|| Waiter::Waker(waker.clone()), |event_loop| event_loop.waiter(waker)));
    }

    /// A second handle of the same future, for whoever may have to cancel it.
    pub(crate) fn second(&self) -> Self {
        Self { outcome: Rc::clone(&self.outcome), event_loop: Weak::clone(&self.event_loop) }
    }

    /// Whether its own task has cancelled it, and goes on to the end of its turn.
    fn has_cancelled_itself(&self) -> bool {
        let is_own = |event_loop: Rc<Shared>| event_loop.is_cancelled.get() && event_loop.is_resumed(self.outcome.id());
        self.event_loop.upgrade().is_some_and(is_own)
    }
}

impl<T> Future for LoopFuture<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.take() {
            Err(Error::NotReady) => {
                self.tell(context.waker());
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
    outcome: Rc<TaskCell<Owed<T>>>,
    event_loop: Weak<Shared>,
}

/// In place of a task's generator: a result that somebody outside owes.
struct Owed<T>(PhantomData<T>);

impl<T> Generator for Owed<T> {
    type Return = T;

    fn resume(&mut self) -> GeneratorState<T> {
        GeneratorState::Yielded(Request::Wait)
    }
}

impl<T: 'static> Promise<T> {
    /// A promise and its future.
    pub(crate) fn pair(event_loop: &Rc<Shared>) -> (Self, LoopFuture<T>) {
        let outcome = Rc::new(TaskCell::new(TaskId::NONE, Owed(PhantomData)));
        let future = LoopFuture::new(outcome.clone(), event_loop);
        (Self { outcome, event_loop: Rc::downgrade(event_loop) }, future)
    }
}

impl<T> Promise<T> {
    /// Puts the result there, and wakes who waits for it.
    ///
    /// # Errors
    /// [`Error::AlreadyDone`] if it has a result already or the future was cancelled.
    pub fn set_result(&self, value: T) -> Result<(), Error> {
        self.settle(Stage::Done(value))
    }

    fn settle(&self, end: Stage<Owed<T>>) -> Result<(), Error> {
        let event_loop = self.event_loop.upgrade();
        self.outcome.settle(end, event_loop.as_deref()).map_or(Err(Error::AlreadyDone), |_| Ok(()))
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        let _ = self.settle(Stage::Failed(Box::new(Error::Broken))); // there is a result already, as there should be
    }
}

impl<T> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promise").field("done", &self.outcome.has_ended()).finish_non_exhaustive()
    }
}
