//! Threads of a blocking program that start and join each other, so that virtual time knows which waits for which.

use crate::event::EventKind;
use crate::primitives::{Mutex, MutexGuard, thread};
use crate::run::Run;
use crate::state::{TaskState, all_polled_here, current};
use crate::threads::BlockingTask;
use paintdry_core::{TaskError, contain};
use std::fmt;
use std::panic::resume_unwind;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, PoisonError};

/// A thread that works on a task of its own. Dropping it detaches the thread, as `std`'s handle does.
#[must_use = "the thread runs by itself, but only `join` returns its result"]
pub struct BlockingThread<T> {
    thread: thread::JoinHandle<Kept<T>>,
    task: Arc<TaskState>,
    joined: Arc<Joined>,
}

/// The result of a thread until `join` takes it. If the thread is detached, no code takes it, and `std` ends the process when
/// the drop of a thread's result panics.
struct Kept<T>(Option<Result<T, TaskError>>);

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        contain(|| drop(self.0.take()));
    }
}

/// Whether a thread has ended, and how many tasks wait for that.
#[derive(Default)]
struct Joined(Mutex<Progress>);

#[derive(Default)]
struct Progress {
    has_ended: bool,
    /// How many tasks of the run wait for the end, on the thread that joins this one.
    waiting: u32,
}

impl Joined {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes the end of a thread's work, also of one that panics.
struct Ending(Arc<TaskState>, Arc<Joined>);

impl Drop for Ending {
    fn drop(&mut self) {
        let mut progress = self.1.progress();
        progress.has_ended = true;
        // They run from here on: before this thread stops being counted, or time would advance without them.
        self.0.run.counts.more_running(progress.waiting);
    }
}

/// A thread that has been started and has not begun. Virtual time waits for it.
struct Starting(Arc<Run>);

impl Starting {
    fn new(run: &Arc<Run>) -> Self {
        run.starting.fetch_add(1, SeqCst);
        Self(Arc::clone(run))
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        self.0.starting.fetch_sub(1, SeqCst);
    }
}

/// Starts a thread that does `work` as a task of the run that the caller belongs to.
///
/// ```
/// use paintdry_studio::{BlockingStudio, Clock, now, sleep_blocking, spawn_thread};
/// use std::time::Duration;
///
/// let hour = Duration::from_secs(3600);
/// let studio = BlockingStudio::new(Clock::Virtual, 3);
/// let ended = studio.task("main").run(|| {
///     let nappers = [1, 2].map(|n| spawn_thread("napper", move || sleep_blocking(n * hour)));
///     nappers.into_iter().for_each(|napper| napper.join().expect("a nap does not fail"));
///     now()
/// });
/// assert_eq!(ended, Ok(2 * hour)); // at the same time
/// ```
///
/// # Panics
/// Outside of a watched task, and if the operating system refuses a thread.
#[track_caller]
pub fn spawn_thread<T, F>(name: &str, work: F) -> BlockingThread<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let run = &current("a thread was started").run;
    let starting = Starting::new(run); // before it counts as ready
    let task = TaskState::apart(run, name);
    let joined = Arc::<Joined>::default();
    let ending = Ending(Arc::clone(&task), Arc::clone(&joined));
    let blocking = BlockingTask::of(Arc::clone(&task));
    let thread = thread::spawn(move || {
        let result = blocking.run(move || {
            drop(starting); // it counts as running now
            let _ending = ending;
            work()
        });
        Kept(Some(result))
    });
    BlockingThread { thread, task, joined }
}

impl<T> BlockingThread<T> {
    /// Waits until the thread has ended, and returns its result. It holds the thread that it is called on.
    ///
    /// The thread may belong to another run than the caller. Then the time of the caller's run stands still until the
    /// thread has ended.
    ///
    /// # Errors
    /// [`TaskError::Panicked`] if the work panicked.
    ///
    /// # Panics
    /// Outside of a watched task.
    pub fn join(self) -> Result<T, TaskError> {
        let joining = current("a thread was joined");
        let waiting = Waiting::begin(joining, &self.task, &self.joined);
        let ended = self.thread.join();
        drop(waiting);
        let mut kept = ended.unwrap_or_else(|payload| resume_unwind(payload));
        kept.0.take().unwrap_or(Err(TaskError::Cancelled)) // only `join` takes it, and only once
    }
}

/// A join that has to wait for the end of a thread.
struct Waiting<'a> {
    /// The task that joins it.
    joining: Arc<TaskState>,
    joined: &'a TaskState,
    /// The tasks of the thread's run that are being polled on the thread that joins it: if the task that joins it is one of
    /// another run, then the tasks around it.
    tasks: Vec<Arc<TaskState>>,
}

impl<'a> Waiting<'a> {
    /// Begins to wait. Returns nothing if the thread has ended.
    fn begin(joining: Arc<TaskState>, joined: &'a TaskState, progress: &Joined) -> Option<Self> {
        let run = &joined.run;
        let tasks = all_polled_here(run);
        let count = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
        let mut progress = progress.progress();
        if progress.has_ended {
            return None;
        }
        progress.waiting = count;
        drop(progress);
        let this = Self { joining, joined, tasks };
        this.joining.record(EventKind::Block);
        if let Some(task) = this.tasks.last() {
            task.joins(joined, true);
        }
        run.joining.fetch_add(this.held_workers(), SeqCst);
        run.counts.less_running(count);
        run.advance_if_idle();
        Some(this)
    }

    /// How many threads it holds that run other tasks of the thread's run: one or none.
    fn held_workers(&self) -> usize {
        usize::from(self.tasks.first().is_some_and(|task| task.is_on_a_worker()))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.joined.run.joining.fetch_sub(self.held_workers(), SeqCst);
        if let Some(task) = self.tasks.last() {
            task.joins_no_more(self.joined);
        }
        self.joining.record(EventKind::Unblock);
    }
}

impl<T> fmt::Debug for BlockingThread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingThread").field("name", &self.task.facts.name()).finish_non_exhaustive()
    }
}

impl<T> BlockingThread<T> {
    /// Waits until the end of a thread that has nothing left to do is recorded. The wait itself is not recorded, and time stands
    /// still. For a thread that hands over its result by itself: otherwise the run may end before the thread's end is in its
    /// recording.
    pub fn finish(self) {
        contain(|| drop(self.thread.join()));
    }
}
