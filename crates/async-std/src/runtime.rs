//! The flavour: each method of the trait is one line of the runtime's own.

use crate::Task;
use paintdry_core::Runtime;
use std::time::Duration;

/// Runs the tasks on the process's own threads for them; the thread that calls `run_until_complete` runs only the
/// future given there.
#[derive(Debug)]
pub struct Global;

impl Runtime for Global {
    const NAME: &'static str = "async-std";

    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        Self
    }

    fn threads(&self) -> usize {
        // async-std does not export the number: this is its rule.
        let asked = std::env::var("ASYNC_STD_THREAD_COUNT").ok().and_then(|threads| threads.parse().ok());
        asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        async_std::task::block_on(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task::new(async_std::task::spawn(future))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        async_std::task::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        async_std::task::yield_now()
    }
}
