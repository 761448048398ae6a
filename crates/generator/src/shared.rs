//! What the handles of a loop share, and the steps that move a task along.
//!
//! A task's life, and the step that takes it along each arrow:
//!
//! ```text
//!  create_task ──> ready ──resume──> running ──────────> complete
//!                    ^                  │ grant
//!                    ├───── Turn ───────┤
//!                    ├──fire_timers─────┤ Sleep: a timer has its number
//!                    └───── wake ───────┘ Wait: whoever it waits for has its number
//! ```

use crate::remote::{LentWaker, Remote};
use crate::tasks::{Place, TaskId};
use crate::{Error, Request};
use slotmap::{Key, SlotMap};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Waker;
use std::time::{Duration, Instant};

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

/// How long a loop waits, when nothing else is left to do, for somebody outside who keeps a waker. Whether that is a
/// thread at work or a lost cause cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// When a timer is due; between equal times the order of setting decides. No two timers of a process have the same.
pub(crate) type TimerKey = (Instant, u64);

/// Who is told when a timer is due or a result is there.
pub(crate) enum Waiter {
    /// A task of the loop, which looks for itself what has come.
    Task(TaskId),
    /// A task of the loop that yielded [`Request::Sleep`], and goes on for no other reason.
    Sleeper(TaskId),
    /// A future, on whatever executor.
    Waker(Waker),
}

pub(crate) struct Shared {
    pub(crate) tasks: RefCell<SlotMap<TaskId, Place>>,
    pub(crate) ready: RefCell<VecDeque<TaskId>>,
    pub(crate) timers: RefCell<BTreeMap<TimerKey, Waiter>>,
    /// The task that is being resumed; the number of none while the loop does not run.
    pub(crate) current: Cell<TaskId>,
    pub(crate) remote: Arc<Remote>,
    lent: RefCell<Rc<LentWaker>>,
    pub(crate) start: Instant,
    pub(crate) patience: Cell<Duration>,
    pub(crate) running: Cell<bool>,
    pub(crate) closed: Cell<bool>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let remote = Arc::new(Remote::new());
        Self {
            tasks: RefCell::default(),
            ready: RefCell::default(),
            timers: RefCell::default(),
            current: Cell::new(TaskId::null()),
            lent: RefCell::new(Rc::new(LentWaker::new(&remote))),
            remote,
            start: Instant::now(),
            patience: Cell::new(PATIENCE),
            running: Cell::new(false),
            closed: Cell::new(false),
        }
    }

    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    /// Puts a task into the table. It is not ready yet.
    pub(crate) fn add(&self, place: Place) -> TaskId {
        self.tasks.borrow_mut().insert(place)
    }

    /// Drops a task where it stands.
    pub(crate) fn remove(&self, id: TaskId) {
        let task = self.tasks.borrow_mut().remove(id);
        drop(task); // when nothing is borrowed any more: its drop may use the loop
    }

    /// Makes a task ready, if it is not already, sleeps, or has ended.
    pub(crate) fn wake(&self, id: TaskId) {
        if self.tasks.borrow_mut().get_mut(id).is_some_and(Place::make_ready) {
            self.ready.borrow_mut().push_back(id);
        }
    }

    pub(crate) fn tell(&self, waiter: Waiter) {
        match waiter {
            Waiter::Task(id) => self.wake(id),
            Waiter::Sleeper(id) => {
                self.tasks.borrow_mut().get_mut(id).into_iter().for_each(Place::wake_up);
                self.wake(id);
            }
            Waiter::Waker(waker) => waker.wake(),
        }
    }

    /// The key of a new timer. What is further away than the clock reaches is as good as never.
    pub(crate) fn timer_in(duration: Duration) -> TimerKey {
        static SET: AtomicU64 = AtomicU64::new(0);
        const A_CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        let now = Instant::now();
        let deadline = now.checked_add(duration).unwrap_or_else(|| now + A_CENTURY);
        (deadline, SET.fetch_add(1, Ordering::Relaxed))
    }

    /// Sets a timer, or gives one that is set another waiter.
    pub(crate) fn set_timer(&self, key: TimerKey, waiter: Waiter) {
        let replaced = self.timers.borrow_mut().insert(key, waiter);
        drop(replaced); // when nothing is borrowed any more
    }

    pub(crate) fn clear_timer(&self, key: TimerKey) {
        let cleared = self.timers.borrow_mut().remove(&key);
        drop(cleared);
    }

    /// A waker of the task that is being resumed: the same that others were lent, unless somebody kept a clone of it.
    pub(crate) fn lent_waker(&self) -> Rc<LentWaker> {
        self.renew_lent_waker();
        let lent = Rc::clone(&self.lent.borrow());
        lent.lend_to(self.current.get());
        lent
    }

    pub(crate) fn renew_lent_waker(&self) {
        let mut lent = self.lent.borrow_mut();
        if lent.is_kept() {
            *lent = Rc::new(LentWaker::new(&self.remote));
        }
    }

    /// Whether `waker` is the one that is lent to the poll that goes on. A future that is polled with another one (some
    /// combinators, such as `join_all`, have their own) must be woken by that one.
    pub(crate) fn is_lent(&self, waker: &Waker) -> bool {
        self.lent.borrow().waker.will_wake(waker)
    }

    /// Whom to tell, so that the future that is polled with `waker` is polled again. The loop's own tasks are known by
    /// their number: that costs no waker, and keeps none that could make a stuck loop look hopeful.
    pub(crate) fn waiter(&self, waker: &Waker) -> Waiter {
        if self.is_lent(waker) { Waiter::Task(self.current.get()) } else { Waiter::Waker(waker.clone()) }
    }

    /// Does what a task asked for when it yielded.
    pub(crate) fn grant(&self, id: TaskId, request: Request) {
        match request {
            Request::Turn => {
                self.wake_from_outside(); // those were ready before this one
                self.wake(id);
            }
            Request::Sleep(duration) => {
                self.tasks.borrow_mut().get_mut(id).into_iter().for_each(Place::fall_asleep);
                self.set_timer(Self::timer_in(duration), Waiter::Sleeper(id));
            }
            Request::Wait => {} // whoever it waits for will wake it
        }
    }

    pub(crate) fn resume(&self, id: TaskId) {
        let task = self.tasks.borrow_mut().get_mut(id).and_then(|place| place.task.take());
        let Some(mut task) = task else { return };
        let Some(request) = task.resume() else { return self.remove(id) };
        match self.tasks.borrow_mut().get_mut(id) {
            Some(place) => place.task = Some(task),
            None => return, // it was cancelled while it ran
        }
        self.grant(id, request);
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
        let now = Instant::now();
        loop {
            let mut timers = self.timers.borrow_mut();
            let Some(first) = timers.first_entry().filter(|first| first.key().0 <= now) else { return };
            let waiter = first.remove();
            drop(timers); // a waker may use the loop
            self.tell(waiter);
        }
    }
}
