//! Why an exploration does not pass.

use crate::failure::{Failure, Why};
use crate::seed::Schedule;
use std::error::Error;
use std::fmt;

/// Why an exploration does not pass.
#[derive(Clone)]
#[non_exhaustive]
pub enum CheckError {
    /// A schedule under which the program fails.
    Failed(Box<Failure>),
    /// The same choices led to another state: at this choice, other tasks were ready than before.
    NotRepeatable {
        /// Counted from 1.
        choice: usize,
    },
    /// The program failed, and passed when it was run again under the same schedule.
    FailedOnce {
        /// What went wrong that once.
        why: Why,
        /// The schedule under which it did.
        schedule: Schedule,
    },
    /// The schedule asks for a task that does not exist: it belongs to another program.
    DoesNotFit {
        /// Counted from 1.
        choice: usize,
    },
    /// The runtime runs tasks on threads of its own, and the explorer follows one thread.
    SeveralThreads {
        /// Its name.
        runtime: &'static str,
    },
    /// The program is written for our loop alone: it uses the loop's own promises or handles.
    OnlyOnTheLoop,
    /// No task ran, so it is not known whether the program fails.
    NothingTried,
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What to do about a program that is not the same each time.
const DEPEND_ON_TASKS: &str = "make it depend on nothing but its tasks: no random numbers, no clock of the machine, no thread, no \
                               HashMap's order, nothing left from the run before";

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => write!(f, "{failure}"),
            Self::NotRepeatable { choice } => write!(
                f,
                "the program does something else under the same schedule: other tasks are ready at choice {choice} than before; \
                 {DEPEND_ON_TASKS}"
            ),
            Self::FailedOnce { why, schedule } => write!(
                f,
                "the program fails under the schedule {schedule}, and passes when it is run again under the same one; \
                 {DEPEND_ON_TASKS}; the failure was: {why}"
            ),
            Self::DoesNotFit { choice } => write!(
                f,
                "the schedule does not fit the program: fewer tasks are ready at choice {choice}; take the seed of a failure of \
                 this program, as it is now"
            ),
            Self::SeveralThreads { runtime } => write!(
                f,
                "{runtime} runs tasks on threads of its own, which the explorer does not follow; take a runtime that runs all tasks on \
                 the calling thread: tokio's current-thread runtime, smol's local executor, or the generator loop"
            ),
            Self::OnlyOnTheLoop => write!(
                f,
                "the program uses promises or handles of the generator loop, so it runs on that loop alone; explore it with \
                 `check`"
            ),
            Self::NothingTried => write!(
                f,
                "no task ran, so nothing was tried: give a budget and a patience of at least 1, and in `check_blocking` \
                 start an `ExploredLoop` on the same thread"
            ),
        }
    }
}

impl Error for CheckError {}
