//! What a watched program says and asks for. All of it is in virtual time.
//!
//! `spawn`, `sleep` and the rest run on our own event loop, on which the course's programs run unless they name another
//! runtime: then they write `Studio::<Local>::spawn`, say, and `sleep` from here works there too.

use crate::deadline;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::EventLoop;
use paintdry_studio::{BlockingThread, Studio, Task, at_line, note};
use std::panic::{Location, resume_unwind};
use std::time::Duration;

/// Our event loop, watched.
pub type Watched = Studio<EventLoop>;

/// Notes that the task has reached the caller's line, so that the replay page and the watchdog can name it.
#[track_caller]
pub(crate) fn here() {
    let caller = Location::caller();
    if caller.file() != file!() {
        // Otherwise it is called through a pointer or a trait, and the caller is unknown.
        deadline::came_to(caller);
        at_line(caller.line());
    }
}

/// Logs what the running task says.
///
/// # Panics
/// Outside [`watch`](crate::watch()) and its siblings, as does everything here.
#[track_caller]
pub fn say(text: impl AsRef<str>) {
    here();
    note(text.as_ref());
}

/// Waits; meanwhile other tasks can run.
#[track_caller]
pub fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
    here();
    Watched::sleep(duration)
}

/// Waits, and blocks the thread meanwhile, so that no other task can run on it, as `std::thread::sleep` does.
#[track_caller]
pub fn sleep_blocking(duration: Duration) {
    here();
    paintdry_studio::sleep_blocking(duration);
}

/// Gives the other tasks a turn.
#[track_caller]
pub fn yield_now() -> impl Future<Output = ()> + Send + 'static {
    here();
    Watched::yield_now()
}

/// Lets virtual time pass as if the thread worked for this long: no other task can run on it meanwhile.
#[track_caller]
pub fn work(duration: Duration) {
    here();
    paintdry_studio::work(duration);
}

/// Starts a task with a name. Dropping its handle detaches it.
pub fn spawn<F>(name: &str, future: F) -> Task<EventLoop, F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    Watched::spawn_named(name, future)
}

/// Runs all of them as tasks, and returns their results in the same order.
///
/// # Panics
/// If one of them panics, with its message.
pub async fn gather<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let ended = paintdry_core::gather::<Watched, F>(futures).await;
    // Not panic!, which would print the task's message again.
    let result = |ended: Ended<_>| ended.unwrap_or_else(|error| resume_unwind(Box::new(error.to_string())));
    ended.into_iter().map(result).collect()
}

/// Starts a thread with a name, in the virtual time of the program. Its handle has `join`.
pub fn spawn_thread<T, F>(name: &str, work: F) -> BlockingThread<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    paintdry_studio::spawn_thread(name, work)
}

/// Does `work` on another thread, and waits for its result; meanwhile other tasks can run. Tokio calls this
/// `spawn_blocking`, and smol `unblock`.
///
/// ```
/// use paintdry_course::{milliseconds, offload, say, seconds, sleep, spawn, watch, work};
///
/// let seen = watch("offload", async {
///     spawn("heart", async {
///         loop {
///             sleep(milliseconds(400)).await;
///             say("beat");
///         }
///     });
///     offload("hand", || work(seconds(1))).await
/// });
/// seen.assert_took(seconds(1), "the work");
/// assert_eq!(seen.times_of("heart: beat"), [milliseconds(400), milliseconds(800)]);
/// ```
///
/// # Panics
/// If `work` panics, with its message.
pub async fn offload<T, F>(name: &str, work: F) -> T
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (promise, result) = oneshot::channel();
    let thread = spawn_thread(name, || promise.send(work()).is_ok());
    match result.await {
        Ok(result) => {
            thread.finish(); // so that its end is in the recording, also if the program ends now
            result
        }
        Err(oneshot::Canceled) => panic!("{}", thread.join().expect_err("only a panic breaks the promise")),
    }
}

/// The result of a task or of a thread.
pub type Ended<T> = Result<T, TaskError>;
