//! The loop itself: rounds of resuming what is ready, from the first task to the end of the main one.

use crate::shared::{Ready, Shared, TaskId};
use crate::timers::Due;
use crate::{Error, Generator, GeneratorState};
use std::rc::Rc;

impl Shared {
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    /// Runs `main` and the tasks, a round at a time, until `main` is complete.
    pub(crate) fn run<G: Generator>(self: &Rc<Self>, mut main: G) -> Result<G::Return, Error> {
        self.check_open()?;
        if self.running.replace(true) {
            return Err(Error::Running);
        }
        let main_id = self.new_id(Some("main"));
        let _leaving = Leaving { shared: self, main: main_id };
        self.make_ready(Ready::Main);
        loop {
            self.wake_from_outside();
            self.fire_timers();
            let round = self.ready.borrow().len();
            if round == 0 {
                self.wait_for_something()?;
            }
            for _ in 0..round {
                let next = self.ready.borrow_mut().pop_front();
                match next {
                    Some(Ready::Task(task)) => {
                        if let Some(request) = task.resume(self) {
                            self.grant(Ready::Task(task), request);
                        }
                    }
                    Some(Ready::Main) => {
                        self.set_current(main_id);
                        match main.resume() {
                            GeneratorState::Yielded(request) => self.grant(Ready::Main, request),
                            GeneratorState::Complete(value) => return Ok(value),
                        }
                    }
                    None => break,
                }
            }
            self.set_current(TaskId::NONE);
        }
    }

    /// Drops every task where it stands.
    pub(crate) fn close(&self) -> Result<(), Error> {
        if self.running.get() {
            return Err(Error::Running);
        }
        self.closed.set(true);
        let waiting = self.waiting.take().into_values();
        let mut left: Vec<_> = self.ready.take().into_iter().chain(waiting).collect();
        let now = u64::MAX; // all of them
        let mut timers = self.timers.take();
        while let Some(due) = timers.pop_due(now) {
            if let Due::Resume(task) = due {
                left.push(Ready::Task(task));
            }
        }
        for ready in left {
            if let Ready::Task(task) = ready {
                task.drop_generator(self);
            }
        }
        Ok(())
    }
}

/// Leaves the loop as it found it, also when `main` panics or is stuck.
struct Leaving<'a> {
    shared: &'a Shared,
    main: TaskId,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.shared.running.set(false);
        self.shared.set_current(TaskId::NONE);
        self.shared.waiting.borrow_mut().remove(&self.main);
        self.shared.forget_name(self.main);
    }
}
