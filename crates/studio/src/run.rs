//! One run that is watched: what its tasks and threads share.

mod advance;

use crate::clock::{Clock, Time, as_ns};
use crate::counts::Counts;
use crate::event::EventKind;
use crate::facts::TaskFacts;
use crate::log::Logs;
use crate::primitives::thread::{self, Thread};
use crate::primitives::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Mutex, MutexGuard};
use crate::resources::Resources;
use crate::stalled::Stalled;
use crate::timers::{Held, Sleeper, TimerKey, Timers};
use crate::turnstile::Turnstile;
use crate::waits::Waits;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, OnceLock, PoisonError};
use std::task::Waker;
use std::time::Duration;

/// How long a task of a runtime may be ready while threads are held in virtual time and none takes it. Then it is in the
/// queue of a held thread, from which no other may take it, and is held up with it.
pub(crate) const HELD_UP: Duration = Duration::from_millis(300);

/// How long a piece of blocking work that was announced may take to begin while others are held. The thread that would do it
/// may itself be held, and then it never begins.
const NOT_BEGUN: Duration = Duration::from_secs(1);

pub(crate) struct Run {
    pub(crate) clock: Time,
    pub(crate) counts: Counts,
    pub(crate) logs: Logs,
    pub(crate) next_task: AtomicU32,
    next_timer: AtomicU32,
    pub(crate) next_claim: AtomicU32,
    pub(crate) resources: Resources,
    pub(crate) waits: Waits,
    timers: Mutex<Timers>,
    /// How many timers are set in real time, where the runtime keeps them.
    pub(crate) real_timers: AtomicUsize,
    /// How many tasks are being polled on threads that are held.
    held: AtomicU32,
    /// How many threads that run tasks wait for the end of another thread, and so run none.
    pub(crate) joining: AtomicUsize,
    /// How many threads have been started for one task and have not begun.
    pub(crate) starting: AtomicUsize,
    /// How many threads run tasks.
    threads: usize,
    /// Whether the main task has a thread of its own, which runs no other.
    pub(crate) main_is_apart: bool,
    pub(crate) main: OnceLock<Arc<TaskFacts>>,
    /// The waker of the main task that the runtime gave, so that the watchdog can wake it.
    pub(crate) main_waker: Mutex<Option<Waker>>,
    pub(crate) stalled: OnceLock<Stalled>,
    has_ended: AtomicBool,
    /// How many polls have begun: by this the watchdog sees whether anything runs.
    pub(crate) polls: AtomicU64,
    pub(crate) is_watched_closely: AtomicBool,
    pub(crate) watchdog: OnceLock<Thread>,
    /// How long the run may stand still; `None` if it has no watchdog.
    pub(crate) patience: Option<Duration>,
    /// How long virtual time waits for a ready task that no thread takes, while all others are held.
    pub(crate) longest_hold_up: Duration,
    /// Holds back the tasks that are not chosen, if there is a chooser.
    pub(crate) turnstile: Option<Turnstile>,
}

impl Run {
    pub(crate) fn new(
        clock: Clock,
        is_recording: bool,
        threads: usize,
        main_is_apart: bool,
        patience: Option<Duration>,
    ) -> Self {
        Self {
            clock: Time::start(clock),
            counts: Counts::default(),
            logs: Logs::new(is_recording),
            next_task: AtomicU32::new(0),
            next_timer: AtomicU32::new(0),
            next_claim: AtomicU32::new(0),
            resources: Resources::default(),
            waits: Waits::default(),
            timers: Mutex::default(),
            real_timers: AtomicUsize::new(0),
            held: AtomicU32::new(0),
            joining: AtomicUsize::new(0),
            starting: AtomicUsize::new(0),
            threads,
            main_is_apart,
            main: OnceLock::new(),
            main_waker: Mutex::default(),
            stalled: OnceLock::new(),
            has_ended: AtomicBool::new(false),
            polls: AtomicU64::new(0),
            is_watched_closely: AtomicBool::new(false),
            watchdog: OnceLock::new(),
            patience,
            longest_hold_up: HELD_UP,
            turnstile: None,
        }
    }

    /// A run on this number of threads, which the program itself starts. It is never stalled: if nothing can run, the program
    /// waits.
    pub(crate) fn on_threads(clock: Clock, is_recording: bool, threads: usize) -> Self {
        let patience = (clock == Clock::Virtual).then_some(Duration::MAX);
        let run = Self::new(clock, is_recording, threads, false, patience);
        Self { longest_hold_up: NOT_BEGUN, ..run }
    }

    pub(crate) fn record(&self, task: u32, what: EventKind) {
        self.logs.record(task, &self.clock, what);
    }

    /// What is to be said if no task can run any more.
    pub(crate) fn stuck_tasks(&self) -> Stalled {
        Stalled::of(&self.logs.tasks(), |task| self.waits.of(task, &self.resources))
    }

    /// The key of a new timer.
    pub(crate) fn timer_in(&self, duration: Duration) -> TimerKey {
        (self.clock.now_ns().saturating_add(as_ns(duration)), self.next_timer.fetch_add(1, SeqCst))
    }

    pub(crate) fn set_timer(&self, key: TimerKey, sleeper: Sleeper) {
        let mut timers = self.timers();
        if !self.has_ended() {
            let replaced = timers.set(key, sleeper);
            drop(timers);
            drop(replaced); // when nothing is locked any more
            return;
        }
        drop(timers);
        sleeper.give_up(); // the run has ended while this task was polled
    }

    pub(crate) fn clear_timer(&self, key: TimerKey) {
        let cleared = self.timers().clear(key);
        drop(cleared);
    }

    pub(crate) fn has_timers(&self) -> bool {
        self.real_timers.load(SeqCst) > 0 || self.timers().next_due().is_some()
    }

    /// Holds this thread until `key` is due in virtual time. The task on it counts as running all the while.
    pub(crate) fn hold(self: &Arc<Self>, key: TimerKey, held: &Arc<Held>) {
        let mut timers = self.timers();
        if self.has_ended() {
            return;
        }
        timers.set(key, Sleeper::Thread(Arc::clone(held)));
        self.held.fetch_add(held.depth, SeqCst);
        drop(timers);
        self.advance_if_idle();
        while !held.is_released.load(SeqCst) {
            thread::park();
        }
    }

    /// Ends virtual time for all tasks before the run ends, because the run is stalled.
    pub(crate) fn give_up(&self) {
        self.has_ended.store(true, SeqCst);
    }

    /// Ends the time of the run. No timer fires after this. A thread that waits for one runs at once, and in virtual time each
    /// task that is left is cancelled at its next poll: tasks that are left behind must not advance the time of the run.
    pub(crate) fn stop_time(&self) {
        let mut timers = self.timers();
        self.has_ended.store(true, SeqCst);
        let left = timers.take_all();
        self.held.store(0, SeqCst);
        drop(timers);
        left.for_each(Sleeper::give_up);
        self.turnstile.iter().for_each(Turnstile::open);
        self.watchdog.get().into_iter().for_each(Thread::unpark);
    }

    /// Whether virtual time has ended, and with it every task that is left.
    pub(crate) fn is_over(&self) -> bool {
        self.clock.is_virtual() && self.has_ended()
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(SeqCst)
    }

    fn timers(&self) -> MutexGuard<'_, Timers> {
        self.timers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
