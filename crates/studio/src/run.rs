//! One run that is watched: what its tasks share, and how virtual time goes on when nothing can run.

use crate::clock::{Clock, Time, as_ns};
use crate::counts::Counts;
use crate::event::What;
use crate::facts::TaskFacts;
use crate::log::Logs;
use crate::stalled::Stalled;
use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Mutex, MutexGuard};
use crate::timers::{Held, Sleeper, TimerKey, Timers, firing};
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
    /// The waker of the main task that the runtime gave, for when there is nobody else to wake it.
    pub(crate) main_waker: Mutex<Option<Waker>>,
    pub(crate) stalled: OnceLock<Stalled>,
    has_ended: AtomicBool,
    /// How many polls have begun: by this the watchdog sees whether anything goes on.
    pub(crate) polls: AtomicU64,
    pub(crate) is_watched_closely: AtomicBool,
    pub(crate) watchdog: OnceLock<Thread>,
    /// How long the run may stand still; `None` if it has no watchdog.
    pub(crate) patience: Option<Duration>,
    /// How long virtual time waits for a ready task that no thread takes, while all others are held.
    pub(crate) longest_hold_up: Duration,
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
        }
    }

    /// A run on so many threads that the program itself starts. It has no end but its own.
    pub(crate) fn on_threads(clock: Clock, is_recording: bool, threads: usize) -> Self {
        let run = Self::new(clock, is_recording, threads, false, Some(Duration::MAX));
        Self { longest_hold_up: NOT_BEGUN, ..run }
    }

    pub(crate) fn record(&self, task: u32, what: What) {
        self.logs.record(task, &self.clock, what);
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
        self.look_whether_all_wait();
        while !held.is_released.load(SeqCst) {
            thread::park();
        }
    }

    /// Lets no task go on in virtual time, though the run has not been ended yet: it has come to a stop.
    pub(crate) fn give_up(&self) {
        self.has_ended.store(true, SeqCst);
    }

    /// Ends the time of the run: no timer fires any more, and who waited for one goes on at once, to its end if it is a
    /// task. Tasks may be left behind, and must not drive the time on that the run has come to.
    pub(crate) fn stop_time(&self) {
        let mut timers = self.timers();
        self.has_ended.store(true, SeqCst);
        let left = timers.take_all();
        self.held.store(0, SeqCst);
        drop(timers);
        left.for_each(Sleeper::give_up);
        self.watchdog.get().into_iter().for_each(Thread::unpark);
    }

    /// Whether virtual time has ended, and with it every task that is left.
    pub(crate) fn is_over(&self) -> bool {
        self.clock.is_virtual() && self.has_ended()
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(SeqCst)
    }

    /// To be called after every change that may have been the last that could happen without a timer.
    pub(crate) fn look_whether_all_wait(self: &Arc<Self>) {
        let (counted, held) = (self.counts.now(), self.held.load(SeqCst));
        if counted.running != held || (counted.ready > 0 && held == 0) {
            return;
        }
        if self.clock.is_virtual() {
            self.advance(false);
        } else if self.real_timers.load(SeqCst) == 0 {
            self.watch_closely();
        }
    }

    /// Whether nothing can go on before a timer fires. Asked while the timers are locked, so that no thread is held or
    /// released meanwhile.
    fn all_wait(&self, timers: &Timers) -> bool {
        let (counted, held) = (self.counts.now(), self.held.load(SeqCst));
        if counted.running != held {
            return false;
        }
        if counted.ready == 0 {
            return true;
        }
        if self.starting.load(SeqCst) > 0 {
            return false;
        }
        // What is ready cannot run as long as every thread that could run it is held.
        let main_can_run = self.main_is_apart && !timers.main_is_held() && self.main_is_ready();
        timers.held_workers() + self.joining.load(SeqCst) >= self.threads && !main_can_run
    }

    fn main_is_ready(&self) -> bool {
        self.main.get().is_some_and(|main| main.is_ready())
    }

    /// Lets time go on to the next timer, and the next, until something can run. With `in_doubt` to the next also when
    /// something is ready that no thread takes.
    pub(crate) fn advance(self: &Arc<Self>, mut in_doubt: bool) {
        while let Some(fired) = self.take_next_timers(in_doubt) {
            for ((_, timer), sleeper) in fired {
                self.fire(timer, sleeper);
            }
            self.counts.one_less_running();
            in_doubt = false; // but once more: whoever ran meanwhile has seen us run, and did not look
        }
    }

    /// Takes the timers that are due next, and makes that the time, if nothing can go on before.
    ///
    /// Whoever gets them counts as running until it says otherwise, when it has woken all: else a quick thread could see
    /// a moment at which the first has run again, the second is not woken yet, and nobody seems able to run.
    fn take_next_timers(self: &Arc<Self>, in_doubt: bool) -> Option<Vec<(TimerKey, Sleeper)>> {
        let mut timers = self.timers();
        let (running, held) = (self.counts.now().running, self.held.load(SeqCst));
        let is_held_up = held > 0 && running == held;
        let may_pass = in_doubt && is_held_up && self.starting.load(SeqCst) == 0;
        if !(self.all_wait(&timers) || may_pass) {
            if is_held_up {
                self.watch_closely();
            }
            return None;
        }
        let Some(due) = timers.next_due() else {
            self.watch_closely();
            return None;
        };
        let fired = timers.take_due(due);
        self.counts.one_more_running();
        let depth = |(_, sleeper): &(_, Sleeper)| if let Sleeper::Thread(held) = sleeper { held.depth } else { 0 };
        self.held.fetch_sub(fired.iter().map(depth).sum(), SeqCst);
        self.clock.advance_to(due);
        Some(fired)
    }

    fn fire(&self, timer: u32, sleeper: Sleeper) {
        match sleeper {
            Sleeper::Task(task, waker) => {
                self.record(task, What::Fire { timer });
                firing(|| waker.wake());
            }
            Sleeper::Thread(held) => {
                if held.is_sleep {
                    self.record(held.task, What::Fire { timer });
                }
                held.release();
            }
        }
    }

    fn timers(&self) -> MutexGuard<'_, Timers> {
        self.timers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::task::{ArcWake, waker};

    /// A task that is polled, and waits again, before whoever wakes it goes on.
    struct QuickTask(Arc<Run>);

    impl ArcWake for QuickTask {
        fn wake_by_ref(task: &Arc<Self>) {
            task.0.counts.one_less_ready();
            task.0.look_whether_all_wait();
        }
    }

    #[test]
    fn after_a_doubtful_step_time_goes_on_though_nobody_else_looks() {
        let run = Arc::new(Run::new(Clock::Virtual, false, 1, false, None));
        let held = Arc::new(Held {
            task: 1,
            depth: 1,
            thread: thread::current(),
            is_released: AtomicBool::new(false),
            is_sleep: false,
            is_worker: true,
            is_main: false,
        });
        run.counts.one_more_running();
        run.held.fetch_add(1, SeqCst);
        run.set_timer(run.timer_in(Duration::from_secs(2)), Sleeper::Thread(Arc::clone(&held)));
        run.counts.one_more_ready(); // a task that no thread takes until the next timer fires
        let quick = waker(Arc::new(QuickTask(Arc::clone(&run))));
        run.set_timer(run.timer_in(Duration::from_secs(1)), Sleeper::Task(2, quick));
        run.advance(true);
        assert_eq!(run.clock.now_ns(), 2_000_000_000);
        assert!(held.is_released.load(SeqCst));
    }
}
