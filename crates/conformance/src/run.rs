//! Running the checks: each on a thread of its own, so that one that hangs is a broken promise and not a hang.

use crate::checks::{cancelling, closing, contract, load, panicking, running, sleeping, tasks, waking, yielding};
use crate::erased::{Erased, Type};
use crate::log::{Figures, Log};
use crate::{Broken, Check, PanicInDrop};
use paintdry_core::{Runtime, TaskError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// After this part of the limit the next check begins, beside one that has not ended. A runtime that loses wakes hangs in
/// many, and its author waits.
const HEAD_START: u32 = 10;

/// Which checks.
#[derive(Clone, Copy)]
pub(crate) enum Suite {
    Conforms,
    Faults(PanicInDrop),
    Load(usize),
}

/// What came of them.
pub(crate) struct Outcome {
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
    /// The checks, in the order in which somebody who writes a runtime meets them.
    pub(crate) fn checks<R: Runtime>(self) -> Vec<Check<R>> {
        match self {
            Self::Conforms => {
                let mut checks = running::checks();
                checks.extend(waking::checks());
                checks.extend(tasks::checks());
                checks.extend(sleeping::checks());
                checks.extend(yielding::checks());
                checks.extend(contract::checks());
                checks
            }
            Self::Faults(panic_in_drop) => {
                let mut checks = cancelling::checks();
                checks.extend(panicking::checks());
                checks.extend(closing::checks());
                if panic_in_drop == PanicInDrop::IsCaught {
                    checks.extend(panicking::in_drops());
                    checks.extend(closing::in_drops());
                }
                checks
            }
            Self::Load(tasks) => load::checks(tasks),
        }
    }

    pub(crate) fn run(self, runtime: &'static Type, limit: Duration) -> Outcome {
        if runtime.cancels_on_drop {
            self.run_on::<Erased<true>>(runtime, limit)
        } else {
            self.run_on::<Erased<false>>(runtime, limit)
        }
    }

    fn run_on<R: Runtime>(self, runtime: &'static Type, limit: Duration) -> Outcome {
        let checks = self.checks::<R>();
        let mut outcome = Outcome { checks: checks.len(), broken: Vec::new(), figures: Figures::new() };
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
                None => format!("it had not ended after {limit:?}: somebody waits for ever"),
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
            let _ = sender.send(ended); // nobody listens once the limit has passed
        });
        let promise = Broken { promise, trait_says, happened: String::new(), log: Vec::new(), look_at };
        Self { promise, log, ended, since: Instant::now() }
    }

    /// `None` if it has not ended by then.
    fn wait(&self, limit: Duration) -> Option<Ended> {
        self.ended.recv_timeout(limit).ok()
    }
}
