//! What the handles of a loop share, and the steps that move a task along.
//!
//! A task's life, and the step that takes it along each arrow:
//!
//! ```text
//!  create_task ──> ready ──resume──> running ──────────> complete
//!                    ^                  │ grant
//!                    ├───── Turn ───────┤
//!                    ├──fire_timers─────┤ Sleep: a timer has it
//!                    └───── wake ───────┘ Wait: the table has it, and whoever it waits for its number
//! ```

use crate::parts::first_panic::FirstPanic;
use crate::parts::remote::Remote;
use crate::parts::table::{NO_SLOT, Table, TaskId};
use crate::parts::task::Ready;
use crate::parts::timers::{Clock, Timers};
use crate::sync::Arc;
use crate::{Error, Request};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

#[derive(Default)]
pub(crate) struct Shared {
    /// Who has become ready since the last turn; all the others that are ready are in the queue of the run.
    pub(crate) ready: RefCell<VecDeque<Ready>>,
    pub(crate) table: RefCell<Table>,
    pub(crate) timers: RefCell<Timers>,
    pub(crate) clock: Clock,
    /// The task that is being resumed, and the main one; none while the loop does not run.
    pub(crate) current: Cell<TaskId>,
    pub(crate) main: Cell<TaskId>,
    /// Whether the turn that goes on has done more than to give itself up: somebody has become ready, say. One look at
    /// this after each turn is what everything that is rare costs those that only yield.
    pub(crate) has_news: Cell<bool>,
    /// Whether the task that is being resumed has cancelled itself.
    pub(crate) is_cancelled: Cell<bool>,
    /// When the sleeps of the future that is being polled are due. A poll that goes on waiting polls what it waits for, so
    /// this is made anew each time.
    pub(crate) sleeps: RefCell<Vec<u64>>,
    /// With what error a task is ended, while its generator is dropped for that.
    pub(crate) failure: Cell<Option<Error>>,
    pub(crate) remote: Arc<Remote>,
    /// How long it waits for a wake from outside, if it was told.
    pub(crate) patience: Cell<Option<Duration>>,
    pub(crate) closed: Cell<bool>,
    /// The number of the task that was made last.
    pub(crate) last_number: Cell<u32>,
}

impl Shared {
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    /// By what a new task is known. Only one with a name needs a place in the table from the start.
    pub(crate) fn new_id(&self, name: Option<&str>) -> TaskId {
        let number = self.last_number.get().wrapping_add(1);
        self.last_number.set(number);
        match name {
            Some(_) => self.table.borrow_mut().add(number, name),
            None => TaskId { slot: NO_SLOT, number },
        }
    }

    /// The task that is being resumed, with a place in the table, because somebody has to know it.
    pub(crate) fn current_with_place(&self) -> TaskId {
        let mut id = self.current.get();
        if id.slot == NO_SLOT {
            id = self.table.borrow_mut().add(id.number, None);
            self.current.set(id);
            self.has_news.set(true);
        }
        id
    }

    pub(crate) fn make_ready(&self, ready: Ready) {
        self.ready.borrow_mut().push_back(ready);
        self.has_news.set(true);
    }

    /// Makes a task ready, if it waits.
    pub(crate) fn wake(&self, id: TaskId) {
        self.has_news.set(true);
        let woken = self.table.borrow_mut().wake(id, self.current.get() == id);
        if let Some(ready) = woken {
            self.make_ready(ready);
        }
    }

    /// Gives a task's place in the table free. It may leave a timer behind.
    pub(crate) fn forget(&self, id: TaskId) {
        let waiting = self.table.borrow_mut().remove(id);
        drop(waiting); // when nothing is borrowed any more: its drop may use the loop
        self.leave_timer();
    }

    /// Does what a task asked for when it yielded.
    pub(crate) fn grant(&self, ready: Ready, id: TaskId, request: Request) {
        let until = self.sleeps.borrow_mut().drain(..).min();
        match request {
            Request::Turn => {
                self.table.borrow_mut().stay_busy(id);
                self.go_on(ready, until);
            }
            Request::Sleep(duration) => {
                self.table.borrow_mut().fall_asleep(id);
                self.set_timer(ready, id, Some(self.clock.due_in(duration)));
            }
            Request::Wait => {
                let is_woken = self.table.borrow_mut().wait(id, &ready);
                if is_woken {
                    self.go_on(ready, until);
                } else {
                    self.set_timer(ready, id, until);
                }
            }
        }
    }

    /// Makes a task ready that does not wait. Those whom others woke meanwhile, or it did itself, were ready before it.
    fn go_on(&self, ready: Ready, until: Option<u64>) {
        if until.is_some() {
            self.clock.now(); // no timer is set, so it is by this look that the sleep beside the yield can end
        }
        self.wake_from_outside();
        self.make_ready(ready);
    }

    /// Sets the timer of a task, if it has to go on at some time, in place of the one that was set before.
    fn set_timer(&self, ready: Ready, id: TaskId, due: Option<u64>) {
        let before = self.table.borrow_mut().set_due(id, due);
        if before == due {
            return;
        }
        if let Some(due) = due {
            self.timers.borrow_mut().set(due, ready);
        }
        if before.is_some() {
            self.leave_timer();
        }
    }

    /// Whether the task is being resumed.
    pub(crate) fn is_resumed(&self, id: TaskId) -> bool {
        id.number != 0 && self.current.get().number == id.number
    }

    pub(crate) fn wake_from_outside(&self) {
        if self.remote.is_pending() {
            self.remote.take().into_iter().for_each(|id| self.wake(id));
        }
    }

    /// Drops every task where it stands. If a drop panics, the panic goes on when all are dropped; the first one does.
    pub(crate) fn cancel_all(&self) {
        let (ready, waiting) = (self.ready.take(), self.table.borrow_mut().take());
        let Timers { tasks: timers, alarms, .. } = self.timers.take();
        let asleep = timers.into_iter().map(|timer| timer.sleeper);
        let mut panic = FirstPanic::default();
        for ready in ready.into_iter().chain(waiting).chain(asleep) {
            if let Ready::Task(task) = ready {
                panic.catch(|| drop((task.cancel(Some(self)), task)));
            }
        }
        drop((alarms, self.ready.take())); // whom the ends of others have woken
        panic.go_on();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.cancel_all();
    }
}
