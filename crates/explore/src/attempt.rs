//! One attempt at a program: runs it once, and says why it failed, if it did.

use crate::chooser::GivenUp;
use crate::error::CheckError;
use crate::explored::Explored;
use crate::failure::{Failure, Why};
use crate::locks::hear_uses;
use crate::quiet::{place_of, quietly};
use crate::recorder::Recorder;
use crate::run::{Choice, EarlyEnd, Free, Run};
use crate::seed::Schedule;
use crate::settings::Settings;
use crate::words::hear_words;
use paintdry_core::{TaskError, discard};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the program once, in this thread's run, and says why its output is a failure, if it is.
pub(crate) type Program<'a> = dyn Fn() -> Option<String> + 'a;

/// What to try, and with which settings.
#[derive(Clone, Copy)]
pub(crate) struct Attempts<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) program: &'a Program<'a>,
}

impl Attempts<'_> {
    /// Runs the program once, and says why it failed, if it did.
    pub(crate) fn once(&self, run: Run) -> (Option<Why>, Run) {
        hear_words();
        hear_uses();
        quietly(|| {
            let (ended, mut run) = run.around(|| catch_unwind(AssertUnwindSafe(self.program)));
            // In a run that was given up, what is dropped afterwards may panic in a way that happens under no schedule.
            let why = match (&run.stop, ended) {
                (Some(_), ended) => {
                    ended.map_or_else(discard, drop);
                    stopped(&run)
                }
                (None, Ok(failure)) => failure.map(|error| Why::Ended { error }),
                (None, Err(payload)) => left(payload, &mut run),
            };
            (why, run)
        })
    }

    /// A run that is neither counted nor pruned.
    pub(crate) fn tried(&self, choices: &[u32]) -> (Option<Why>, Run) {
        self.once(self.first(prescribed(choices)))
    }

    /// The same, with everything recorded that happens in it.
    pub(crate) fn recorded(&self, choices: &[u32]) -> (Option<Why>, Run) {
        let mut run = self.first(prescribed(choices));
        run.recorder = Some(Recorder::default());
        self.once(run)
    }

    /// A run that follows what is prescribed, and then the loop's own order.
    pub(crate) fn first(&self, prefix: Vec<Choice>) -> Run {
        let depth = self.settings.depth.max(prefix.len());
        Run::new(prefix, Free::First, depth, self.settings.patience)
    }
}

/// What a recorded run has shown.
pub(crate) fn failure(why: Why, run: Run, explored: Explored) -> CheckError {
    let schedule = schedule(&run);
    let mut recorder = run.recorder.unwrap_or_default();
    CheckError::Failed(Box::new(Failure {
        why,
        turn_count: run.turns,
        schedule,
        explored,
        traced: recorder.traced(&run.names),
        turns: recorder.turns(&run.names),
    }))
}

/// The choices of a run.
pub(crate) fn schedule(run: &Run) -> Schedule {
    Schedule::new(run.choices.iter().map(|choice| choice.chosen).collect())
}

/// Choices, without how many tasks were ready at each.
pub(crate) fn prescribed(choices: &[u32]) -> Vec<Choice> {
    choices.iter().map(|chosen| Choice { chosen: *chosen, of: 0 }).collect()
}

/// Why a panic ended a run.
fn left(payload: Box<dyn Any + Send>, run: &mut Run) -> Option<Why> {
    if payload.is::<GivenUp>() {
        return None; // of an older run: the program kept it, and resumed it in this one
    }
    let message = TaskError::panic_message(&*payload);
    discard(payload);
    if let (None, Some(recorder)) = (run.panicked, &mut run.recorder) {
        recorder.panicked_outside(&message);
    }
    let task = run.names.of(run.panicked.unwrap_or_default());
    Some(Why::Panicked { task, place: place_of(&message), message })
}

/// Why a run was given up, if that is a failure.
fn stopped(run: &Run) -> Option<Why> {
    match run.stop.clone()? {
        EarlyEnd::Panicked { task, message, place } => Some(Why::Panicked { task: run.names.of(task), message, place }),
        EarlyEnd::Stuck { waiting } => Some(Why::Stuck { waiting }),
        EarlyEnd::Starved => {
            let shares = run.recorder.as_ref().map(|recorder| recorder.shares(&run.names));
            Some(Why::Starved { turns: run.patience, shares: shares.unwrap_or_default() })
        }
        EarlyEnd::SeenBefore | EarlyEnd::NotRepeated { .. } | EarlyEnd::Undecided { .. } => None,
    }
}
