//! The loop: what its handles share, the steps that move a task along, and the rounds in which it runs.
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
use crate::tasks::{Place, Task, TaskId};
use crate::{Error, Generator, GeneratorState, Request};
use slotmap::{Key, SlotMap};
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;
use std::thread;
use std::time::{Duration, Instant};

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

/// How long a loop waits, when nothing else is left to do, for somebody outside who keeps a waker. Whether that is a
/// thread at work or a lost cause cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// Nanoseconds since the start of a loop; they last for 584 years.
pub(crate) type Nanoseconds = u64;

pub(crate) struct Shared {
    tasks: RefCell<SlotMap<TaskId, Place>>,
    ready: RefCell<VecDeque<TaskId>>,
    /// When whom to wake; the order of setting, in the middle, decides between equal times.
    timers: RefCell<BinaryHeap<Reverse<(Nanoseconds, u64, TaskId)>>>,
    timers_set: Cell<u64>,
    /// Names that were given; the others are called by their number.
    names: RefCell<BTreeMap<TaskId, String>>,
    /// The task that is being resumed.
    current: Cell<Option<TaskId>>,
    remote: Arc<Remote>,
    lent: RefCell<Rc<LentWaker>>,
    start: Instant,
    patience: Cell<Duration>,
    running: Cell<bool>,
    closed: Cell<bool>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let remote = Arc::new(Remote::new());
        Self {
            tasks: RefCell::default(),
            ready: RefCell::default(),
            timers: RefCell::default(),
            timers_set: Cell::new(0),
            names: RefCell::default(),
            current: Cell::new(None),
            lent: RefCell::new(Rc::new(LentWaker::new(&remote))),
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

    /// The time in `duration` from now. What is further away than the clock reaches is as good as never.
    pub(crate) fn after(&self, duration: Duration) -> Nanoseconds {
        u64::try_from(self.time().saturating_add(duration).as_nanos()).unwrap_or(u64::MAX)
    }

    pub(crate) fn current(&self) -> Option<TaskId> {
        self.current.get()
    }

    pub(crate) fn set_patience(&self, patience: Duration) {
        self.patience.set(patience);
    }

    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    /// Puts a task into the table, ready to run.
    pub(crate) fn add(&self, name: Option<&str>, task: Option<Box<dyn Task>>) -> TaskId {
        let id = self.tasks.borrow_mut().insert(Place::new(task));
        if let Some(name) = name {
            self.names.borrow_mut().insert(id, name.to_owned());
        }
        self.wake(id);
        id
    }

    /// Drops a task where it stands.
    pub(crate) fn remove(&self, id: TaskId) {
        self.names.borrow_mut().remove(&id);
        let task = self.tasks.borrow_mut().remove(id);
        drop(task); // when nothing is borrowed any more
    }

    /// Makes a task ready, if it is not already or has ended.
    pub(crate) fn wake(&self, id: TaskId) {
        if self.tasks.borrow_mut().get_mut(id).is_some_and(Place::make_ready) {
            self.ready.borrow_mut().push_back(id);
        }
    }

    pub(crate) fn set_timer(&self, deadline: Nanoseconds, id: TaskId) {
        let number = self.timers_set.get();
        self.timers_set.set(number + 1);
        self.timers.borrow_mut().push(Reverse((deadline, number, id)));
    }

    /// The waker for the next poll: the same again, unless somebody kept a clone of it.
    pub(crate) fn lent_waker(&self) -> Rc<LentWaker> {
        let mut lent = self.lent.borrow_mut();
        if lent.is_kept() {
            *lent = Rc::new(LentWaker::new(&self.remote));
        }
        Rc::clone(&lent)
    }

    /// Whether `waker` is the one that is lent to the poll that goes on.
    pub(crate) fn is_lent(&self, waker: &Waker) -> bool {
        self.lent.borrow().waker.will_wake(waker)
    }

    /// Does what a task asked for when it yielded.
    pub(crate) fn grant(&self, id: TaskId, request: Request) {
        match request {
            Request::Turn => {
                self.wake_from_outside(); // those were ready before this one
                self.wake(id);
            }
            Request::Sleep(duration) => self.set_timer(self.after(duration), id),
            Request::Wait => {} // whoever it waits for will wake it
        }
    }

    fn resume(&self, id: TaskId) {
        let task = self.tasks.borrow_mut().get_mut(id).and_then(Place::take);
        let Some(mut task) = task else { return }; // it was cancelled when it was ready
        let Some(request) = task.resume() else { return self.remove(id) };
        match self.tasks.borrow_mut().get_mut(id) {
            Some(place) => place.put_back(task),
            None => return, // it was cancelled while it ran
        }
        self.grant(id, request);
    }

    fn wake_from_outside(&self) {
        if self.remote.is_pending() {
            self.remote.take().into_iter().for_each(|id| self.wake(id));
        }
    }

    fn fire_timers(&self) {
        if self.timers.borrow().is_empty() {
            return; // so a loop without timers never reads the clock
        }
        let (mut timers, now) = (self.timers.borrow_mut(), self.after(Duration::ZERO));
        while timers.peek().is_some_and(|Reverse((deadline, ..))| *deadline <= now) {
            timers.pop().into_iter().for_each(|Reverse((.., id))| self.wake(id));
        }
    }

    /// When the next timer is due. Those of tasks that have ended are dropped.
    fn next_deadline(&self) -> Option<Nanoseconds> {
        let (mut timers, tasks) = (self.timers.borrow_mut(), self.tasks.borrow());
        while timers.peek().is_some_and(|Reverse((.., id))| !tasks.contains_key(*id)) {
            timers.pop();
        }
        timers.peek().map(|Reverse((deadline, ..))| *deadline)
    }

    /// Parks the thread until a timer is due or somebody outside wakes a task.
    fn wait_for_something(&self) -> Result<(), Error> {
        if let Some(deadline) = self.next_deadline() {
            thread::park_timeout(Duration::from_nanos(deadline).saturating_sub(self.time()));
            return Ok(());
        }
        let patience_ends = self.time().saturating_add(self.patience.get());
        drop(self.lent_waker()); // now every waker that somebody keeps is one of theirs
        while !self.remote.is_pending() {
            let left = patience_ends.saturating_sub(self.time());
            if !LentWaker::others_exist(&self.remote) || left.is_zero() {
                return Err(Error::Stuck(self.names_of_tasks()));
            }
            thread::park_timeout(left);
        }
        Ok(())
    }

    fn names_of_tasks(&self) -> Vec<String> {
        let names = self.names.borrow();
        let number = |id: TaskId| id.data().as_ffi() & u64::from(u32::MAX); // its place in the table
        let name = |id| names.get(&id).cloned().unwrap_or_else(|| format!("task {}", number(id)));
        self.tasks.borrow().keys().map(name).collect()
    }

    /// Runs `main` and the tasks, round by round, until `main` is complete.
    pub(crate) fn run<G: Generator>(&self, mut main: G) -> Result<G::Return, Error> {
        self.check_open()?;
        if self.running.replace(true) {
            return Err(Error::Running);
        }
        let main_id = self.add(Some("main"), None);
        let _leaving = Leaving { shared: self, main_id };
        loop {
            self.wake_from_outside();
            self.fire_timers();
            let round = self.ready.borrow().len();
            if round == 0 {
                self.wait_for_something()?;
            }
            for _ in 0..round {
                let next = self.ready.borrow_mut().pop_front();
                self.current.set(next);
                match next {
                    Some(id) if id != main_id => self.resume(id),
                    _ => {
                        self.tasks.borrow_mut().get_mut(main_id).and_then(Place::take); // it is not ready now
                        match main.resume() {
                            GeneratorState::Yielded(request) => self.grant(main_id, request),
                            GeneratorState::Complete(value) => return Ok(value),
                        }
                    }
                }
            }
        }
    }

    /// Drops every task where it stands.
    pub(crate) fn close(&self) -> Result<(), Error> {
        if self.running.get() {
            return Err(Error::Running);
        }
        self.closed.set(true);
        self.ready.take();
        self.timers.take();
        let tasks = self.tasks.take();
        drop(tasks); // when nothing is borrowed any more
        Ok(())
    }
}

/// Leaves the loop as it was found, also when `main` panics or is stuck.
struct Leaving<'a> {
    shared: &'a Shared,
    main_id: TaskId,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.shared.running.set(false);
        self.shared.current.set(None);
        self.shared.remove(self.main_id);
    }
}
