//! Runs a program in virtual time, with a recorder and the watchdog.

use crate::deadline::within_a_second;
use crate::progress::Progressing;
use crate::seen::{Failure, Seen};
use crate::words::Watched;
use futures::FutureExt;
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::{EventLoop, Generator, GeneratorState, Request};
use paintdry_studio::{BlockingStudio, Clock, Studio, name_task};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// How long a program may stand still: the studio's patience. It is a third of the studio's default, because no outside event
/// is expected here: the threads of the course are in virtual time and counted.
const PATIENCE: Duration = Duration::from_millis(150);

/// Runs `program` as the main task of our event loop. A program that stalls or hangs ends within a second.
/// Messages and pages have its name.
#[track_caller]
pub fn watch<F: Future>(name: &str, program: F) -> Seen<F::Output> {
    watch_on::<EventLoop, F>(name, program)
}

/// The same on the runtime `R`.
#[track_caller]
pub fn watch_on<R: Runtime, F: Future>(name: &str, program: F) -> Seen<F::Output> {
    within_a_second(name, || {
        let studio = Studio::<R>::new(Clock::Virtual).with_patience(PATIENCE).recording();
        let watched = studio.run(async {
            name_task("main"); // before the program's first canvas gives its name
            AssertUnwindSafe(program).catch_unwind().await
        });
        let ended = match watched.result {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(payload)) => Err(Failure::Panicked(TaskError::panic_message(&*payload))),
            Err(stalled) => Err(Failure::Stalled(stalled)),
        };
        Seen::new(name, R::NAME, ended, watched.wall, watched.tasks, watched.events).with(watched.resources)
    })
}

/// Runs a program without a runtime, which may start threads with [`spawn_thread`](crate::spawn_thread).
#[track_caller]
pub fn watch_blocking<T>(name: &str, program: impl FnOnce() -> T) -> Seen<T> {
    within_a_second(name, || {
        let studio = BlockingStudio::recording(Clock::Virtual, usize::MAX); // as many threads as it starts
        let ended = studio.task("main").run(program).map_err(|error| match error {
            TaskError::Panicked(message) => Failure::Panicked(message),
            other => Failure::Panicked(other.to_string()),
        });
        let watched = studio.end();
        Seen::new(name, "blocking", ended, watched.wall, watched.tasks, watched.events).with(watched.resources)
    })
}

/// Runs generators written by hand as tasks of our event loop, each with its name; returns their results, in order.
/// If one is resumed again and again while no time passes, it panics and says so.
#[track_caller]
pub fn watch_generators<G>(name: &str, generators: impl IntoIterator<Item = (&'static str, G)>) -> Seen<Vec<G::Return>>
where
    G: Generator + Send + 'static,
    G::Return: Send + 'static,
{
    let tasks = generators.into_iter().map(|(task, generator)| async move {
        name_task(task);
        resumed(Progressing::new(generator)).await
    });
    watch(name, crate::words::gather(tasks))
}

/// A generator as a coroutine: resumed until it is complete, with an await for each yield.
pub async fn resumed<G: Generator>(mut generator: G) -> G::Return {
    loop {
        match generator.resume() {
            GeneratorState::Complete(result) => return result,
            GeneratorState::Yielded(Request::Turn) => Watched::yield_now().await,
            GeneratorState::Yielded(Request::Sleep(duration)) => Watched::sleep(duration).await,
            // For a future of the loop, which this virtual time does not know. The watchdog names the waiting task.
            GeneratorState::Yielded(Request::Wait) => std::future::pending().await,
        }
    }
}
