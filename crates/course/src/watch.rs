//! Runs a program in virtual time, with a recorder and the watchdog.

use crate::deadline::within_a_second;
use crate::seen::{Failure, Seen};
use crate::words::Watched;
use futures::FutureExt;
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::{EventLoop, Generator, GeneratorState, Request};
use paintdry_studio::{BlockingStudio, Clock, Studio, name_task, now};
use std::panic::{AssertUnwindSafe, resume_unwind};

/// Runs `program` as the main task of our event loop. What stalls or hangs ends within a second.
pub fn watch<F: Future>(name: &str, program: F) -> Seen<F::Output> {
    watch_on::<EventLoop, F>(name, program)
}

/// The same on the runtime `R`.
pub fn watch_on<R: Runtime, F: Future>(name: &str, program: F) -> Seen<F::Output> {
    within_a_second(name, || {
        let studio = Studio::<R>::new(Clock::Virtual).recording();
        let watched = studio.run(async {
            name_task("main"); // before the program's first canvas gives its name
            AssertUnwindSafe(program).catch_unwind().await
        });
        let ended = match watched.result {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(payload)) => Err(Failure::Panicked(TaskError::panic_message(&*payload))),
            Err(stalled) => Err(Failure::Stalled(stalled)),
        };
        Seen::new(name, R::NAME, ended, watched.wall, watched.tasks, watched.events)
    })
}

/// Runs a program without a runtime, which may start threads by [`spawn_thread`](crate::spawn_thread).
pub fn watch_blocking<T>(name: &str, program: impl FnOnce() -> T) -> Seen<T> {
    within_a_second(name, || {
        let studio = BlockingStudio::recording(Clock::Virtual, usize::MAX); // as many threads as it starts
        let ended = studio.task("main").run(program).map_err(|error| match error {
            TaskError::Panicked(message) => Failure::Panicked(message),
            other => Failure::Panicked(other.to_string()),
        });
        let watched = studio.end();
        Seen::new(name, "blocking", ended, watched.wall, watched.tasks, watched.events)
    })
}

/// Runs generators written by hand as tasks of our event loop, each under its name; gives what they return, in order.
pub fn watch_generators<G>(name: &str, generators: impl IntoIterator<Item = (&'static str, G)>) -> Seen<Vec<G::Return>>
where
    G: Generator + Send + 'static,
    G::Return: Send + 'static,
{
    let tasks = generators.into_iter().map(|(task, generator)| async move {
        name_task(task);
        resumed(generator).await
    });
    watch(name, crate::words::gather(tasks))
}

/// More resumes of one generator at one moment than this are no progress.
const MOST_AT_ONE_MOMENT: u32 = 30;

/// A generator as a coroutine: resumed until it is complete, with an await for each yield.
///
/// # Panics
/// If it is resumed again and again while no time passes: that would go on for ever.
pub async fn resumed<G: Generator>(mut generator: G) -> G::Return {
    let (mut moment, mut resumes) = (now(), 0);
    loop {
        let state = generator.resume();
        resumes = if now() == moment { resumes + 1 } else { 1 };
        moment = now();
        if resumes == MOST_AT_ONE_MOMENT && matches!(state, GeneratorState::Yielded(_)) {
            let message = format!("resumed {resumes} times at {:.1} s {NO_PROGRESS}", moment.as_secs_f64());
            resume_unwind(Box::new(message)); // not panic!, which prints it once more for each task
        }
        match state {
            GeneratorState::Complete(result) => return result,
            GeneratorState::Yielded(Request::Turn) => Watched::yield_now().await,
            GeneratorState::Yielded(Request::Sleep(duration)) => Watched::sleep(duration).await,
            // For a future of the loop, which is not in this time. The watchdog will name who waits.
            GeneratorState::Yielded(Request::Wait) => std::future::pending().await,
        }
    }
}

const NO_PROGRESS: &str =
    "and still not complete. Does it remember how far it is? If it waits: only a Sleep lets time pass";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{say, seconds};
    use paintdry_generator::Request;

    /// Asks for the same thing again and again, for so many times.
    struct Asking(Request, u32);

    impl Generator for Asking {
        type Return = ();

        fn resume(&mut self) -> GeneratorState<()> {
            if self.1 == 0 {
                return GeneratorState::Complete(());
            }
            self.1 -= 1;
            say("asks");
            GeneratorState::Yielded(self.0)
        }
    }

    #[test]
    fn a_generator_without_progress_ends_with_a_message() {
        let seen = watch_generators("endless", [("painter", Asking(Request::Turn, u32::MAX))]);
        assert!(seen.panicked().is_some_and(|message| message.contains("resumed 30 times at 0.0 s")), "{seen:?}");
        assert_eq!(seen.said().len(), 30);
    }

    #[test]
    fn many_resumes_are_progress_if_time_passes() {
        let seen = watch_generators("patient", [("painter", Asking(Request::Sleep(seconds(1)), 100))]);
        seen.assert_took(seconds(100), "a hundred sleeps of a second");
    }
}
