//! How virtual time advances: to the next timer, when nothing can run.

use super::Run;
use crate::event::EventKind;
use crate::stalled::Stalled;
use crate::timers::{Sleeper, TimerKey, Timers, firing};
use crate::turnstile::{Choice, Turnstile};
use paintdry_core::contain;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

impl Run {
    /// Advances virtual time if nothing can run. In real time, if no timer is set either, sets the watchdog on the run.
    ///
    /// To be called after every change that may have been the last one before a timer.
    pub(crate) fn advance_if_idle(self: &Arc<Self>) {
        let (counted, held) = (self.counts.now(), self.held.load(SeqCst));
        if counted.running != held || (counted.ready > 0 && held == 0) {
            return;
        }
        if let Some(turnstile) = self.turnstile.as_ref().filter(|_| held == 0)
            && self.let_pass(turnstile)
        {
            return;
        }
        if self.clock.is_virtual() {
            self.advance(false);
        } else if self.real_timers.load(SeqCst) == 0 {
            self.watch_closely();
        }
    }

    /// Lets a held task pass, or ends the run if the chooser says so. `false` if none is held.
    fn let_pass(&self, turnstile: &Turnstile) -> bool {
        let time = Duration::from_nanos(self.clock.now_ns());
        match turnstile.choose(&self.counts, time, self.next_task.load(SeqCst)) {
            Choice::NoneHeld => return false,
            Choice::TooLate => {}
            Choice::Passes(waker) => contain(|| waker.wake()),
            Choice::Ends => self.stall(Stalled::without_tasks()),
        }
        true
    }

    /// Whether nothing can run before a timer fires. Asked while the timers are locked, so that no thread is held or
    /// released meanwhile.
    fn is_idle(&self, timers: &Timers) -> bool {
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
        // A ready task cannot run as long as every thread that could run it is held.
        let main_can_run = self.main_is_apart && !timers.main_is_held() && self.main_is_ready();
        timers.held_workers() + self.joining.load(SeqCst) >= self.threads && !main_can_run
    }

    fn main_is_ready(&self) -> bool {
        self.main.get().is_some_and(|main| main.is_ready())
    }

    /// Advances time to the next timer, and the next, until something can run. With `in_doubt`, the first step also passes a
    /// task that is ready if no thread takes it.
    pub(crate) fn advance(self: &Arc<Self>, mut in_doubt: bool) {
        while let Some(fired) = self.take_next_timers(in_doubt) {
            for ((_, timer), sleeper) in fired {
                self.fire(timer, sleeper);
            }
            self.counts.one_less_running();
            in_doubt = false; // but try again: a task that ran meanwhile has seen this thread count as running
        }
    }

    /// Takes the timers that are due next, and makes that the time, if nothing can run before.
    ///
    /// The caller counts as running until it has woken all sleepers. Otherwise a quick thread could see a moment at which the
    /// first has run again, the second is not woken yet, and nothing seems able to run.
    fn take_next_timers(self: &Arc<Self>, in_doubt: bool) -> Option<Vec<(TimerKey, Sleeper)>> {
        let mut timers = self.timers();
        let (running, held) = (self.counts.now().running, self.held.load(SeqCst));
        let is_held_up = held > 0 && running == held;
        let may_pass = in_doubt && is_held_up && self.starting.load(SeqCst) == 0;
        if !(self.is_idle(&timers) || may_pass) {
            if is_held_up {
                self.watch_closely();
            }
            return None;
        }
        let Some(due) = timers.next_due() else {
            drop(timers);
            match &self.turnstile {
                Some(_) => self.stall(self.stuck_tasks()), // every task of the run has come to the turnstile
                None => self.watch_closely(),
            }
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
                self.record(task, EventKind::Fire { timer });
                firing(|| waker.wake());
            }
            Sleeper::Thread(held) => {
                if held.is_sleep {
                    self.record(held.task, EventKind::Fire { timer });
                }
                held.release();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::primitives::AtomicBool;
    use crate::primitives::thread;
    use crate::timers::Held;
    use futures::task::{ArcWake, waker};

    /// A task that is polled, and waits again, before its waker returns.
    struct QuickTask(Arc<Run>);

    impl ArcWake for QuickTask {
        fn wake_by_ref(task: &Arc<Self>) {
            task.0.counts.one_less_ready();
            task.0.advance_if_idle();
        }
    }

    #[test]
    fn after_a_doubtful_step_time_advances_though_no_other_thread_checks() {
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
