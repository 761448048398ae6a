//! Runs each check on a thread of its own, so that a check that hangs is a broken promise and the suite ends.

use crate::broken::Broken;
use crate::checks::{Check, Suite};
use crate::erased::{Erased, Type};
use crate::log::{Figures, Log};
use paintdry_core::{Runtime, TaskError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// If a check has not ended after this part of the limit, the next one begins beside it. A runtime that loses wakes hangs in
/// many checks, and its author waits.
const HEAD_START: u32 = 10;

/// What a suite has found.
pub(crate) struct SuiteResult {
    pub(crate) checks: usize,
    pub(crate) broken: Vec<Broken>,
    pub(crate) figures: Figures,
}

type Ended = Result<(), String>;

/// A check that has begun.
struct Started {
    /// What to report if it fails.
    promise: Broken,
    log: Log,
    ended: Receiver<Ended>,
    since: Instant,
}

impl Suite {
    /// Runs the checks on `runtime`. A check that has not ended within `limit` has failed.
    pub(crate) fn run(self, runtime: &'static Type, limit: Duration) -> SuiteResult {
        if runtime.cancels_on_drop {
            self.run_on::<Erased<true>>(runtime, limit)
        } else {
            self.run_on::<Erased<false>>(runtime, limit)
        }
    }

    fn run_on<R: Runtime>(self, runtime: &'static Type, limit: Duration) -> SuiteResult {
        let checks = self.checks::<R>();
        let mut outcome = SuiteResult { checks: checks.len(), broken: Vec::new(), figures: Figures::new() };
        let started: Vec<_> = checks
            .into_iter()
            .map(|check| {
                let started = Started::new(check, runtime);
                (started.wait(limit / HEAD_START), started)
            })
            .collect();
        for (ended, started) in started {
            let ended = ended.or_else(|| started.wait(limit.saturating_sub(started.since.elapsed())));
            for (what, times) in started.log.figures() {
                *outcome.figures.entry(what).or_default() += times;
            }
            let happened = match ended {
                Some(Ok(())) => continue,
                Some(Err(happened)) => happened,
                None => format!("the check had not ended after {limit:?}: a future waits for ever"),
            };
            outcome.broken.push(Broken { happened, log: started.log.lines(), ..started.promise });
        }
        outcome
    }
}

impl Started {
    fn new<R: Runtime>(check: Check<R>, runtime: &'static Type) -> Self {
        let Check { promise, trait_says, look_at, try_it } = check;
        let log = Log::new();
        let own = log.clone();
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            let try_it = AssertUnwindSafe(|| runtime.enter(|| try_it(&R::start(), &own)));
            let ended = catch_unwind(try_it)
                .unwrap_or_else(|payload| Err(format!("the check ended early: {}", TaskError::from_panic(payload))));
            let _ = sender.send(ended); // after the limit there is no receiver
        });
        let promise = Broken { promise, trait_says, happened: String::new(), log: Vec::new(), look_at };
        Self { promise, log, ended, since: Instant::now() }
    }

    /// `None` if it has not ended by then.
    fn wait(&self, limit: Duration) -> Option<Ended> {
        self.ended.recv_timeout(limit).ok()
    }
}
