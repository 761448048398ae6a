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

use crate::remote::Remote;
use crate::table::{NO_SLOT, Table, TaskId};
use crate::task::{Ready, TaskCell};
use crate::timers::{Clock, Timers};
use crate::{Error, Generator, Request};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

/// How long a loop waits, when nothing else is left to do, for somebody outside who keeps a waker. Whether that is a
/// thread at work or a lost cause cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

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
    pub(crate) start: Instant,
    pub(crate) patience: Cell<Duration>,
    pub(crate) running: Cell<bool>,
    pub(crate) closed: Cell<bool>,
    next_number: Cell<u32>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let remote = Arc::new(Remote::new());
        Self {
            ready: RefCell::default(),
            table: RefCell::default(),
            timers: RefCell::default(),
            clock: Clock::new(),
            current: Cell::new(TaskId::NONE),
            main: Cell::new(TaskId::NONE),
            has_news: Cell::new(false),
            is_cancelled: Cell::new(false),
            sleeps: RefCell::default(),
            failure: Cell::new(None),
            remote,
            start: Instant::now(),
            patience: Cell::new(PATIENCE),
            running: Cell::new(false),
            closed: Cell::new(false),
            next_number: Cell::new(1),
        }
    }

    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    /// The number of a new task.
    pub(crate) fn number(&self) -> u32 {
        self.next_number.replace(self.next_number.get().wrapping_add(1))
    }

    /// Makes a task, which is not ready yet. Only one with a name needs a place in the table from the start.
    pub(crate) fn create<G>(&self, name: Option<&str>, generator: G) -> Rc<TaskCell<G>>
    where
        G: Generator<Return: 'static> + 'static,
    {
        let number = self.number();
        let id = match name {
            Some(_) => self.table.borrow_mut().add(number, name),
            None => TaskId { slot: NO_SLOT, number },
        };
        Rc::new(TaskCell::new(id, generator))
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
            Request::Wait if Self::has_woken_itself() => self.grant(ready, id, Request::Turn),
            Request::Turn => {
                self.table.borrow_mut().stay_busy(id);
                self.wake_from_outside(); // those were ready before this one
                self.make_ready(ready);
            }
            Request::Sleep(duration) => {
                let due = self.clock.due_in(duration);
                let leaves_timer = self.table.borrow_mut().fall_asleep(id, due);
                self.timers.borrow_mut().set(due, ready);
                if leaves_timer {
                    self.leave_timer();
                }
            }
            Request::Wait if id.slot != NO_SLOT => self.wait(ready, id, until),
            // Nobody knows it, so there is nobody who could wake it but a timer.
            Request::Wait => {
                if let Some(due) = until {
                    self.timers.borrow_mut().set(due, ready);
                    return;
                }
                let id = self.table.borrow_mut().add(id.number, None);
                if let Ready::Task(task) = &ready {
                    task.set_id(id);
                }
                self.wait(ready, id, None);
            }
        }
    }

    fn wait(&self, ready: Ready, id: TaskId, until: Option<u64>) {
        let timer = until.map(|due| (due, ready.clone()));
        let waits = self.table.borrow_mut().wait(id, ready, until);
        match waits {
            Err(woken) => self.make_ready(woken),
            Ok(set) if set == until => {}
            Ok(set) => {
                if let Some((due, ready)) = timer {
                    self.timers.borrow_mut().set(due, ready);
                }
                if set.is_some() {
                    self.leave_timer();
                }
            }
        }
    }

    /// Whether the task is being resumed.
    pub(crate) fn is_resumed(&self, id: TaskId) -> bool {
        self.running.get() && id.number != 0 && self.current.get().number == id.number
    }

    pub(crate) fn wake_from_outside(&self) {
        if self.remote.is_pending() {
            self.remote.take().into_iter().for_each(|id| self.wake(id));
        }
    }

    /// Drops every task where it stands.
    pub(crate) fn cancel_all(&self) {
        let (ready, waiting) = (self.ready.take(), self.table.borrow_mut().take());
        let (timers, alarms) = self.timers.borrow_mut().take();
        let asleep = timers.into_iter().map(|timer| timer.sleeper);
        for ready in ready.into_iter().chain(waiting).chain(asleep) {
            if let Ready::Task(task) = ready {
                task.cancel(Some(self));
            }
        }
        drop((alarms, self.ready.take())); // whom the ends of others have woken
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.cancel_all();
    }
}
