//! What a loop's handles share: the ready queue, the timers, the tasks that wait; and the steps that move a task
//! from one to another.
//!
//! A task's life, and the step that takes it along each arrow:
//!
//! ```text
//!  create_task ──> ready ──resume──> running ──complete──> done
//!                    ^                  │
//!                    ├──────────────────┤  grant(Turn)
//!                    ├──fire_timers── timers <── grant(Sleep)
//!                    └──wake──────── waiting <── grant(Wait)
//! ```

use crate::remote::{LentWaker, Remote};
use crate::task::Task;
use crate::timers::{Due, Timers};
use crate::{Error, Request};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

/// The number of a task, in the order of creation; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TaskId(pub(crate) u64);

impl TaskId {
    /// No task: while the loop itself is at work.
    pub(crate) const NONE: Self = Self(0);
}

/// What stands in the ready queue.
pub(crate) enum Ready {
    /// The generator that `run_until_complete` was given, which stays on that function's stack.
    Main,
    /// A task.
    Task(Rc<dyn Task>),
}

/// How long a loop waits, when nothing else is left to do, for somebody outside who keeps a waker. Whether that is a
/// thread at work or a lost cause cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Shared {
    pub(crate) ready: RefCell<VecDeque<Ready>>,
    pub(crate) timers: RefCell<Timers>,
    pub(crate) waiting: RefCell<BTreeMap<TaskId, Ready>>,
    /// Names that were given; the others are called by their number.
    names: RefCell<BTreeMap<TaskId, String>>,
    last: Cell<TaskId>,
    /// The task that is being resumed.
    pub(crate) current: Cell<TaskId>,
    /// A task that was woken while it was being resumed, and so must not be left waiting.
    woken: Cell<TaskId>,
    /// What the future that is being polled asks of the loop, and the waker by which it is known.
    pub(crate) request: Cell<Option<Request>>,
    pub(crate) polled_with: Cell<Option<*const ()>>,
    /// Whether that future waits for an outcome on this loop.
    pub(crate) awaits: Cell<bool>,
    pub(crate) lent: Cell<Option<LentWaker>>,
    pub(crate) remote: Arc<Remote>,
    start: Instant,
    patience: Cell<Duration>,
    pub(crate) running: Cell<bool>,
    pub(crate) closed: Cell<bool>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let remote = Arc::new(Remote::new());
        Self {
            ready: RefCell::default(),
            timers: RefCell::default(),
            waiting: RefCell::default(),
            names: RefCell::default(),
            last: Cell::new(TaskId::NONE),
            current: Cell::new(TaskId::NONE),
            woken: Cell::new(TaskId::NONE),
            request: Cell::new(None),
            polled_with: Cell::new(None),
            awaits: Cell::new(false),
            lent: Cell::new(Some(LentWaker::new(&remote))),
            remote,
            start: Instant::now(),
            patience: Cell::new(PATIENCE),
            running: Cell::new(false),
            closed: Cell::new(false),
        }
    }

    pub(crate) fn time(&self) -> Duration {
        self.start.elapsed()
    }

    /// The number of the task that is being resumed.
    pub(crate) fn current(&self) -> Option<TaskId> {
        Some(self.current.get()).filter(|id| *id != TaskId::NONE)
    }

    pub(crate) fn set_current(&self, id: TaskId) {
        self.current.set(id);
    }

    /// A number for a new task, which is called `name` from now on, or by its number.
    pub(crate) fn new_id(&self, name: Option<&str>) -> TaskId {
        let id = TaskId(self.last.get().0 + 1);
        self.last.set(id);
        if let Some(name) = name {
            self.names.borrow_mut().insert(id, name.to_owned());
        }
        id
    }

    pub(crate) fn forget_name(&self, id: TaskId) {
        self.names.borrow_mut().remove(&id);
    }

    pub(crate) fn set_patience(&self, patience: Duration) {
        self.patience.set(patience);
    }

    pub(crate) fn make_ready(&self, ready: Ready) {
        self.ready.borrow_mut().push_back(ready);
    }

    /// Makes a task ready that waits; a task that is ready already, or asleep by its own request, stays where it is.
    pub(crate) fn wake(&self, id: TaskId) {
        if id == self.current.get() {
            self.woken.set(id);
        } else if let Some(ready) = self.waiting.borrow_mut().remove(&id) {
            self.make_ready(ready);
        }
    }

    /// Puts the task that yielded where its request says.
    pub(crate) fn grant(&self, task: Ready, request: Request) {
        match request {
            Request::Turn => {
                if self.remote.is_pending() {
                    self.wake_from_outside(); // those were ready before this one
                }
                self.make_ready(task);
            }
            Request::Sleep(duration) => self.set_timer(duration, task),
            Request::Wait if self.woken.replace(TaskId::NONE) == self.current.get() => self.make_ready(task),
            Request::Wait => self.park(task),
        }
    }

    fn park(&self, task: Ready) {
        self.waiting.borrow_mut().insert(self.current.get(), task);
    }

    fn set_timer(&self, duration: Duration, task: Ready) {
        let due = match task {
            Ready::Task(task) => Due::Resume(task),
            Ready::Main => {
                self.park(Ready::Main);
                Due::Wake(self.current.get())
            }
        };
        self.timers.borrow_mut().set(self.deadline(duration), due);
    }

    /// The time in `duration` from now, in nanoseconds since the start; at most 584 years, which is as good as never.
    pub(crate) fn deadline(&self, duration: Duration) -> u64 {
        u64::try_from(self.time().saturating_add(duration).as_nanos()).unwrap_or(u64::MAX)
    }

    pub(crate) fn wake_from_outside(&self) {
        if self.remote.is_pending() {
            self.remote.take().into_iter().for_each(|id| self.wake(id));
        }
    }

    pub(crate) fn fire_timers(&self) {
        if self.timers.borrow().is_empty() {
            return; // so a loop without timers never reads the clock
        }
        let now = self.deadline(Duration::ZERO);
        loop {
            let due = self.timers.borrow_mut().pop_due(now);
            match due {
                Some(Due::Resume(task)) => self.make_ready(Ready::Task(task)),
                Some(Due::Wake(id)) => self.wake(id),
                Some(Due::Waker(waker)) => waker.wake(),
                None => return,
            }
        }
    }

    /// Parks the thread until a timer is due or somebody outside wakes a task.
    ///
    /// # Errors
    /// [`Error::Stuck`] if neither can happen, or nobody has woken a task within the loop's patience.
    pub(crate) fn wait_for_something(&self) -> Result<(), Error> {
        let is_dead = |due: &Due| match due {
            Due::Resume(task) => task.has_ended(),
            Due::Wake(id) => !self.waiting.borrow().contains_key(id),
            Due::Waker(_) => false,
        };
        let deadline = self.timers.borrow_mut().next_deadline(is_dead);
        if let Some(deadline) = deadline {
            thread::park_timeout(Duration::from_nanos(deadline).saturating_sub(self.time()));
            return Ok(());
        }
        let patience_ends = self.time().saturating_add(self.patience.get());
        while !self.remote.is_pending() {
            let left = patience_ends.saturating_sub(self.time());
            if !self.somebody_may_wake() || left.is_zero() {
                return Err(Error::Stuck(self.names_of_waiting()));
            }
            thread::park_timeout(left);
        }
        Ok(())
    }

    /// Whether a waker is kept anywhere.
    fn somebody_may_wake(&self) -> bool {
        let lent = self.lent.take();
        let own = 1 + usize::from(lent.is_some());
        self.lent.set(lent);
        Arc::strong_count(&self.remote) > own
    }

    fn names_of_waiting(&self) -> Vec<String> {
        let names = self.names.borrow();
        let name = |id: &TaskId| names.get(id).cloned().unwrap_or_else(|| format!("task {}", id.0));
        self.waiting.borrow().keys().map(name).collect()
    }
}
