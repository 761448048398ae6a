//! A task on its way through the states: ready, running, waiting, done. Each step is noted, and counted.

mod turns;

use crate::event::{EventKind, WakeSource};
use crate::facts::{CHOSEN, DONE, READY, RUNNING, TaskFacts, WAITING, WOKEN, YIELDED};
use crate::primitives::{AtomicU32, thread_local};
use crate::run::Run;
use crate::spans::TaskSpan;
use crate::timers::is_firing;
use std::cell::RefCell;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};

thread_local! {
    /// The tasks that are being polled on this thread, each inside the one before it. There are several if a task runs
    /// another runtime, or drops another task.
    static POLLED: RefCell<Vec<Arc<TaskState>>> = const { RefCell::new(Vec::new()) };
}

pub(crate) struct TaskState {
    pub(crate) facts: Arc<TaskFacts>,
    pub(crate) run: Arc<Run>,
    /// How many yields it has begun whose wakers the runtime has not called yet: until then the runtime will poll the task.
    yields: AtomicU32,
    pub(crate) span: TaskSpan,
    /// Whether a thread was started for this task: such a thread runs no other task of the run.
    is_apart: bool,
}

impl TaskState {
    /// A task that is ready, and may have a name already. It was made by the caller's caller.
    #[track_caller]
    pub(crate) fn new(run: &Arc<Run>, name: Option<&str>) -> Arc<Self> {
        Self::made(run, name, false)
    }

    /// The task of a thread that is started for it.
    #[track_caller]
    pub(crate) fn apart(run: &Arc<Run>, name: &str) -> Arc<Self> {
        Self::made(run, Some(name), true)
    }

    #[track_caller]
    fn made(run: &Arc<Run>, name: Option<&str>, is_apart: bool) -> Arc<Self> {
        let number = run.next_task.fetch_add(1, SeqCst);
        let facts = Arc::new(TaskFacts::new(number));
        if let Some(name) = name {
            facts.set_name(name);
        }
        let run = Arc::clone(run);
        let shown = name.or((number == 0).then_some("main")); // as in a recording
        let task = Arc::new(Self {
            facts,
            run,
            yields: AtomicU32::new(0),
            span: TaskSpan::new(number, shown, Location::caller()),
            is_apart,
        });
        let by = polled_here().filter(|by| Arc::ptr_eq(&by.run, &task.run)).map(|by| by.number());
        task.run.logs.record_spawn(&task.facts, &task.run.clock, by);
        task.is_ready_now();
        task.run.counts.one_more_ready();
        task
    }

    pub(crate) fn number(&self) -> u32 {
        self.facts.number
    }

    /// Whether the thread that polls this task, and no task around it, also runs others.
    pub(crate) fn is_on_a_worker(&self) -> bool {
        let is_apart_main = self.run.main_is_apart && self.number() == 0;
        !self.is_apart && !is_apart_main
    }

    pub(crate) fn record(&self, what: EventKind) {
        self.run.record(self.number(), what);
    }

    /// Gives it a name, once.
    pub(crate) fn set_name(&self, name: &str) {
        if self.facts.set_name(name) {
            self.span.named(name);
        }
    }

    pub(crate) fn set_line(&self, line: u32) {
        if self.facts.set_line(line) {
            self.record(EventKind::Line(line));
        }
    }

    /// Notes that it waits for the end of another task, and whether it begins to now.
    pub(crate) fn joins(&self, other: &Self, begins: bool) {
        if !Arc::ptr_eq(&self.run, &other.run) {
            return; // a task of another run has no number in this one
        }
        self.facts.join(other.number());
        if begins {
            self.record(EventKind::Join { other: other.number() });
        }
    }

    /// Notes that it no longer waits for the end of that task, if it did.
    pub(crate) fn joins_no_more(&self, other: &Self) {
        if Arc::ptr_eq(&self.run, &other.run) {
            self.facts.leave(other.number());
        }
    }

    /// A yield begins.
    pub(crate) fn begin_yield(&self) {
        self.yields.fetch_add(1, SeqCst);
    }

    /// A yield is over: the runtime has called its waker, or it was dropped.
    pub(crate) fn end_yield(&self) {
        self.yields.fetch_sub(1, SeqCst);
        if self.wait_unless_it_yields() {
            self.run.advance_if_idle();
        }
    }

    /// If it was ready only because it yielded, and that is over, then it waits: the waker of the yield was that of another task,
    /// or of none.
    fn wait_unless_it_yields(&self) -> bool {
        let waits = self.yields.load(SeqCst) == 0
            && self.facts.state.compare_exchange(YIELDED, WAITING, SeqCst, SeqCst).is_ok();
        if waits {
            self.is_ready_no_more();
            self.run.counts.one_less_ready();
        }
        waits
    }

    /// A thread begins to poll it.
    pub(crate) fn begin_poll(&self) {
        self.facts.begin_poll();
        if !self.runs_as(RUNNING) {
            self.span.woken(); // some runtimes poll the main future when they like: so it has not been ready since its last poll
        }
        self.run.polls.fetch_add(1, Relaxed);
        self.run.logs.record_poll(self.number(), &self.run.clock);
        self.span.enter();
    }

    /// Counts it as running, and then changes its state: a wake between the two leaves the counting to us. Returns whether
    /// it was ready.
    fn runs_as(&self, state: u8) -> bool {
        self.run.counts.one_more_running();
        let was_ready = matches!(self.facts.state.swap(state, SeqCst), READY | YIELDED | CHOSEN);
        if was_ready {
            self.run.counts.one_less_ready();
        }
        was_ready
    }

    /// Its poll ends, and it has more to do.
    pub(crate) fn end_poll(&self) {
        self.span.exit(); // before time may advance: a timer that fires below is no wake of the task by itself
        self.record(EventKind::Pending);
        self.end_pending_turn();
        let becomes = |state| self.facts.state.compare_exchange(RUNNING, state, SeqCst, SeqCst).is_ok();
        if self.yields.load(SeqCst) > 0 && becomes(YIELDED) {
            self.is_ready_now();
            self.run.counts.running_to_ready();
            self.wait_unless_it_yields(); // the last yield may have ended meanwhile
        } else if becomes(WAITING) {
            self.run.counts.one_less_running();
        } else {
            self.is_ready_now();
            self.facts.state.store(READY, SeqCst);
            self.run.counts.running_to_ready();
        }
        self.run.advance_if_idle();
    }

    /// Its poll ends, and with it the task.
    pub(crate) fn end(&self) {
        self.span.close();
        self.facts.state.store(DONE, SeqCst);
        self.run.counts.one_less_running();
        self.run.advance_if_idle();
    }

    /// It is about to be dropped before its end. Until [`end`](Self::end) it counts as running, because what it owns
    /// may wake others when it is dropped.
    pub(crate) fn begin_cancel(&self) {
        self.runs_as(WOKEN);
        self.is_ready_no_more();
        self.record(EventKind::Cancel);
    }

    /// Its waker was called.
    pub(crate) fn woken(&self) {
        if self.facts.is_done() {
            return;
        }
        self.span.woken();
        match polled_here() {
            _ if is_firing() => self.record(EventKind::Wake(WakeSource::Timer)),
            Some(by) if Arc::ptr_eq(&by.run, &self.run) => self.record(EventKind::Wake(WakeSource::Task(by.number()))),
            _ => self.run.logs.record_wake_from_outside(self.number(), &self.run.clock),
        }
        self.make_ready();
    }

    /// Makes it ready, if it waits; if it runs, it will be when the poll ends.
    pub(crate) fn make_ready(&self) {
        let change = |from, to| self.facts.state.compare_exchange(from, to, SeqCst, SeqCst);
        loop {
            match self.facts.state.load(SeqCst) {
                // Counted first: between the two it must not look as if nothing could run.
                WAITING => {
                    self.run.counts.one_more_ready();
                    if change(WAITING, READY).is_ok() {
                        self.is_ready_now();
                        return;
                    }
                    self.run.counts.one_less_ready();
                    self.run.advance_if_idle(); // another thread may have seen the wrong count meanwhile
                }
                RUNNING => {
                    if change(RUNNING, WOKEN).is_ok() {
                        return;
                    }
                }
                YIELDED => {
                    if change(YIELDED, READY).is_ok() {
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
    POLLED.try_with(|polled| polled.borrow().last().cloned()).ok().flatten()
}

/// The tasks of this run that are being polled on this thread, each inside the one before it.
pub(crate) fn all_polled_here(run: &Arc<Run>) -> Vec<Arc<TaskState>> {
    let of_run = |polled: &RefCell<Vec<Arc<TaskState>>>| {
        polled.borrow().iter().filter(|task| Arc::ptr_eq(&task.run, run)).cloned().collect()
    };
    POLLED.try_with(of_run).unwrap_or_default()
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
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            let left = POLLED.try_with(|polled| polled.borrow_mut().pop());
            drop(left); // when nothing is borrowed any more
        }
    }
    let _leave = POLLED.try_with(|polled| polled.borrow_mut().push(Arc::clone(task))).is_ok().then_some(Leave);
    action()
}
