//! All schedules of a program counted, and runs that nothing steers: which of the schedules they take.

use crate::error::CheckError;
use crate::explorer::Explorer;
use crate::played::{Ended, Play, Played, Then};
use crate::quiet::quietly;
use crate::run::Choice;
use crate::verdict::Verdict;
use paintdry_core::{Runtime, discard};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, Event, EventKind, Studio};
use std::collections::{BTreeMap, HashMap};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// How many schedules a program has, and how many of them fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many were run.
    pub schedules: u64,
    /// How many of these fail.
    pub failing: u64,
    /// Whether these are all.
    pub is_complete: bool,
}

/// What a program did in runs that nothing steers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observed {
    /// How many runs there were,
    pub runs: u64,
    /// and how many failed.
    pub failing: u64,
    /// In so many runs, threads polled tasks at the same time. Such a run took no schedule.
    pub side_by_side: u64,
    /// The other runs: the tasks in the order in which they were polled, and how many runs did that. Tasks have numbers in the
    /// order in which they are made.
    pub orders: BTreeMap<Vec<u32>, u64>,
}

impl Explorer {
    /// Runs `program` under each of its schedules, up to [`budget`](Self::budget), and counts those that fail. None is skipped as
    /// equal to another.
    ///
    /// ```
    /// use paintdry_core::{Runtime, gather};
    /// use paintdry_explore::{ExploredLoop, Explorer};
    ///
    /// let program = |_| async {
    ///     gather::<ExploredLoop, _>((0..2).map(|_| ExploredLoop::yield_now())).await;
    /// };
    /// let survey = Explorer::new().survey(program)?;
    /// // 6 orders of two tasks of two turns, and 10 with the turns of the main task.
    /// assert_eq!((survey.schedules, survey.failing, survey.is_complete), (10, 0, true));
    /// # Ok::<(), paintdry_explore::CheckError>(())
    /// ```
    ///
    /// # Errors
    /// [`CheckError::NotRepeatable`].
    pub fn survey<F>(&self, program: impl Fn(EventLoop) -> F) -> Result<Survey, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        let (mut survey, mut prefix) = (Survey::default(), Vec::<Choice>::new());
        let mut is_whole = true;
        while survey.schedules < self.settings.budget {
            let choices: Vec<_> = prefix.iter().map(|choice| choice.chosen).collect();
            let play = Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: false };
            let played = self.play(&program, play);
            match played.ended {
                Ended::DoesNotFit { choice } => return Err(CheckError::NotRepeatable { choice }),
                Ended::Failed(_) => survey.failing += 1,
                Ended::Passed | Ended::Undecided { .. } => {}
            }
            survey.schedules += 1;
            is_whole &= played.choices.len() < self.settings.depth;
            prefix = played.choices;
            while prefix.pop_if(|choice| choice.chosen + 1 == choice.of).is_some() {}
            let Some(last) = prefix.last_mut() else {
                survey.is_complete = is_whole;
                break;
            };
            last.chosen += 1;
        }
        Ok(survey)
    }

    /// The run of `program` in which tasks are polled in this order, if a schedule leads to it. [`observe`] gives such orders.
    pub fn follow<F>(&self, program: impl Fn(EventLoop) -> F, order: &[u32]) -> Option<Played>
    where
        F: Future<Output: Verdict>,
    {
        let mut choices = Vec::new();
        loop {
            let play = Play { choices: &choices, then: Then::Stop, names: &[], is_recorded: true };
            let played = self.play(&program, play);
            let numbers = numbers(played.events());
            let turns = polled(played.events(), &numbers);
            if !order.starts_with(&turns) {
                return None;
            }
            let Ended::Undecided { ready } = &played.ended else {
                return (turns == order).then_some(played);
            };
            let next = order.get(turns.len())?;
            let chosen = ready.iter().position(|task| numbers.get(task) == Some(next))?;
            // With the branches that were taken inside turns.
            choices = played.choices.iter().map(|choice| choice.chosen).collect();
            choices.push(u32::try_from(chosen).unwrap_or(u32::MAX));
        }
    }
}

/// Runs `program` this number of times on a new `R` each, in virtual time, as that runtime likes. The program spawns, sleeps and
/// yields through [`Studio<R>`].
///
/// ```
/// use paintdry_core::{Runtime, gather};
/// use paintdry_explore::observe;
/// use paintdry_smol::Local;
/// use paintdry_studio::Studio;
///
/// let observed = observe::<Local, _>(10, || async {
///     gather::<Studio<Local>, _>((0..2).map(|_| Studio::<Local>::yield_now())).await;
/// });
/// assert_eq!((observed.runs, observed.failing), (10, 0));
/// assert_eq!(observed.orders.len(), 1, "one thread takes the same order every time");
/// ```
pub fn observe<R: Runtime, F>(runs: u64, program: impl Fn() -> F) -> Observed
where
    F: Future<Output: Verdict>,
{
    let mut observed = Observed::default();
    for _ in 0..runs {
        let (has_failed, events) = quietly(|| free::<R, F>(&program));
        observed.runs += 1;
        observed.failing += u64::from(has_failed);
        if are_side_by_side(&events) {
            observed.side_by_side += 1;
        } else {
            *observed.orders.entry(polled(&events, &numbers(&events))).or_default() += 1;
        }
    }
    observed
}

/// One run, whether it fails, and what happened in it.
fn free<R: Runtime, F>(program: &impl Fn() -> F) -> (bool, Vec<Event>)
where
    F: Future<Output: Verdict>,
{
    let main = async {
        let mut program = pin!(program());
        // A panic of the main task would take the recording along.
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| program.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(verdict)) => Poll::Ready(verdict.failure().is_some()),
            Err(payload) => {
                discard(payload);
                Poll::Ready(true)
            }
        })
        .await
    };
    let watched = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO).recording().run(main);
    (watched.result.unwrap_or(true), watched.events)
}

/// The numbers of tasks in the order in which they are made, by their positions in a recording.
fn numbers(events: &[Event]) -> HashMap<u32, u32> {
    let mut numbers = HashMap::new();
    for event in events {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.entry(event.task).or_insert(next);
    }
    numbers
}

fn polled(events: &[Event], numbers: &HashMap<u32, u32>) -> Vec<u32> {
    let polls = events.iter().filter(|event| matches!(event.what, EventKind::Poll { .. }));
    polls.map(|event| numbers[&event.task]).collect()
}

fn are_side_by_side(events: &[Event]) -> bool {
    let mut running = None;
    events.iter().any(|event| match event.what {
        EventKind::Poll { .. } => running.replace(event.task).is_some_and(|other| other != event.task),
        EventKind::Pending | EventKind::Complete | EventKind::Panic(_) | EventKind::Cancel => {
            running.take_if(|task| *task == event.task);
            false
        }
        _ => false,
    })
}
