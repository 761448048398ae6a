//! The watchdog: a thread that looks at a run when nothing seems able to go on, and ends it if nothing does.

use crate::counts::Counted;
use crate::run::Run;
use crate::stalled::Stalled;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often the watchdog looks while something is suspicious.
const LOOKS: Duration = Duration::from_millis(50);

/// How long a task may be ready while threads are held in virtual time and none takes it. Then it is in the queue of a
/// held thread, from which no other may take it, and is held up with it.
const HELD_UP: Duration = Duration::from_secs(1);

impl Run {
    /// Sets the watchdog on the run, from now to its end. To be called when nothing seems able to run: it may be that
    /// a thread outside will wake a task, or that a ready task is about to be taken.
    pub(crate) fn watch_closely(self: &Arc<Self>) {
        if self.patience.is_none() || self.has_ended() || self.is_watched_closely.swap(true, SeqCst) {
            return;
        }
        let run = Arc::clone(self);
        let watching = thread::Builder::new().name("paintdry watchdog".to_owned()).spawn(move || run.watch());
        match watching {
            Ok(handle) => drop(self.watchdog.set(handle.thread().clone())), // it is called once
            Err(_) => self.is_watched_closely.store(false, SeqCst),         // without a thread there is no watchdog
        }
    }

    fn watch(self: &Arc<Self>) {
        let (mut polls, mut since) = (self.polls.load(SeqCst), Instant::now());
        while !self.has_ended() {
            thread::park_timeout(LOOKS);
            let (counted, polls_now) = (self.counts.now(), self.polls.load(SeqCst));
            let is_still = polls_now == polls;
            polls = polls_now;
            if is_still && counted.running > 0 && self.clock.is_virtual() {
                if since.elapsed() >= HELD_UP {
                    self.advance(true);
                    since = Instant::now();
                }
            } else if !is_still || counted != Counted::default() || self.has_timers() {
                since = Instant::now(); // something goes on, or will
            } else if self.patience.is_some_and(|patience| since.elapsed() >= patience) {
                return self.stall();
            }
        }
    }

    /// Ends the run with an error.
    fn stall(&self) {
        let stalled = Stalled::of(&self.logs.tasks());
        if self.stalled.set(stalled).is_ok() {
            let waker = self.main_waker.lock().unwrap_or_else(PoisonError::into_inner).take();
            waker.into_iter().for_each(std::task::Waker::wake);
        }
    }
}
