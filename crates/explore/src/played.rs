//! One run by itself, for a page on which the reader chooses who runs next: follows given choices, and then stops or continues.

use crate::attempt::{Attempts, Program, prescribed};
use crate::error::CheckError;
use crate::explorer::{Explorer, on_a_loop};
use crate::failure::{Turn, Why};
use crate::names::TaskId;
use crate::recorder::Recorder;
use crate::run::{Choice, EarlyEnd, Free, Run};
use crate::traced::Traced;
use crate::turnstile::{Turnstile, on_runtime};
use crate::verdict::Verdict;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{Event, RecordedRun, Source};
use std::time::Duration;

/// Which run to play, for [`Explorer::play`].
#[derive(Debug, Clone, Copy)]
pub struct Play<'a> {
    /// The first choices: each is a position among the ready tasks, or a branch. Choices after the end do nothing.
    pub choices: &'a [u32],
    /// What happens at the next choice.
    pub then: Then,
    /// The names of the first tasks, in the order in which they are made, from the main task. A task that is not named here has
    /// a name once it has named itself.
    pub names: &'a [String],
    /// Whether to keep the names of the tasks, the turns and the events. Without them a run takes a third of the time.
    pub is_recorded: bool,
}

/// What happens at a turn for which several tasks are ready, and no choice is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The run stops there. It does not stop inside a turn: there it takes the first branch.
    Stop,
    /// The loop's own order: the first of them runs.
    OwnOrder,
}

/// A run that was played.
#[derive(Debug, Clone)]
pub struct Played {
    /// How it has ended.
    pub ended: Ended,
    /// The choices that were made.
    pub choices: Vec<Choice>,
    /// The number of turns.
    pub turn_count: u64,
    /// Every turn, if it is recorded, or the first 10,000.
    pub turns: Vec<Turn>,
    traced: Traced,
}

/// How a run that was played has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The program has ended, and nothing is wrong.
    Passed,
    /// The program fails under this schedule.
    Failed(Why),
    /// It waits for a choice among these tasks. They are positions among [`Played::tasks`], if the run is recorded.
    Undecided {
        /// In the loop's own order.
        ready: Vec<u32>,
    },
    /// A choice asks for a task that is not ready: it belongs to another program.
    DoesNotFit {
        /// Counted from 1.
        choice: usize,
    },
}

impl Explorer {
    /// Runs `program` once. [`patience`](Self::patience) and [`depth`](Self::depth) apply: after that many choices the
    /// loop's own order does, even if `then` says otherwise.
    ///
    /// ```
    /// use paintdry_core::{Runtime, gather};
    /// use paintdry_explore::{Ended, ExploredLoop, Explorer, Play, Then, name_task};
    ///
    /// let program = |_| async {
    ///     gather::<ExploredLoop, _>(["ada", "bob"].map(|name| async move {
    ///         name_task(name);
    ///         ExploredLoop::yield_now().await;
    ///     })).await;
    /// };
    /// let explorer = Explorer::new();
    /// let from = |choices| Play { choices, then: Then::Stop, names: &[], is_recorded: true };
    /// assert_eq!(explorer.play(program, from(&[])).ended, Ended::Undecided { ready: vec![1, 2] });
    /// let played = explorer.play(program, from(&[1, 1]));
    /// assert_eq!(played.tasks()[2], "bob");
    /// assert_eq!(played.turns.last().unwrap().did, ["ends"], "bob's second turn is his last");
    /// ```
    pub fn play<F>(&self, program: impl Fn(EventLoop) -> F, play: Play<'_>) -> Played
    where
        F: Future<Output: Verdict>,
    {
        self.played(&|| on_a_loop(&program, &|output| output), play)
    }

    /// [`play`](Self::play) on any runtime, as [`check_on`](Self::check_on).
    ///
    /// # Errors
    /// [`CheckError::SeveralThreads`].
    pub fn play_on<R: Runtime, F>(&self, program: impl Fn() -> F, play: Play<'_>) -> Result<Played, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        Turnstile::<R>::check()?;
        Ok(self.played(&|| on_runtime::<R, F>(&program), play))
    }

    fn played(&self, program: &Program<'_>, play: Play<'_>) -> Played {
        let attempts = Attempts { settings: &self.settings, program };
        let mut run = attempts.first(prescribed(play.choices));
        run.recorder = play.is_recorded.then(Recorder::default);
        if play.is_recorded {
            let main = TaskId { of_loop: 1, number: 1 };
            let numbers = (main.number..).map(|number| TaskId { number, ..main });
            numbers.zip(play.names).for_each(|(task, name)| run.names.give(task, name));
        }
        if play.then == Then::Stop {
            run.free = Free::Undecided;
        }
        let (why, run) = attempts.once(run);
        Played::of(why, run)
    }
}

impl Played {
    fn of(why: Option<Why>, mut run: Run) -> Self {
        let mut recorder = run.recorder.take();
        let mut numbers = |tasks: &[_]| recorder.iter_mut().flat_map(|recorder| recorder.numbers(tasks)).collect();
        let ended = match (why, run.stop.take()) {
            (_, Some(EarlyEnd::NotRepeated { choice })) => Ended::DoesNotFit { choice: choice + 1 },
            (_, Some(EarlyEnd::Undecided { ready })) => Ended::Undecided { ready: numbers(&ready) },
            (Some(why), _) => Ended::Failed(why),
            (None, _) => Ended::Passed,
        };
        let traced = recorder.as_mut().map(|recorder| recorder.traced(&run.names)).unwrap_or_default();
        let turns = recorder.map(|recorder| recorder.turns(&run.names)).unwrap_or_default();
        Self { ended, choices: run.choices, turn_count: run.turns, turns, traced }
    }

    /// The names of the tasks.
    #[must_use]
    pub fn tasks(&self) -> &[String] {
        &self.traced.tasks
    }

    /// What happened.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.traced.events
    }

    /// When it ended, in virtual time.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.traced.time
    }

    /// The run as a recording holds it, as [`Failure::recorded`](crate::Failure::recorded).
    #[must_use]
    pub fn recorded(&self, name: &str, about: &str, source: Option<&Source>) -> RecordedRun {
        let error = match &self.ended {
            Ended::Failed(why) => Some(why.to_string()),
            _ => None,
        };
        self.traced.recorded(name, about, error, source)
    }
}

/// The run that a panic has ended, for a panic hook. Where a panic aborts, as in a page, [`Explorer::play`] does not return, and
/// this is what came of it. `None` if no run was going on.
#[cfg(panic = "abort")]
#[must_use]
pub fn played_until(panic: &std::panic::PanicHookInfo<'_>) -> Option<Played> {
    use crate::run::take_run;
    use paintdry_core::{TaskError, TurnEnd};

    let mut run = take_run()?;
    let message = TaskError::panic_message(panic.payload());
    let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
    if let Some(recorder) = &mut run.recorder {
        recorder.end(run.current, 0..0, TurnEnd::Panicked(&message));
    }
    let task = run.names.of(run.current);
    Some(Played::of(Some(Why::Panicked { task, message, place }), run))
}
