//! The future of a result, and its promise, which sets the result.

use crate::shared::{CURRENT, Phase, Shared};
use crate::table::{TaskId, Waiter};
use crate::task::Coroutine;
use crate::task::{BoxedTask, Event, Stage, State};
use crate::waker::LentWaker;
use crate::{Error, Request};
use futures::future::FusedFuture;
use std::fmt;
use std::future::Pending;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// The result of a task or of a promise, now or later: what asyncio calls a future, and its tasks are futures too.
///
/// Reading it: [`result`](Self::result) at any time, [`wait`](Self::wait) in a generator, `.await` in async code.
/// Only one task at a time may wait; the last one to ask is woken. Dropping it detaches the task, which keeps running.
///
/// If you lend it, as in `select(&mut future, …)`, and the other branch is first, the task stays registered. When the result is
/// there, the task may be polled once without need, as with any future that is kept.
///
/// It stays on the thread of its loop.
pub struct LoopFuture<T> {
    shared: Rc<Shared>,
    id: TaskId,
    result: PhantomData<fn() -> T>,
}

impl<T: 'static> LoopFuture<T> {
    fn new(shared: &Rc<Shared>, id: TaskId) -> Self {
        Self { shared: Rc::clone(shared), id, result: PhantomData }
    }

    /// Makes a task that is ready at once.
    pub(crate) fn of_task<C>(shared: &Rc<Shared>, coroutine: C) -> Result<Self, Error>
    where
        C: Coroutine<Return = T> + 'static,
    {
        match shared.phase.get() {
            Phase::Closed => Err(Error::Closed),
            Phase::Idle | Phase::Running => Ok(Self::new(shared, shared.spawn(coroutine, true))),
        }
    }

    /// A copy of the result, which stays to be read again. (Its `clone` must not use this future.)
    ///
    /// # Errors
    /// [`Error::NotReady`] until there is one; [`Error::Cancelled`], [`Error::Broken`] or [`Error::Panicked`]
    /// if there never will be; [`Error::Taken`] after an `.await` or [`take`](Self::take) has moved it out.
    pub fn result(&self) -> Result<T, Error>
    where
        T: Clone,
    {
        let mut task = self.shared.take_ended(self.id.slot(), false)?;
        let copy = catch_unwind(AssertUnwindSafe(|| {
            result_of(&mut task).as_ref().and_then(|result| result.as_ref()).cloned()
        }));
        self.shared.table.borrow_mut().entry(self.id.slot()).task = Some(task); // even if its `clone` has panicked
        copy.unwrap_or_else(|payload| resume_unwind(payload)).ok_or(Error::Taken)
    }

    /// Moves the result out, for results that cannot be copied.
    ///
    /// # Errors
    /// As [`result`](Self::result).
    pub fn take(&self) -> Result<T, Error> {
        let mut task = self.shared.take_ended(self.id.slot(), true)?;
        let Some(result) = result_of(&mut task).and_then(Option::take) else { return Err(Error::Taken) };
        Ok(result)
    }
}

fn result_of<T: 'static>(task: &mut BoxedTask) -> Option<&mut Option<T>> {
    task.as_mut().result()?.downcast_mut()
}

impl<T> LoopFuture<T> {
    /// Whether there is a result, or an error instead.
    #[must_use]
    pub fn done(&self) -> bool {
        let state = self.state();
        state.is_over() || state == State::Cancelling
    }

    /// Whether it was cancelled in the queue, and the run has not dropped it yet.
    pub(crate) fn is_being_cancelled(&self) -> bool {
        self.state() == State::Cancelling
    }

    fn state(&self) -> State {
        self.shared.table.borrow_mut().entry(self.id.slot()).state
    }

    pub(crate) fn id(&self) -> TaskId {
        self.id
    }

    /// Registers the current task to wait for this future, and returns the request for its generator to yield. Keep the future
    /// meanwhile. When the generator is resumed, check again: if the result is not there, wait again.
    #[must_use = "yield the request"]
    pub fn wait(&self) -> Request {
        if self.done() {
            return Request::Turn;
        }
        if CURRENT.is_set() {
            CURRENT.with(|running| match running.current.get() {
                Some(task) if Rc::ptr_eq(running, &self.shared) => self.set_waiter(Waiter::Task(task)),
                Some(task) => self.set_waiter(Waiter::Waker(LentWaker::new(&running.remote, task).waker)),
                None => {}
            });
        }
        Request::Wait
    }

    /// Cancels the task or the promise. A task that awaits it gets [`Error::Cancelled`]. Returns `false` if it was done already.
    ///
    /// A task that sleeps or waits is dropped before this returns. A ready task is dropped when the current
    /// turn ends at the latest, before any task has another turn; while the loop does not run, before this returns. A task
    /// that cancels itself runs on until its next yield.
    ///
    /// # Panics
    /// If the task is dropped before this returns and its destructor panics. The task is cancelled all the same. If the
    /// loop drops it later, the panic is caught.
    pub fn cancel(&self) -> bool {
        self.shared.cancel(self.id)
    }

    /// Registers the future that is polled with `waker`, to be woken when this one is done.
    pub(crate) fn register(&self, waker: &Waker) {
        self.set_waiter(self.shared.waiter(waker));
    }

    /// Forgets the future that was registered last.
    pub(crate) fn unregister(&self) {
        let waiter = self.shared.table.borrow_mut().take_waiter(self.id.slot());
        drop(waiter); // after the borrow has ended
    }

    fn set_waiter(&self, waiter: Waiter) {
        let before = self.shared.table.borrow_mut().extras(self.id.slot()).waiter.replace(waiter);
        drop(before); // after the borrow has ended
    }

    pub(crate) fn set_name(&self, name: &str) {
        self.shared.table.borrow_mut().extras(self.id.slot()).name = Some(name.into());
    }

    pub(crate) fn shared(&self) -> &Rc<Shared> {
        &self.shared
    }
}

impl<T> Drop for LoopFuture<T> {
    fn drop(&mut self) {
        self.shared.drop_handle(self.id.slot());
    }
}

impl<T: 'static> Future for LoopFuture<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.take() {
            Err(Error::NotReady) => {
                self.register(context.waker());
                Poll::Pending
            }
            result => Poll::Ready(result),
        }
    }
}

/// It is terminated once it has returned its result or its error, so `select!` does not wait for it again.
impl<T: 'static> FusedFuture for LoopFuture<T> {
    fn is_terminated(&self) -> bool {
        self.done() && {
            let mut table = self.shared.table.borrow_mut();
            let entry = table.entry(self.id.slot());
            if entry.state == State::Ended { entry.task.is_none() } else { table.extras(self.id.slot()).is_told }
        }
    }
}

impl<T> fmt::Debug for LoopFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopFuture").field("done", &self.done()).finish_non_exhaustive()
    }
}

impl Shared {
    /// Takes a task that has ended out of the table, so that reading its result may use the loop; or returns the error that is
    /// there instead of a result.
    fn take_ended(&self, slot: u32, is_taken: bool) -> Result<BoxedTask, Error> {
        let mut table = self.table.borrow_mut();
        let entry = table.entry(slot);
        if entry.state == State::Ended
            && let Some(task) = entry.task.take()
        {
            return Ok(task);
        }
        let error = match entry.state {
            State::Runnable | State::Scheduled | State::Woken | State::Waiting | State::Owed => {
                return Err(Error::NotReady);
            }
            State::Ended => return Err(Error::Taken),
            State::Cancelled | State::Cancelling => Error::Cancelled,
            State::Panicked => Error::Panicked(table.extras(slot).panic.clone()),
            State::Broken => Error::Broken,
        };
        table.extras(slot).is_told |= is_taken;
        Err(error)
    }

    /// Ends the future of a promise, if it has not ended.
    fn settle(&self, id: TaskId, result: Option<BoxedTask>) {
        let mut table = self.table.borrow_mut();
        let event = if result.is_some() { Event::End } else { Event::Break };
        if table.advance(id, event).is_some() {
            self.end(table, id.slot(), result).rethrow();
        }
    }
}

/// Sets the result of a future. Dropping it without a result breaks the promise, and the future
/// returns [`Error::Broken`].
#[must_use = "dropping a promise breaks it"]
pub struct Promise<T> {
    shared: Rc<Shared>,
    id: TaskId,
    result: PhantomData<fn() -> T>,
}

impl<T: 'static> Promise<T> {
    /// A promise and its future.
    pub(crate) fn pair(shared: &Rc<Shared>) -> (Self, LoopFuture<T>) {
        let id = shared.table.borrow_mut().add(None, true);
        (Self { shared: Rc::clone(shared), id, result: PhantomData }, LoopFuture::new(shared, id))
    }

    /// Sets the result, and wakes the task that waits for it.
    ///
    /// # Errors
    /// The value, if there is a result already or the future was cancelled or dropped, as with the sender of a oneshot channel.
    #[inline(never)] // so that the generator that calls it, once, stays short enough to be inlined into its task
    pub fn set_result(&self, value: T) -> Result<(), T> {
        if !self.is_owed() {
            return Err(value);
        }
        self.shared.settle(self.id, Some(Box::pin(Stage::<Pending<T>>::Ended { result: Some(value) })));
        Ok(())
    }
}

impl<T> Promise<T> {
    fn is_owed(&self) -> bool {
        let mut table = self.shared.table.borrow_mut();
        table.find(self.id).is_some_and(|entry| entry.state == State::Owed && entry.has_handle)
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.shared.settle(self.id, None);
    }
}

impl<T> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promise").field("done", &!self.is_owed()).finish_non_exhaustive()
    }
}
