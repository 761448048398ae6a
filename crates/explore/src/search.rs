//! The search: one run after another, each under another schedule, until all have been tried or one fails.

use crate::failure::{CheckError, Failure, Why};
use crate::hashes::Hashes;
use crate::quiet::{quietly, take_place};
use crate::recorder::Recorder;
use crate::run::{Choice, Free, Run, RunOfThread, Seen, Stop};
use crate::runtime::Left;
use crate::seed::Random;
use crate::shorten::Shortening;
use crate::{Explored, Explorer, Schedule, Seed};
use paintdry_core::TaskError;
use paintdry_generator::{Chooser, Error};
use std::any::Any;
use std::mem;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the program once, on a loop that asks this chooser, and says why its output is a failure, if it is.
pub(crate) type Program<'a> = dyn Fn(&mut dyn Chooser) -> Result<Option<String>, Error> + 'a;

pub(crate) struct Search<'a> {
    explorer: &'a Explorer,
    program: &'a Program<'a>,
    watch: &'a mut dyn FnMut(&Explored) -> ControlFlow<()>,
    explored: Explored,
    seen: Seen,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        explorer: &'a Explorer,
        program: &'a Program<'a>,
        watch: &'a mut dyn FnMut(&Explored) -> ControlFlow<()>,
    ) -> Self {
        Self { explorer, program, watch, explored: Explored::default(), seen: Seen::new() }
    }

    pub(crate) fn run(mut self) -> Result<Explored, CheckError> {
        quietly(|| match &self.explorer.seed {
            None => self.all(),
            Some(Seed::Random(number)) => self.random(*number),
            Some(Seed::Exact(schedule)) => self.exactly(schedule),
        })
    }

    /// Depth first, by running the program anew for each schedule: the last choice that has another way takes it.
    fn all(&mut self) -> Result<Explored, CheckError> {
        let mut prefix = Vec::new();
        while self.explored.runs() < self.explorer.budget {
            let run = self.step(self.first(prefix))?;
            prefix = run.choices;
            while prefix.pop_if(|choice| choice.chosen + 1 == choice.of).is_some() {}
            let Some(last) = prefix.last_mut() else {
                self.explored.is_complete = true;
                break;
            };
            last.chosen += 1;
            if (self.watch)(&self.explored).is_break() {
                break;
            }
        }
        Ok(self.explored)
    }

    fn random(&mut self, number: u64) -> Result<Explored, CheckError> {
        let mut seeds = Random(number);
        while self.explored.runs() < self.explorer.budget {
            let mut run = self.first(Vec::new());
            run.free = Free::Random(Random(seeds.next()));
            self.step(run)?;
            if (self.watch)(&self.explored).is_break() {
                break;
            }
        }
        Ok(self.explored)
    }

    /// One schedule, as it is: a failure is not made shorter.
    fn exactly(&mut self, schedule: &Schedule) -> Result<Explored, CheckError> {
        let (failed, run) = self.recorded(schedule.choices());
        if let Some(Stop::NotRepeated { choice }) = run.stop {
            return Err(CheckError::DoesNotFit { choice: choice + 1 });
        }
        if run.choices.len() < schedule.choices().len() {
            return Err(CheckError::DoesNotFit { choice: run.choices.len() + 1 });
        }
        self.count(&run);
        match failed {
            Some(why) => Err(self.failure(why, run)),
            None => Ok(self.explored),
        }
    }

    /// A run that counts.
    fn step(&mut self, mut run: Run) -> Result<Run, CheckError> {
        if self.explorer.is_pruned && matches!(run.free, Free::First) {
            run.seen = Some((Hashes::default(), mem::take(&mut self.seen)));
        }
        let (failed, mut run) = self.once(run);
        if let Some((_, seen)) = run.seen.take() {
            self.seen = seen;
        }
        self.count(&run);
        match (failed, &run.stop) {
            (Some(why), _) => Err(self.shortened(why, &run)),
            (None, Some(Stop::NotRepeated { choice })) => Err(CheckError::NotRepeatable { choice: choice + 1 }),
            (None, _) => Ok(run),
        }
    }

    fn count(&mut self, run: &Run) {
        match run.stop {
            Some(Stop::SeenBefore) => self.explored.pruned += 1,
            _ => self.explored.schedules += 1,
        }
        self.explored.turns += run.turns;
        self.explored.choices = self.explored.choices.max(run.choices.len());
    }

    /// Runs the program once, and says why it has failed, if it has.
    fn once(&self, run: Run) -> (Option<Why>, Run) {
        take_place();
        let (ended, mut run) = run.around(|| catch_unwind(AssertUnwindSafe(|| (self.program)(&mut RunOfThread))));
        let why = match ended {
            Ok(Ok(failure)) => failure.map(|error| Why::Ended { error }),
            Ok(Err(Error::Stuck(waiting))) => Some(stuck(waiting, &run)),
            Ok(Err(error)) => Some(panicked("main".to_owned(), error.to_string())),
            Err(payload) => left(payload, &mut run),
        };
        let why = why.or_else(|| stopped(&run, self.explorer.patience));
        (why, run)
    }

    /// The shortest failing schedule, run once more with all that happens in it.
    fn shortened(&self, found: Why, run: &Run) -> CheckError {
        let choices = run.choices.iter().map(|choice| choice.chosen).collect();
        let shortest = Shortening::new(self, &found).shortest(choices);
        let (why, run) = self.recorded(&shortest);
        self.failure(why.unwrap_or(found), run)
    }

    /// A run that does not count and is not pruned.
    pub(crate) fn tried(&self, choices: &[u32]) -> (Option<Why>, Run) {
        self.once(self.first(prescribed(choices)))
    }

    /// The same, with all that happens in it.
    fn recorded(&self, choices: &[u32]) -> (Option<Why>, Run) {
        let mut run = self.first(prescribed(choices));
        run.recorder = Some(Recorder::default());
        self.once(run)
    }

    /// A run in the loop's own order, after what is prescribed.
    fn first(&self, prefix: Vec<Choice>) -> Run {
        let depth = self.explorer.depth.max(prefix.len());
        Run::new(prefix, Free::First, depth, self.explorer.patience)
    }

    fn failure(&self, why: Why, run: Run) -> CheckError {
        let schedule = Schedule::new(run.choices.iter().map(|choice| choice.chosen).collect());
        let recorder = run.recorder.unwrap_or_default();
        CheckError::Failed(Box::new(Failure {
            why,
            turns: recorder.turns(),
            schedule,
            explored: self.explored,
            tasks: recorder.names(),
            time: recorder.time(),
            events: recorder.events,
            files: recorder.files,
        }))
    }
}

/// Choices of which it is not known how many were ready.
fn prescribed(choices: &[u32]) -> Vec<Choice> {
    choices.iter().map(|chosen| Choice { chosen: *chosen, of: 0 }).collect()
}

fn panicked(task: String, message: String) -> Why {
    Why::Panicked { task, message, place: take_place() }
}

fn stuck(waiting: Vec<String>, run: &Run) -> Why {
    let known_as = |name: String| run.recorder.as_ref().map_or(name.clone(), |recorder| recorder.known_as(&name));
    Why::Stuck { waiting: waiting.into_iter().map(known_as).collect() }
}

/// Why a run has been left by a panic.
fn left(payload: Box<dyn Any + Send>, run: &mut Run) -> Option<Why> {
    match payload.downcast::<Left>() {
        Ok(left) => match *left {
            Left::Stopped => None,
            Left::Stuck(waiting) => Some(stuck(waiting, run)),
        },
        Err(payload) => {
            let message = TaskError::panic_message(&*payload);
            let name = run.recorder.as_mut().map(|recorder| {
                recorder.main_panicked(&message);
                recorder.name_of(run.current)
            });
            Some(panicked(name.unwrap_or_default(), message))
        }
    }
}

/// Why a run has been given up, if that is a failure.
fn stopped(run: &Run, patience: u64) -> Option<Why> {
    match &run.stop {
        Some(Stop::Panicked { task, message }) => {
            let name = run.recorder.as_ref().map(|recorder| recorder.name_of(*task));
            Some(panicked(name.unwrap_or_default(), message.clone()))
        }
        Some(Stop::Starved) => {
            let shares = run.recorder.as_ref().map(Recorder::shares);
            Some(Why::Starved { turns: patience, shares: shares.unwrap_or_default() })
        }
        _ => None,
    }
}
