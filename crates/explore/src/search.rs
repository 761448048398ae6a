//! The search: one run after another, each under another schedule, until all have been tried or one fails.

use crate::attempt::{Attempts, failure, schedule};
use crate::error::CheckError;
use crate::explored::Explored;
use crate::failure::Why;
use crate::hashes::Hashes;
use crate::run::{EarlyEnd, Free, Run, Visited};
use crate::seed::{Random, Schedule, Seed};
use crate::shorten::Shortening;
use std::mem;
use std::ops::ControlFlow;

pub(crate) struct Search<'a> {
    attempts: Attempts<'a>,
    watch: &'a mut dyn FnMut(&Explored) -> ControlFlow<()>,
    explored: Explored,
    seen: Visited,
}

impl<'a> Search<'a> {
    pub(crate) fn new(attempts: Attempts<'a>, watch: &'a mut dyn FnMut(&Explored) -> ControlFlow<()>) -> Self {
        Self { attempts, watch, explored: Explored::default(), seen: Visited::new() }
    }

    pub(crate) fn run(mut self) -> Result<Explored, CheckError> {
        if self.attempts.settings.patience == 0 {
            return Err(CheckError::NothingTried);
        }
        match &self.attempts.settings.seed {
            None => self.all()?,
            Some(Seed::Random(number)) => self.random(*number)?,
            Some(Seed::Exact(schedule)) => self.exactly(schedule)?,
        }
        if self.explored.turns == 0 { Err(CheckError::NothingTried) } else { Ok(self.explored) }
    }

    /// Depth first. It runs the program again for each schedule, and changes the last choice that has another option.
    fn all(&mut self) -> Result<(), CheckError> {
        let mut prefix = Vec::new();
        while self.explored.runs() < self.attempts.settings.budget {
            let run = self.step(self.attempts.first(prefix))?;
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
        Ok(())
    }

    fn random(&mut self, number: u64) -> Result<(), CheckError> {
        let mut seeds = Random(number);
        while self.explored.runs() < self.attempts.settings.budget {
            let mut run = self.attempts.first(Vec::new());
            run.free = Free::Random(Random(seeds.next()));
            self.step(run)?;
            if (self.watch)(&self.explored).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// One exact schedule: a failure is not made shorter.
    fn exactly(&mut self, schedule: &Schedule) -> Result<(), CheckError> {
        let (failed, run) = self.attempts.recorded(schedule.choices());
        self.count(&run);
        match (failed, not_repeated(&run)) {
            (Some(why), _) => Err(failure(why, run, self.explored)),
            (None, Some(choice)) => Err(CheckError::DoesNotFit { choice }),
            (None, None) => Ok(()),
        }
    }

    /// A run that counts.
    fn step(&mut self, mut run: Run) -> Result<Run, CheckError> {
        if self.attempts.settings.is_pruned && matches!(run.free, Free::First) {
            run.seen = Some((Hashes::default(), mem::take(&mut self.seen)));
        }
        let (failed, mut run) = self.attempts.once(run);
        if let Some((_, seen)) = run.seen.take() {
            self.seen = seen;
        }
        self.count(&run);
        match (failed, not_repeated(&run)) {
            (Some(why), _) => Err(self.shortened(why, &run)),
            (None, Some(choice)) => Err(CheckError::NotRepeatable { choice }),
            (None, None) => Ok(run),
        }
    }

    fn count(&mut self, run: &Run) {
        match run.stop {
            Some(EarlyEnd::SeenBefore) => self.explored.pruned += 1,
            _ => self.explored.schedules += 1,
        }
        self.explored.turns += run.turns;
        self.explored.choices = self.explored.choices.max(run.choices.len());
    }

    /// The shortest failing schedule, run once more with everything recorded.
    fn shortened(&self, found: Why, run: &Run) -> CheckError {
        let choices: Vec<_> = run.choices.iter().map(|choice| choice.chosen).collect();
        let shortest = Shortening::new(self.attempts, &found).shortest(choices.clone());
        for choices in [shortest, choices] {
            let (why, run) = self.attempts.recorded(&choices);
            if let Some(why) = why {
                return failure(why, run, self.explored);
            }
        }
        CheckError::FailedOnce { why: found, schedule: schedule(run) }
    }
}

/// The first choice, counted from 1, that a run could not make as prescribed.
fn not_repeated(run: &Run) -> Option<usize> {
    match run.stop {
        Some(EarlyEnd::NotRepeated { choice }) => Some(choice + 1),
        _ => (run.choices.len() < run.prefix.len()).then_some(run.choices.len() + 1),
    }
}
