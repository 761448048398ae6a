//! What a task or a promise shares with the future of its result: pending, done or taken, and who waits for it.

use crate::Error;
use crate::shared::{Shared, TaskId};
use std::cell::{Cell, RefCell};
use std::mem;
use std::task::Waker;

/// A result that is not there yet, and then is. While it is pending, `P` is what will make it: for a task its
/// generator, and nothing for a promise, whose result comes from elsewhere.
pub(crate) struct Outcome<P, T> {
    state: RefCell<State<P, T>>,
    waiter: Cell<Option<Waiter>>,
    /// Cancelled while its generator was being resumed, which takes effect at the next yield.
    cancelling: Cell<bool>,
}

enum State<P, T> {
    Pending(P),
    Done(Result<T, Error>),
    Taken,
}

/// Who is told when the outcome is there.
pub(crate) enum Waiter {
    /// A generator on the loop that yielded [`Request::Wait`](crate::Request::Wait).
    Task(TaskId),
    /// A future, on whatever executor.
    Waker(Waker),
}

/// What makes an outcome, as far as cancelling has to know it.
pub(crate) trait Maker {
    /// The task to take out of where it waits.
    fn task(&self) -> Option<TaskId>;
}

/// A promise's result comes from outside, so there is nothing to take out.
impl Maker for () {
    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl<P, T> Outcome<P, T> {
    pub(crate) fn pending(maker: P) -> Self {
        Self { state: RefCell::new(State::Pending(maker)), waiter: Cell::new(None), cancelling: Cell::new(false) }
    }

    /// Lets `work` go on with what makes the result; meanwhile it is busy. `None` if it is done already.
    pub(crate) fn make<R>(&self, work: impl FnOnce(&mut P) -> R) -> Option<R> {
        match &mut *self.state.borrow_mut() {
            State::Pending(maker) => Some(work(maker)),
            State::Done(_) | State::Taken => None,
        }
    }

    /// Puts the result there, tells who waits, and gives back what would have made it.
    pub(crate) fn settle(&self, result: Result<T, Error>, shared: Option<&Shared>) -> Result<P, Error> {
        let mut state = self.state.try_borrow_mut().map_err(|_busy| Error::Running)?;
        if !matches!(*state, State::Pending(_)) {
            return Err(Error::AlreadyDone);
        }
        let State::Pending(maker) = mem::replace(&mut *state, State::Done(result)) else { unreachable!() };
        drop(state); // before anybody is told, who may come and look
        match (self.waiter.take(), shared) {
            (Some(Waiter::Waker(waker)), _) => waker.wake(),
            (Some(Waiter::Task(id)), Some(shared)) => shared.wake(id),
            _ => {}
        }
        Ok(maker)
    }

    pub(crate) fn is_cancelling(&self) -> bool {
        self.cancelling.get()
    }
}

/// An outcome as its future sees it, whatever makes it.
pub(crate) trait Awaited<T> {
    fn is_done(&self) -> bool;
    /// Moves the result out.
    fn take(&self) -> Result<T, Error>;
    /// Shows the result to `read` and leaves it there.
    fn read(&self, read: &mut dyn FnMut(&T)) -> Result<(), Error>;
    fn set_waiter(&self, waiter: Waiter);
    /// Whether there was still something to cancel.
    fn cancel(&self, shared: Option<&Shared>) -> bool;
}

impl<P: Maker, T> Awaited<T> for Outcome<P, T> {
    fn is_done(&self) -> bool {
        self.state.try_borrow().is_ok_and(|state| !matches!(*state, State::Pending(_)))
    }

    fn take(&self) -> Result<T, Error> {
        let mut state = self.state.try_borrow_mut().map_err(|_busy| Error::NotReady)?;
        if matches!(*state, State::Pending(_)) {
            return Err(Error::NotReady);
        }
        match mem::replace(&mut *state, State::Taken) {
            State::Done(result) => result,
            State::Taken | State::Pending(_) => Err(Error::Taken),
        }
    }

    fn read(&self, read: &mut dyn FnMut(&T)) -> Result<(), Error> {
        match &*self.state.try_borrow().map_err(|_busy| Error::NotReady)? {
            State::Pending(_) => Err(Error::NotReady),
            State::Taken => Err(Error::Taken),
            State::Done(Err(error)) => Err(error.clone()),
            State::Done(Ok(value)) => {
                read(value);
                Ok(())
            }
        }
    }

    fn set_waiter(&self, waiter: Waiter) {
        self.waiter.set(Some(waiter));
    }

    fn cancel(&self, shared: Option<&Shared>) -> bool {
        match self.settle(Err(Error::Cancelled), shared) {
            Ok(maker) => {
                if let (Some(id), Some(shared)) = (maker.task(), shared) {
                    shared.wake(id); // so that the loop lets go of it
                }
                true
            }
            Err(Error::Running) => {
                self.cancelling.set(true);
                true
            }
            Err(_) => false,
        }
    }
}
