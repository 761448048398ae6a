//! The generator loop as a [`Runtime`] that can be explored.

use crate::chooser::{GivenUp, run_explored};
use crate::run::{Run, with_run};
use crate::task::ExploredTask;
use crate::time::Sleeping;
use paintdry_core::Runtime;
use paintdry_generator::{EventLoop, sleep, yield_now};
use std::cell::OnceCell;
use std::panic::resume_unwind;
use std::time::Duration;

/// The generator loop, for programs to explore. It notes the end of a task, and each poll of a handle.
///
/// Explore a program that is generic over its [`Runtime`] as `program::<ExploredLoop>()`. Its yields and sleeps are the loop's,
/// in virtual time.
#[derive(Debug)]
pub struct ExploredLoop {
    event_loop: EventLoop,
    /// The number of this loop in its run.
    number: OnceCell<u32>,
}

impl Runtime for ExploredLoop {
    const NAME: &'static str = "generator, explored";

    const CANCELS_ON_DROP: bool = false;

    const HAS_OWN_TIME: bool = false; // it is virtual

    type Task<T: Send + 'static> = ExploredTask<T>;

    fn start() -> Self {
        Self { event_loop: EventLoop::new(), number: OnceCell::new() }
    }

    fn threads(&self) -> usize {
        1
    }

    /// # Panics
    /// If `future` panics, and outside of an exploration.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let number = with_run(Run::new_loop)
            .expect("an `ExploredLoop` runs only in an exploration: start it in the program that `check_blocking` is given, on its thread");
        let number = *self.number.get_or_init(|| number);
        run_explored(&self.event_loop, number, future).unwrap_or_else(|| resume_unwind(Box::new(GivenUp)))
    }

    /// # Panics
    /// If no event loop runs on this thread.
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        ExploredTask::spawn(future)
    }

    async fn sleep(duration: Duration) {
        let _sleeping = Sleeping::begin(duration);
        sleep(duration).await;
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        yield_now()
    }
}
