//! The flavours: each method of the trait is one line of the runtime's own.

use crate::Task;
use paintdry_core::Runtime;
use std::time::Duration;

scoped_tls::scoped_thread_local! {
    /// The executor that runs on this thread, so that `spawn`, which has no `self`, finds it.
    static EXECUTOR: smol::LocalExecutor<'static>
}

/// Runs every task on the thread that calls `run_until_complete`.
#[derive(Debug)]
pub struct Local {
    executor: smol::LocalExecutor<'static>,
}

/// An executor that you have made yourself.
impl From<smol::LocalExecutor<'static>> for Local {
    fn from(executor: smol::LocalExecutor<'static>) -> Self {
        Self { executor }
    }
}

impl Runtime for Local {
    const NAME: &'static str = "smol";

    const CANCELS_ON_DROP: bool = true;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        smol::LocalExecutor::new().into()
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        EXECUTOR.set(&self.executor, || smol::block_on(self.executor.run(future)))
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task::new(EXECUTOR.with(|executor| executor.spawn(future)))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let timer = smol::Timer::after(duration);
        async { _ = timer.await }
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        smol::future::yield_now()
    }
}

/// Runs the tasks on the process's own thread for them; the thread that calls `run_until_complete` runs only the
/// future given there.
#[derive(Debug)]
pub struct Global;

impl Runtime for Global {
    const NAME: &'static str = "smol-global";

    const CANCELS_ON_DROP: bool = true;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        Self
    }

    fn threads(&self) -> usize {
        // smol does not export the number: this is its rule.
        std::env::var("SMOL_THREADS").ok().and_then(|threads| threads.parse().ok()).unwrap_or(1).max(1)
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        smol::block_on(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task::new(smol::spawn(future))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let timer = smol::Timer::after(duration);
        async { _ = timer.await }
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        smol::future::yield_now()
    }
}
