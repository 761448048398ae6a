//! The explorer: its limits, and the check of a program.

use crate::attempt::{Attempts, Program};
use crate::chooser::run_explored;
use crate::error::CheckError;
use crate::explored::Explored;
use crate::run::{Run, with_run};
use crate::search::Search;
use crate::seed::{LAST_CHOICE, Seed};
use crate::settings::Settings;
use crate::turnstile::{Turnstile, on_runtime};
use crate::verdict::Verdict;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use std::ops::ControlFlow;

/// Runs a program under all orders of its ready tasks, or under random orders.
///
/// ```
/// use paintdry_explore::{ExploredLoop, Explorer, CheckError, Shared};
/// use paintdry_core::{Runtime, gather};
///
/// async fn add_a_stroke(strokes: Shared<u32>) {
///     let seen = strokes.get();
///     ExploredLoop::yield_now().await; // a task that runs here sees the same number
///     strokes.set(seen + 1);
/// }
///
/// let result = Explorer::new().pruned().check(|_| async {
///     let strokes = Shared::new("strokes", 0);
///     gather::<ExploredLoop, _>([strokes.clone(), strokes.clone()].map(add_a_stroke)).await;
///     assert_eq!(strokes.get(), 2, "a stroke is lost");
/// });
/// let Err(CheckError::Failed(failure)) = result else { panic!("it has a bug") };
/// println!("{failure}");
/// # assert!(failure.to_string().contains("a stroke is lost"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Explorer {
    pub(crate) settings: Settings,
}

impl Explorer {
    /// All orders, one after another: at most 100,000 runs, and only their first 1,000 choices vary.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Varies the first `depth` choices of a schedule; after them, the loop's own order applies. A choice is a turn for which
    /// several tasks are ready. The maximum is a million, because a seed cannot name a later choice.
    #[must_use]
    pub fn depth(self, depth: usize) -> Self {
        Self { settings: Settings { depth: depth.min(LAST_CHOICE), ..self.settings } }
    }

    /// Runs the program at most `budget` times. With 0 nothing is tried, and that is an error.
    #[must_use]
    pub fn budget(self, budget: u64) -> Self {
        Self { settings: Settings { budget, ..self.settings } }
    }

    /// Calls a program starved if it has not ended after this many turns in the loop's own order, which is fair.
    /// The default is 100,000. A program of a hundred thousand tasks needs more.
    #[must_use]
    pub fn patience(self, turns: u64) -> Self {
        Self { settings: Settings { patience: turns, ..self.settings } }
    }

    /// Skips what has been tried. If two orders differ only in turns that do not affect each other, they lead to the same
    /// state, and only one of them is explored.
    ///
    /// **You promise** that the explorer knows of everything that the tasks share. It knows of new
    /// tasks, of wakes, of time, of awaited handles of an [`ExploredLoop`](crate::ExploredLoop), and of every
    /// [`Shared`](crate::Shared). Call [`touch`](crate::touch) before you use anything else: a promise that is set and
    /// read, a channel, a lock, a `RefCell`, a task that is cancelled. A task need not note what it reads only after it
    /// awaited the handle of the task that wrote it.
    ///
    /// A future such as `FuturesUnordered` remembers the order of its wakes, even while its task is ready. The explorer cannot see
    /// these wakes. It takes every use of a `Shared`, a touched object or an awaited handle for a possible wake of each task that
    /// used it before. (A `Shared` of a type without a destructor holds no waker.) If a task calls such a waker in a turn in which
    /// it uses none of these, call `touch` with the same name before you store the waker and before you call it.
    ///
    /// If tasks share something that is not noted, the explorer may skip schedules that matter. Without `pruned` it skips none.
    /// Beyond the depth, nothing is promised either way.
    ///
    /// It has no effect on random orders.
    #[must_use]
    pub fn pruned(self) -> Self {
        Self { settings: Settings { is_pruned: true, ..self.settings } }
    }

    /// Random orders instead of all, the same for the same number; or exactly the schedule of a failure. Parse a seed in text
    /// first.
    ///
    /// ```
    /// use paintdry_explore::{Explorer, Schedule, Seed};
    ///
    /// let random = Explorer::new().seed(42);
    /// let once = Explorer::new().seed(Schedule::default());
    /// let again = Explorer::new().seed("2:1,5:3".parse::<Seed>()?);
    /// # Ok::<(), paintdry_explore::ParseSeedError>(())
    /// ```
    #[must_use]
    pub fn seed(self, seed: impl Into<Seed>) -> Self {
        Self { settings: Settings { seed: Some(seed.into()), ..self.settings } }
    }

    /// Runs `program` again and again, each time on a new loop, and hands it that loop's handle, which it need not use. Panics of
    /// the program print nothing. A program that ends with an `Err` has failed.
    ///
    /// ```
    /// use paintdry_explore::Explorer;
    ///
    /// let result = Explorer::new().check(|_| async { Err::<(), _>("no paint") });
    /// assert!(result.unwrap_err().to_string().starts_with("main ends with an error: no paint"));
    /// ```
    ///
    /// # Errors
    /// [`CheckError::Failed`] with the shortest failing schedule that was found, if there is one;
    /// [`CheckError::NotRepeatable`] or [`CheckError::FailedOnce`] if the program depends on more than the order of
    /// its tasks; [`CheckError::DoesNotFit`] if the schedule of [`seed`](Self::seed) belongs to another program;
    /// [`CheckError::NothingTried`] if no task ran.
    pub fn check<F>(&self, program: impl Fn(EventLoop) -> F) -> Result<Explored, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        self.check_watched(program, |_| ControlFlow::Continue(()))
    }

    /// [`check`](Self::check) of a program with any output, which `judge` gets at the end of each run.
    ///
    /// ```
    /// use paintdry_explore::Explorer;
    ///
    /// let is_even = |n| if n % 2 == 0 { Ok(()) } else { Err(format!("{n} strokes are odd")) };
    /// let result = Explorer::new().check_with(|_| async { 3 }, is_even);
    /// assert!(result.unwrap_err().to_string().contains("an error: 3 strokes are odd"));
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_with<F: Future, V: Verdict>(
        &self,
        program: impl Fn(EventLoop) -> F,
        judge: impl Fn(F::Output) -> V,
    ) -> Result<Explored, CheckError> {
        self.explore(program, judge, &mut |_| ControlFlow::Continue(()))
    }

    /// [`check`](Self::check) that calls `watch` after each run with the progress so far, and ends when `watch` breaks.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_watched<F>(
        &self,
        program: impl Fn(EventLoop) -> F,
        mut watch: impl FnMut(&Explored) -> ControlFlow<()>,
    ) -> Result<Explored, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        self.explore(program, |output| output, &mut watch)
    }

    fn explore<F: Future, V: Verdict>(
        &self,
        program: impl Fn(EventLoop) -> F,
        judge: impl Fn(F::Output) -> V,
        watch: &mut dyn FnMut(&Explored) -> ControlFlow<()>,
    ) -> Result<Explored, CheckError> {
        self.search(watch, &|| on_a_loop(&program, &judge))
    }

    fn search(
        &self,
        watch: &mut dyn FnMut(&Explored) -> ControlFlow<()>,
        program: &Program<'_>,
    ) -> Result<Explored, CheckError> {
        Search::new(Attempts { settings: &self.settings, program }, watch).run()
    }

    /// [`check`](Self::check) on any runtime that runs its tasks on the calling thread: each run has a new one. In the program,
    /// [`Turnstile<R>`](Turnstile) spawns, sleeps and yields. The schedules, and so the seeds, are the same on each runtime.
    ///
    /// ```
    /// use paintdry_core::{Runtime, gather};
    /// use paintdry_explore::{Explorer, Turnstile};
    /// use paintdry_smol::Local;
    ///
    /// let explored = Explorer::new().check_on::<Local, _>(|| async {
    ///     gather::<Turnstile<Local>, _>((0..3).map(|_| Turnstile::<Local>::yield_now())).await;
    /// });
    /// assert!(explored?.is_complete);
    /// # Ok::<(), paintdry_explore::CheckError>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check), and [`CheckError::SeveralThreads`].
    pub fn check_on<R: Runtime, F>(&self, program: impl Fn() -> F) -> Result<Explored, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        self.check_on_watched::<R, F>(program, |_| ControlFlow::Continue(()))
    }

    /// [`check_on`](Self::check_on), watched as in [`check_watched`](Self::check_watched).
    ///
    /// # Errors
    /// As [`check_on`](Self::check_on).
    pub fn check_on_watched<R: Runtime, F>(
        &self,
        program: impl Fn() -> F,
        mut watch: impl FnMut(&Explored) -> ControlFlow<()>,
    ) -> Result<Explored, CheckError>
    where
        F: Future<Output: Verdict>,
    {
        Turnstile::<R>::check()?;
        self.search(&mut watch, &|| on_runtime::<R, F>(&program))
    }

    /// [`check`](Self::check) of a program that starts its own loops, as [`ExploredLoop`](crate::ExploredLoop)s, on this
    /// thread.
    ///
    /// A panic that prints nothing leaves a run that is given up. If a destructor panics meanwhile, Rust aborts
    /// the process, as always when two panics meet. [`check`](Self::check) drops its tasks without a panic.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_blocking<V: Verdict>(&self, program: impl Fn() -> V) -> Result<Explored, CheckError> {
        self.check_blocking_watched(program, |_| ControlFlow::Continue(()))
    }

    /// [`check_blocking`](Self::check_blocking), watched as in [`check_watched`](Self::check_watched).
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_blocking_watched<V: Verdict>(
        &self,
        program: impl Fn() -> V,
        mut watch: impl FnMut(&Explored) -> ControlFlow<()>,
    ) -> Result<Explored, CheckError> {
        self.search(&mut watch, &|| program().failure())
    }
}

/// Runs a program on a new loop, and judges its output, if it has not been given up.
pub(crate) fn on_a_loop<F: Future, V: Verdict>(
    program: &impl Fn(EventLoop) -> F,
    judge: &impl Fn(F::Output) -> V,
) -> Option<String> {
    let event_loop = EventLoop::new();
    let main = program(event_loop.clone());
    let ended = run_explored(&event_loop, with_run(Run::new_loop).unwrap_or(1), main);
    drop(event_loop.close()); // tasks may hold handles to it; the loop is not running
    ended.and_then(|output| judge(output).failure())
}
