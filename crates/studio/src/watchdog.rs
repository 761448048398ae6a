//! The watchdog: a thread that checks a run when nothing seems able to run, and ends it if nothing does.

use crate::counts::Counted;
use crate::primitives::thread;
use crate::run::Run;
use crate::stalled::Stalled;
use std::mem;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How often the watchdog looks while something is suspicious.
const LOOKS: Duration = Duration::from_millis(50);

impl Run {
    /// Sets the watchdog on the run, from now to its end. To be called when nothing seems able to run: it may be that
    /// a thread outside will wake a task, or that a ready task is about to be taken.
    pub(crate) fn watch_closely(self: &Arc<Self>) {
        if self.patience.is_none() || self.has_ended() || self.is_watched_closely.swap(true, SeqCst) {
            return;
        }
        let looks = Looks::begin(self, Instant::now());
        let run = Arc::downgrade(self); // a run that is never ended, because its runtime panicked, ends with its last task
        let watching = thread::Builder::new().name("paintdry watchdog".to_owned()).spawn(move || watch(&run, looks));
        match watching {
            Ok(handle) => drop(self.watchdog.set(handle.thread().clone())), // it is called once
            Err(_) => self.is_watched_closely.store(false, SeqCst),         // without a thread there is no watchdog
        }
    }

    /// Ends the run with an error.
    pub(crate) fn stall(&self, stalled: Stalled) {
        if self.stalled.set(stalled).is_ok() {
            let waker = self.main_waker.lock().unwrap_or_else(PoisonError::into_inner).take();
            waker.into_iter().for_each(std::task::Waker::wake);
        }
    }
}

fn watch(run: &Weak<Run>, mut looks: Looks) {
    loop {
        thread::park_timeout(LOOKS);
        let Some(run) = run.upgrade().filter(|run| !run.has_ended()) else { return };
        match looks.look(&run, Instant::now()) {
            Health::Progress => {}
            Health::HeldUp => run.advance(true),
            Health::Stalled => return run.stall(run.stuck_tasks()),
        }
    }
}

/// What the watchdog remembers from one look to the next.
pub(crate) struct Looks {
    polls: u64,
    /// Since when it sees the same.
    since: Instant,
}

/// What a look has come to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Progress,
    /// Ready tasks are in the queues of threads that virtual time holds.
    HeldUp,
    Stalled,
}

impl Looks {
    pub(crate) fn begin(run: &Run, now: Instant) -> Self {
        Self { polls: run.polls.load(SeqCst), since: now }
    }

    pub(crate) fn look(&mut self, run: &Run, now: Instant) -> Health {
        // Counted twice: before, a running task may set a timer and end; after, a timer may have been taken, and wake a task.
        let counted = run.counts.now();
        let nothing_comes = !run.has_timers() && run.counts.now() == Counted::default();
        let polls = run.polls.load(SeqCst); // in which nothing has happened meanwhile, if none has begun
        let is_still = mem::replace(&mut self.polls, polls) == polls;
        if is_still && counted.running > 0 && run.clock.is_virtual() {
            if now - self.since >= run.longest_hold_up {
                self.since = now;
                return Health::HeldUp;
            }
        } else if !is_still || counted != Counted::default() || !nothing_comes {
            self.since = now; // something runs, or will
        } else if run.patience.is_some_and(|patience| now - self.since >= patience) {
            return Health::Stalled;
        }
        Health::Progress
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::run::HELD_UP;

    const PATIENCE: Duration = Duration::from_millis(500);

    fn run(clock: Clock) -> Run {
        Run::new(clock, false, 1, false, Some(PATIENCE))
    }

    #[test]
    fn patience_begins_when_nothing_can_run() {
        let (run, start) = (run(Clock::Real), Instant::now());
        let mut looks = Looks::begin(&run, start);
        run.counts.one_more_running();
        let long_poll_ends = start + 10 * PATIENCE;
        assert_eq!(looks.look(&run, long_poll_ends), Health::Progress);
        run.counts.one_less_running();
        assert_eq!(looks.look(&run, long_poll_ends + PATIENCE / 2), Health::Progress);
        assert_eq!(looks.look(&run, long_poll_ends + PATIENCE), Health::Stalled);
    }

    #[test]
    fn polls_between_two_looks_are_life() {
        let (run, start) = (run(Clock::Real), Instant::now());
        let mut looks = Looks::begin(&run, start);
        for number in 1..10 {
            run.polls.fetch_add(1, SeqCst);
            assert_eq!(looks.look(&run, start + number * PATIENCE), Health::Progress);
        }
        assert_eq!(looks.look(&run, start + 10 * PATIENCE), Health::Stalled);
    }

    #[test]
    fn threads_that_are_held_too_long_are_helped_again_and_again() {
        let (run, start) = (run(Clock::Virtual), Instant::now());
        let mut looks = Looks::begin(&run, start);
        run.counts.one_more_running();
        assert_eq!(looks.look(&run, start + HELD_UP / 2), Health::Progress);
        assert_eq!(looks.look(&run, start + HELD_UP), Health::HeldUp);
        assert_eq!(looks.look(&run, start + HELD_UP + HELD_UP / 2), Health::Progress);
        assert_eq!(looks.look(&run, start + 2 * HELD_UP), Health::HeldUp);
    }
}
