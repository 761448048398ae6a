//! The loop itself: rounds of resuming what is ready, and what happens when nothing is.

use crate::parts::first_panic::FirstPanic;
use crate::parts::queue::{Queue, Stop};
use crate::parts::remote::Waited;
use crate::parts::table::{NO_SLOT, TaskId};
use crate::parts::task::{Ready, Task};
use crate::shared::Shared;
use crate::sync;
use crate::{Error, Generator, GeneratorState, Request};
use paintdry_core::TaskError;
use std::any::Any;
use std::rc::Rc;
use std::time::Duration;

/// How long a loop waits, when nothing else is left to do, for somebody outside who keeps a waker. Whether that is a
/// thread at work or a lost cause cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

impl Shared {
    /// Runs `main` and the tasks, round by round, until `main` is complete.
    pub(crate) fn run<G: Generator>(&self, mut main: G) -> Result<G::Return, Error> {
        self.check_open()?;
        self.check_idle()?;
        let id = self.new_id(Some("main"));
        self.main.set(id);
        self.make_ready(Ready::Main);
        let mut queue = Queue::new(self);
        loop {
            self.wake_from_outside();
            self.fire_timers(queue.len().max(1000));
            queue.take_ready();
            let mut turns = queue.len(); // a round: each that is ready now has one
            if turns == 0 {
                self.wait_for_something()?;
            }
            while turns > 0 {
                let (left, ready, stop) = queue.give(turns);
                turns = left;
                match (ready, stop) {
                    (Some(Ready::Task(task)), Stop::After(request)) => self.end_turn(task, request),
                    (Some(Ready::Task(task)), Stop::Panicked(payload)) => self.end_with_panic(task, payload),
                    (Some(Ready::Main), _) => {
                        self.current.set(id);
                        match main.resume() {
                            GeneratorState::Yielded(request) => self.grant(Ready::Main, id, request),
                            GeneratorState::Complete(value) => return Ok(value),
                        }
                    }
                    _ => {} // the round is over
                }
                queue.take_ready();
            }
        }
    }

    /// Does what is to be done after a turn.
    pub(crate) fn end_turn(&self, task: Rc<dyn Task>, request: Option<Request>) {
        if request == Some(Request::Wait) && self.sleeps.borrow().is_empty() {
            self.current_with_place(); // by that it is found when it is woken; no timer has it
        }
        let id = self.current.get();
        task.set_id(id);
        let is_cancelled = self.is_cancelled.take();
        if is_cancelled {
            task.fail(Error::Cancelled);
        }
        let Some(request) = request.filter(|_| !is_cancelled) else {
            if id.slot != NO_SLOT {
                self.forget(id);
            }
            task.take_waiter().into_iter().for_each(|waiter| waiter.tell(Some(self)));
            return FirstPanic::default().catch(|| drop(task)); // and its result, if nobody is left to take it
        };
        self.grant(Ready::Task(task), id, request);
    }

    /// Ends a task whose turn has panicked. What it asked for before does not count.
    pub(crate) fn end_with_panic(&self, task: Rc<dyn Task>, payload: Box<dyn Any + Send>) {
        let error = Error::from(TaskError::from_panic(payload));
        self.failure.set(Some(error.clone()));
        task.fail(error);
        self.failure.take();
        self.lend_another();
        self.sleeps.borrow_mut().clear();
        self.end_turn(task, None);
    }

    /// Parks the thread until a timer is due or somebody outside wakes a task.
    fn wait_for_something(&self) -> Result<(), Error> {
        if let Some(due) = self.next_due() {
            sync::park_timeout(Duration::from_nanos(due.saturating_sub(self.clock.now())));
            return Ok(());
        }
        let names = || self.table.borrow().names_of_waiting();
        match self.remote.wait(self.patience.get().unwrap_or(PATIENCE)) {
            Waited::Woken => Ok(()),
            Waited::Stuck => Err(Error::Stuck(names())),
            Waited::OutOfPatience => Err(Error::OutOfPatience(names())),
        }
    }

    pub(crate) fn check_idle(&self) -> Result<(), Error> {
        if self.main.get() == TaskId::NONE { Ok(()) } else { Err(Error::Running) }
    }

    pub(crate) fn close(&self) -> Result<(), Error> {
        self.check_idle()?;
        self.closed.set(true);
        self.cancel_all();
        Ok(())
    }
}
