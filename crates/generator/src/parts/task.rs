//! Gives the loop its task: a generator, and after its end its result, in one place that the loop and the task's future
//! share.

use crate::parts::table::TaskId;
use crate::shared::Shared;
use crate::{Error, Generator, GeneratorState, Request};
use std::cell::{Cell, RefCell};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Waker;

/// A task as the loop sees it, whatever its generator.
pub(crate) trait Task {
    fn id(&self) -> TaskId;
    /// Notes its place in the table, which it gets when somebody first has to know it.
    fn set_id(&self, id: TaskId);
    /// Gives it a turn; `None` if that was the last. A panic of its generator is the caller's to catch.
    fn resume(&self, shared: &Shared) -> Option<Request>;
    /// Drops its generator where it stands; `false` if it has ended, or is being resumed.
    fn cancel(&self, event_loop: Option<&Shared>) -> bool;
    /// Ends it with an error, whatever its turn came to.
    fn fail(&self, error: Error);
    fn has_ended(&self) -> bool;
    /// Whom to tell that it has ended.
    fn take_waiter(&self) -> Option<Waiter>;
}

/// A result as its reader sees it, whoever owes it.
pub(crate) trait Outcome<T>: Task {
    fn result(&self) -> Result<T, Error>
    where
        T: Clone;
    fn take(&self) -> Result<T, Error>;
    fn set_waiter(&self, waiter: Waiter);
}

/// What the loop has to resume next: a task, or the main one, which stays with `run_until_complete`.
#[derive(Clone)]
pub(crate) enum Ready {
    Main,
    Task(Rc<dyn Task>),
}

/// Who is told when a result is there.
pub(crate) enum Waiter {
    /// A task of the same loop, which looks for itself what has come.
    Task(TaskId),
    /// A future, on whatever executor.
    Waker(Waker),
}

impl Waiter {
    pub(crate) fn tell(self, event_loop: Option<&Shared>) {
        match self {
            Self::Task(id) => event_loop.into_iter().for_each(|event_loop| event_loop.wake(id)),
            Self::Waker(waker) => waker.wake(),
        }
    }
}

/// How far it has come. The result takes the generator's place.
pub(crate) enum Stage<G: Generator> {
    Running(G),
    Done(G::Return),
    /// The result has been moved out.
    Taken,
    Cancelled,
    /// In a box, because it is rare and large: a million tasks have a stage.
    Failed(Box<Error>),
}

impl<G: Generator> Stage<G> {
    /// What stands in place of a result.
    fn error(&self) -> Error {
        match self {
            Self::Running(_) => Error::NotReady,
            Self::Done(_) | Self::Taken => Error::Taken,
            Self::Cancelled => Error::Cancelled,
            Self::Failed(error) => Error::clone(error),
        }
    }
}

pub(crate) struct TaskCell<G: Generator> {
    id: Cell<TaskId>,
    /// In a box, because only few tasks are waited for at a time.
    waiter: Cell<Option<Box<Waiter>>>,
    /// Borrowed while the generator is resumed.
    stage: RefCell<Stage<G>>,
}

impl<G: Generator> TaskCell<G> {
    pub(crate) fn new(id: TaskId, generator: G) -> Self {
        Self { id: Cell::new(id), waiter: Cell::default(), stage: RefCell::new(Stage::Running(generator)) }
    }

    /// Puts the end there, if it has not ended, and tells who waits for it. Gives what it replaces, to be dropped.
    pub(crate) fn settle(&self, end: Stage<G>, event_loop: Option<&Shared>) -> Option<Stage<G>> {
        let mut stage = self.stage.try_borrow_mut().ok()?;
        if !matches!(*stage, Stage::Running(_)) {
            return None;
        }
        let running = mem::replace(&mut *stage, end);
        drop(stage);
        self.take_waiter().into_iter().for_each(|waiter| waiter.tell(event_loop));
        Some(running)
    }
}

impl<G: Generator> Task for TaskCell<G> {
    fn id(&self) -> TaskId {
        self.id.get()
    }

    fn set_id(&self, id: TaskId) {
        self.id.set(id);
    }

    fn resume(&self, shared: &Shared) -> Option<Request> {
        shared.current.set(self.id());
        let mut stage = self.stage.borrow_mut();
        let Stage::Running(generator) = &mut *stage else { return None };
        match generator.resume() {
            GeneratorState::Yielded(request) => Some(request),
            GeneratorState::Complete(value) => {
                let ended = mem::replace(&mut *stage, Stage::Done(value));
                drop(stage); // the drop of the generator may ask for the result
                drop(ended);
                None
            }
        }
    }

    fn cancel(&self, event_loop: Option<&Shared>) -> bool {
        let dropped = self.settle(Stage::Cancelled, event_loop);
        if let Some(event_loop) = event_loop {
            event_loop.forget(self.id());
        }
        dropped.is_some() // it is dropped when nothing else is to be done: its drop may panic
    }

    fn fail(&self, error: Error) {
        let ended = self.stage.replace(Stage::Failed(Box::new(error)));
        drop(catch_unwind(AssertUnwindSafe(|| drop(ended)))); // one error is enough
    }

    fn has_ended(&self) -> bool {
        self.stage.try_borrow().is_ok_and(|stage| !matches!(*stage, Stage::Running(_)))
    }

    fn take_waiter(&self) -> Option<Waiter> {
        self.waiter.take().map(|waiter| *waiter)
    }
}

impl<T, G: Generator<Return = T>> Outcome<T> for TaskCell<G> {
    fn result(&self) -> Result<T, Error>
    where
        T: Clone,
    {
        match self.stage.try_borrow().as_deref() {
            Ok(Stage::Done(value)) => Ok(value.clone()),
            Ok(stage) => Err(stage.error()),
            Err(_) => Err(Error::NotReady),
        }
    }

    fn take(&self) -> Result<T, Error> {
        let Ok(mut stage) = self.stage.try_borrow_mut() else { return Err(Error::NotReady) };
        if !matches!(*stage, Stage::Done(_)) {
            return Err(stage.error());
        }
        match mem::replace(&mut *stage, Stage::Taken) {
            Stage::Done(value) => Ok(value),
            other => Err(other.error()),
        }
    }

    fn set_waiter(&self, waiter: Waiter) {
        self.waiter.set(Some(Box::new(waiter)));
    }
}
