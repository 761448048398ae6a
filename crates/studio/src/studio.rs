//! The studio: a runtime under which every task is watched.

use crate::clock::Clock;
use crate::here::hear_words;
use crate::pause::Sleeping;
use crate::run::Run;
use crate::stalled::Stalled;
use crate::state::{TaskState, current};
use crate::task::Task;
use crate::turnstile::Turnstile;
use crate::watch::Watch;
use crate::watched_run::WatchedRun;
use crate::yielding::Yielding;
use futures::channel::oneshot;
use paintdry_core::{Chooser, Runtime, TaskError};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::task::Poll;
use std::thread;
use std::time::Duration;

/// How long a run may stand still, unless told otherwise, before the watchdog calls it stalled.
const PATIENCE: Duration = Duration::from_millis(500);

/// A runtime, watched: it is a [`Runtime`] itself, so every program that runs on `R` runs on `Studio<R>`, under a virtual clock,
/// with a recorder, or only with the watchdog.
///
/// Each task is wrapped, and each pause. A pause must therefore come from here (`Studio::<R>::sleep`, as any program
/// that is generic over its runtime writes); of a sleep taken from the runtime directly the studio knows nothing, and
/// takes the task that waits for it for stuck.
///
/// ```
/// use paintdry_core::Runtime;
/// use paintdry_studio::{Clock, Studio, now};
/// use paintdry_tokio::CurrentThread;
/// use std::time::Duration;
///
/// type Watched = Studio<CurrentThread>;
///
/// let hour = Duration::from_secs(3600);
/// let watched = Watched::new(Clock::Virtual).run(async move {
///     let nap = Watched::spawn(Watched::sleep(hour));
///     nap.await?;
///     Ok::<_, paintdry_core::TaskError>(now())
/// });
/// assert_eq!(watched.result?, Ok(hour)); // and no time has passed
/// # Ok::<(), paintdry_studio::Stalled>(())
/// ```
#[derive(Debug)]
pub struct Studio<R> {
    runtime: R,
    clock: Clock,
    is_recording: bool,
    patience: Duration,
    main_is_apart: bool,
}

impl<R: Runtime> Studio<R> {
    /// Starts the runtime, to be watched under this clock, without a recording.
    ///
    /// # Panics
    /// If the runtime cannot be started.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self::around(R::start(), clock)
    }

    /// Watches a runtime that you have started yourself, with options of your own.
    ///
    /// ```
    /// use paintdry_studio::{Clock, Studio};
    /// use paintdry_tokio::{MultiThread, tokio::runtime::Builder};
    ///
    /// let with_two_workers = Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    /// let studio = Studio::around(MultiThread::from(with_two_workers), Clock::Virtual);
    /// assert_eq!(studio.run(async { "dry" }).result, Ok("dry"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Panics
    /// If the runtime cannot run a task.
    #[must_use]
    pub fn around(runtime: R, clock: Clock) -> Self {
        const { assert!(!R::IS_WATCHED, "a watched runtime need not be watched again; watch the runtime itself") };
        let home = thread::current().id();
        // The first task also makes those runtimes start their threads that do so late.
        let elsewhere = runtime.run_until_complete(async { R::spawn(async { thread::current().id() }).await });
        let main_is_apart = elsewhere.is_ok_and(|thread| thread != home);
        Self { runtime, clock, is_recording: false, patience: PATIENCE, main_is_apart }
    }

    /// Records the events of each run from now on.
    #[must_use]
    pub fn recording(self) -> Self {
        Self { is_recording: true, ..self }
    }

    /// Sets how long a run may stand still before the watchdog calls it stalled; the default is half a second. If a task waits
    /// for a thread outside, or for a task that an earlier run has left behind, that has to be quicker. A runtime may have less
    /// patience of its own, and then panics: our loop waits ten seconds.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs `future` as the main task on the calling thread, until it is complete or nothing can run any more. Tasks
    /// that have not ended by then are left alone or dropped, as the runtime does; in virtual time they are cancelled at
    /// their next poll, because their time has ended.
    ///
    /// # Panics
    /// If `future` panics, and where the runtime's own `run_until_complete` does.
    #[track_caller]
    pub fn run<F: Future>(&self, future: F) -> WatchedRun<F::Output> {
        self.watch(self.new_run(self.clock, Some(self.patience)), future)
    }

    /// Runs `future` in virtual time, and lets `chooser` choose whose turn it is. All other tasks are held back meanwhile, on all
    /// threads of the runtime. If no task can run, the run has stalled at once. If the chooser ends the run or panics, the run
    /// has stalled without tasks.
    ///
    /// What a task awaits must come from tasks and sleeps of this studio. It does not wait for other threads, nor for tasks that were
    /// spawned on the runtime itself.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_choosing<F: Future>(&self, future: F, chooser: Box<dyn Chooser + Send>) -> WatchedRun<F::Output> {
        let mut run = self.new_run(Clock::Virtual, None);
        run.turnstile = Some(Turnstile::new(chooser, R::unconstrained));
        self.watch(run, future)
    }

    /// Whether the runtime runs all tasks on the thread that calls [`run`](Self::run).
    #[must_use]
    pub fn is_on_one_thread(&self) -> bool {
        self.runtime.threads() == 1 && !self.main_is_apart
    }

    fn new_run(&self, clock: Clock, patience: Option<Duration>) -> Run {
        Run::new(clock, self.is_recording, self.runtime.threads(), self.main_is_apart, patience)
    }

    #[track_caller]
    fn watch<F: Future>(&self, run: Run, future: F) -> WatchedRun<F::Output> {
        hear_words();
        let run = Arc::new(run);
        let main = TaskState::new(&run, None);
        let _ = run.main.set(Arc::clone(&main.facts)); // it has none yet
        let ending = Cell::new(None);
        let watch = Watch::new(main, future, |end| {
            ending.set(Some((end, run.end())));
        });
        self.runtime.run_until_complete(unless_stalled(&run, watch));
        let (result, WatchedRun { wall, tasks, events, resources, .. }) = match ending.into_inner() {
            Some((Ok(output), seen)) => (Ok(output), seen),
            Some((Err(payload), _)) => resume_unwind(payload),
            None => (Err(run.stalled.get().cloned().unwrap_or_else(Stalled::without_tasks)), run.end()),
        };
        WatchedRun { result, wall, tasks, events, resources }
    }

    /// Spawns a task that has its name from the start, as `spawn` of the trait and [`name_task`](crate::name_task) do
    /// together; only so does tokio-console show the name.
    ///
    /// # Panics
    /// Outside of [`Studio::run`].
    #[track_caller]
    pub fn spawn_named<F>(name: &str, future: F) -> Task<R, F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        spawn(Some(name), future)
    }
}

#[track_caller]
fn spawn<R, F>(name: Option<&str>, future: F) -> Task<R, F::Output>
where
    R: Runtime,
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let task = TaskState::new(&current("a task was spawned").run, name);
    let (promise, result) = oneshot::channel();
    let handle = R::spawn(Watch::new(Arc::clone(&task), future, |ending| {
        let _ = promise.send(Result::map_err(ending, TaskError::from_panic)); // the handle may have been dropped
    }));
    Task::new(result, handle, task)
}

/// Polls the main task until it is complete, or the watchdog has found the run stalled.
async fn unless_stalled(run: &Arc<Run>, watch: impl Future<Output = ()>) {
    let mut watch = pin!(watch);
    std::future::poll_fn(|context| {
        let mut waker = run.main_waker.lock().unwrap_or_else(PoisonError::into_inner);
        if !waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *waker = Some(context.waker().clone());
        }
        drop(waker);
        if run.stalled.get().is_none() {
            return watch.as_mut().poll(context);
        }
        run.give_up(); // before the main task is dropped: tasks that its drop wakes on other threads must not run
        Poll::Ready(())
    })
    .await;
}

impl<R: Runtime> Runtime for Studio<R> {
    const NAME: &'static str = R::NAME;

    const CANCELS_ON_DROP: bool = R::CANCELS_ON_DROP;

    const IS_WATCHED: bool = true;

    type Task<T: Send + 'static> = Task<R, T>;

    /// The runtime under the watchdog, in real time and without a recording.
    fn start() -> Self {
        Self::new(Clock::Real)
    }

    fn threads(&self) -> usize {
        self.runtime.threads()
    }

    /// # Panics
    /// If `future` panics, and with the message of [`Stalled`] if nothing can run any more.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        match self.run(future).result {
            Ok(output) => output,
            Err(stalled) => panic!("{stalled}"),
        }
    }

    /// # Panics
    /// Outside of [`Studio::run`].
    #[track_caller]
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        spawn(None, future)
    }

    /// The runtime's own sleep, or in virtual time a timer of the run. It counts from the call. If it is polled in another run,
    /// what is left of it passes in the time of that run.
    ///
    /// # Panics
    /// Outside of [`Studio::run`]; in virtual time also when it is polled outside of a task after its run has ended.
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        Sleeping::new(duration, R::sleep)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        Yielding::new(R::yield_now())
    }
}
