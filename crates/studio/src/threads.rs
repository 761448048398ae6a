//! Programs without a runtime, watched: pieces of work that hold their thread, one after another or on threads.

use crate::clock::Clock;
use crate::event::EventKind;
use crate::here::hear_words;
use crate::pause::Timer;
use crate::primitives::{AtomicBool, thread};
use crate::run::Run;
use crate::state::{TaskState, acting_as, all_polled_here, current};
use crate::timers::Held;
use crate::watched_run::WatchedRun;
use paintdry_core::TaskError;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// A run of work that blocks its threads, under the same clock and recorder as tasks are. Each piece of work is a task
/// that is polled once.
///
/// ```
/// use paintdry_studio::{BlockingStudio, Clock, now, sleep_blocking};
/// use std::time::Duration;
///
/// let studio = BlockingStudio::new(Clock::Virtual, 1);
/// let hour = Duration::from_secs(3600);
/// let ended = [1, 2].map(|hours| studio.task("napper").run(|| {
///     sleep_blocking(hours * hour);
///     now()
/// }));
/// assert_eq!(ended, [Ok(hour), Ok(3 * hour)]); // one after another, and no time has passed
/// ```
pub struct BlockingStudio {
    run: Arc<Run>,
}

/// A piece of work that has been announced, and has not begun. Virtual time waits until it begins or is dropped.
///
/// If other threads are held and nothing begins for a second of real time, virtual time continues without it: the thread
/// that would run it may be among those that are held.
#[must_use = "run it or drop it: virtual time waits for it"]
pub struct BlockingTask {
    task: Arc<TaskState>,
}

impl BlockingStudio {
    /// A run on this number of threads. It begins now.
    #[must_use]
    pub fn new(clock: Clock, threads: usize) -> Self {
        Self::with(clock, threads, false)
    }

    /// A run on this number of threads, with a recording. It begins now.
    #[must_use]
    pub fn recording(clock: Clock, threads: usize) -> Self {
        Self::with(clock, threads, true)
    }

    fn with(clock: Clock, threads: usize, is_recording: bool) -> Self {
        hear_words();
        Self { run: Arc::new(Run::on_threads(clock, is_recording, threads)) }
    }

    /// Announces a piece of work. Virtual time waits until it begins, so work that is announced before other work runs
    /// needs a thread of its own.
    #[track_caller]
    pub fn task(&self, name: &str) -> BlockingTask {
        BlockingTask::of(TaskState::new(&self.run, Some(name)))
    }

    /// Ends the run.
    pub fn end(self) -> WatchedRun<()> {
        self.run.end()
    }
}

impl BlockingTask {
    /// The work of a task that has just been made.
    pub(crate) fn of(task: Arc<TaskState>) -> Self {
        Self { task }
    }

    /// Does the work on this thread. A panic is its error.
    ///
    /// # Errors
    /// [`TaskError::Panicked`] if `work` panics.
    pub fn run<T>(self, work: impl FnOnce() -> T) -> Result<T, TaskError> {
        let task = &self.task;
        task.begin_poll();
        let ended = acting_as(task, || catch_unwind(AssertUnwindSafe(work))).map_err(TaskError::from_panic);
        task.record(match &ended {
            Err(TaskError::Panicked(message)) => EventKind::Panic(message.as_str().into()),
            _ => EventKind::Complete,
        });
        task.end();
        ended
    }
}

impl Drop for BlockingTask {
    fn drop(&mut self) {
        if !self.task.facts.is_done() {
            self.task.begin_cancel();
            self.task.end();
        }
    }
}

impl fmt::Debug for BlockingStudio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingStudio").finish_non_exhaustive()
    }
}

impl fmt::Debug for BlockingTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingTask").field("name", &self.task.facts.name()).finish_non_exhaustive()
    }
}

/// Puts the thread to sleep, and with it everything else that would run on it: what `thread::sleep` is, in the time of
/// the run.
///
/// # Panics
/// Outside of a watched task.
pub fn sleep_blocking(duration: Duration) {
    let task = current("a sleep was made");
    let mut timer = Timer::of_a_thread(duration);
    timer.set();
    task.record(EventKind::Block);
    if timer.is_virtual() {
        hold(&task, &timer, true);
    } else {
        thread::sleep(duration);
        timer.record_fired();
    }
    task.record(EventKind::Unblock);
}

/// Lets virtual time pass as if the thread were at work for so long, while nothing else can run on it. In real time it
/// does nothing: there the work itself takes time.
///
/// Runtimes that have one pool of threads for the whole process (async-std, smol's global executor) share it among
/// simultaneous runs. A thread that one run holds is missing in another, which then waits 0.3 s of real time before its own
/// time advances without that thread.
///
/// # Panics
/// Outside of a watched task.
pub fn work(duration: Duration) {
    let task = current("work was done");
    if task.run.clock.is_virtual() && !duration.is_zero() {
        hold(&task, &Timer::of_a_thread(duration), false);
    }
}

fn hold(task: &Arc<TaskState>, timer: &Timer, is_sleep: bool) {
    let polled = all_polled_here(&task.run);
    let outermost = polled.first().unwrap_or(task);
    let held = Held {
        task: task.number(),
        depth: u32::try_from(polled.len()).unwrap_or(u32::MAX),
        thread: thread::current(),
        is_released: AtomicBool::new(false),
        is_sleep,
        is_worker: outermost.is_on_a_worker(),
        is_main: outermost.number() == 0,
    };
    task.run.hold(timer.key(), &Arc::new(held));
}
