//! A task as the studio sees it: its name, its state, and what it waits for.

use crate::event::{What, WokenBy};
use crate::run::Run;
use crate::spans::TaskSpan;
use std::cell::{Cell, RefCell};
use std::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU32, AtomicU64,
    Ordering::{Relaxed, SeqCst},
};
use std::sync::{Arc, OnceLock};

thread_local! {
    /// The task that is polled on this thread.
    static CURRENT: RefCell<Option<Arc<TaskState>>> = const { RefCell::new(None) };
    /// Whether a timer fires on this thread, and so is the cause of what is woken meanwhile.
    static FIRING: Cell<bool> = const { Cell::new(false) };
}

const WAITING: u8 = 0;
const READY: u8 = 1;
const RUNNING: u8 = 2;
/// Running, and woken meanwhile: ready when the poll ends.
const WOKEN: u8 = 3;
const DONE: u8 = 4;

/// What a task is known to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WaitsFor {
    /// A wake, by whom is unknown.
    Wake,
    /// The end of another task.
    Task(u32),
}

pub(crate) struct TaskState {
    pub(crate) number: u32,
    pub(crate) run: Arc<Run>,
    state: AtomicU8,
    yielded: AtomicBool,
    name: OnceLock<Box<str>>,
    /// The line at which it was last seen; 0 if none was told.
    line: AtomicU32,
    /// The number of the task that it joins, and 1; 0 if it joins none.
    joins: AtomicU64,
    pub(crate) span: TaskSpan,
}

impl TaskState {
    /// A task that is ready.
    pub(crate) fn new(run: &Arc<Run>) -> Arc<Self> {
        let number = run.next_task.fetch_add(1, SeqCst);
        let task = Arc::new(Self {
            number,
            run: Arc::clone(run),
            state: AtomicU8::new(READY),
            yielded: AtomicBool::new(false),
            name: OnceLock::new(),
            line: AtomicU32::new(0),
            joins: AtomicU64::new(0),
            span: TaskSpan::new(number),
        });
        run.logs.add_task(&task);
        let by = polled_here().filter(|by| Arc::ptr_eq(&by.run, run)).map(|by| by.number);
        task.record(What::Spawn { by });
        run.counts.one_more_ready();
        task
    }

    pub(crate) fn record(&self, what: What) {
        self.run.logs.record(self.number, || self.run.clock.now_ns(), what);
    }

    /// The name that it was given, or its number.
    pub(crate) fn name(&self) -> String {
        match self.name.get() {
            Some(name) => name.to_string(),
            None if self.number == 0 => "main".to_owned(),
            None => format!("task {}", self.number),
        }
    }

    /// Gives it a name, once.
    pub(crate) fn set_name(&self, name: &str) {
        if self.name.set(name.into()).is_ok() {
            self.span.named(name); // the first name stays
        }
    }

    pub(crate) fn line(&self) -> Option<u32> {
        Some(self.line.load(SeqCst)).filter(|line| *line != 0)
    }

    pub(crate) fn set_line(&self, line: u32) {
        if self.line.swap(line, SeqCst) != line {
            self.record(What::Line(line));
        }
    }

    pub(crate) fn waits_for(&self) -> WaitsFor {
        match self.joins.load(SeqCst).checked_sub(1).and_then(|number| u32::try_from(number).ok()) {
            Some(number) => WaitsFor::Task(number),
            None => WaitsFor::Wake,
        }
    }

    /// Notes that it waits for the end of another task, and whether it begins to now.
    pub(crate) fn joins(&self, other: u32, begins: bool) {
        self.joins.store(u64::from(other) + 1, SeqCst);
        if begins {
            self.record(What::Join { other });
        }
    }

    /// Notes that the poll that goes on gives up the task's turn: the runtime will wake it, whenever that may be. Or
    /// that it did not after all.
    pub(crate) fn yields(&self, yes: bool) {
        self.yielded.store(yes, SeqCst);
        if yes {
            self.record(What::Yield);
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state.load(SeqCst) == DONE
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.state.load(SeqCst) == READY
    }

    /// A thread begins to poll it.
    pub(crate) fn begin_poll(&self) {
        self.joins.store(0, SeqCst);
        match self.state.swap(RUNNING, SeqCst) {
            READY => self.run.counts.ready_to_running(),
            _ => self.run.counts.one_more_running(), // nobody woke it: some runtimes poll the main future when they like
        }
        self.run.polls.fetch_add(1, Relaxed);
        self.run.logs.record_poll(self.number, || self.run.clock.now_ns());
        self.span.enter();
    }

    /// Its poll ends, and it has more to do.
    pub(crate) fn end_poll(&self) {
        self.span.exit(); // before time may go on: a timer that fires below is no wake of the task by itself
        self.record(What::Pending);
        let stays_ready =
            self.yielded.swap(false, SeqCst) || self.state.compare_exchange(RUNNING, WAITING, SeqCst, SeqCst).is_err();
        if stays_ready {
            self.state.store(READY, SeqCst);
            self.run.counts.running_to_ready();
        } else {
            self.run.counts.one_less_running();
        }
        self.run.look_whether_all_wait();
    }

    /// Its poll ends, and with it the task.
    pub(crate) fn end(&self) {
        self.span.close();
        self.state.store(DONE, SeqCst);
        self.run.counts.one_less_running();
        self.run.look_whether_all_wait();
    }

    /// It is about to be dropped before its end. Until [`end`](Self::end) it counts as running, because what it owns
    /// may wake others when it is dropped.
    pub(crate) fn begin_cancel(&self) {
        match self.state.swap(WOKEN, SeqCst) {
            READY => self.run.counts.ready_to_running(),
            _ => self.run.counts.one_more_running(),
        }
        self.record(What::Cancel);
    }

    /// Its waker was called.
    pub(crate) fn woken(&self) {
        if self.is_done() {
            return;
        }
        self.span.woken();
        let now = || self.run.clock.now_ns();
        match polled_here() {
            _ if FIRING.get() => self.run.logs.record(self.number, now, What::Wake(WokenBy::Timer)),
            Some(by) => self.run.logs.record(self.number, now, What::Wake(WokenBy::Task(by.number))),
            None => self.run.logs.record_wake_from_outside(self.number, now),
        }
        self.make_ready();
    }

    fn make_ready(&self) {
        let change = |from, to| self.state.compare_exchange(from, to, SeqCst, SeqCst);
        loop {
            match self.state.load(SeqCst) {
                // Counted first: it must not look as if nobody could run between the two.
                WAITING => {
                    self.run.counts.one_more_ready();
                    match change(WAITING, READY) {
                        Ok(_) => return,
                        Err(_) => self.run.counts.one_less_ready(),
                    }
                }
                RUNNING => {
                    if change(RUNNING, WOKEN).is_ok() {
                        return;
                    }
                }
                _ => return,
            }
        }
    }
}

/// The task that is polled on this thread, if there is one. A thread that is about to end polls none.
pub(crate) fn polled_here() -> Option<Arc<TaskState>> {
    CURRENT.try_with(|current| current.borrow().clone()).ok().flatten()
}

/// The task that is polled on this thread.
///
/// # Panics
/// If there is none.
pub(crate) fn current(what: &str) -> Arc<TaskState> {
    polled_here().unwrap_or_else(|| panic!("{what} outside of a watched task; do it inside of Studio::run"))
}

/// Does `action` on behalf of `task`.
pub(crate) fn acting_as<R>(task: &Arc<TaskState>, action: impl FnOnce() -> R) -> R {
    struct Restore(Option<Arc<TaskState>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            swap_current(self.0.take());
        }
    }
    let _restore = Restore(swap_current(Some(Arc::clone(task))));
    action()
}

fn swap_current(task: Option<Arc<TaskState>>) -> Option<Arc<TaskState>> {
    CURRENT.try_with(|current| current.replace(task)).ok().flatten()
}

/// Wakes whom a timer was set for.
pub(crate) fn firing(wake: impl FnOnce()) {
    let before = FIRING.replace(true);
    wake();
    FIRING.set(before);
}
