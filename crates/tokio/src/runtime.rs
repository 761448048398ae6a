//! The flavours: each method of the trait is one line of the runtime's own.

use crate::Task;
use paintdry_core::Runtime;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Runs every task on the thread that calls `run_until_complete`.
#[derive(Debug)]
pub struct CurrentThread {
    runtime: tokio::runtime::Runtime,
}

/// A runtime of this flavour that you have built yourself. It needs `enable_time`.
impl From<tokio::runtime::Runtime> for CurrentThread {
    fn from(runtime: tokio::runtime::Runtime) -> Self {
        Self { runtime }
    }
}

impl Runtime for CurrentThread {
    const NAME: &'static str = "tokio";

    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("the operating system gives what tokio's runtime needs").into()
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task::new(tokio::spawn(future))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        tokio::time::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        tokio::task::yield_now()
    }

    fn unconstrained(poll: &mut dyn FnMut()) {
        unconstrained(poll);
    }
}

/// Runs the tasks on worker threads; the thread that calls `run_until_complete` runs only the future given there.
#[derive(Debug)]
pub struct MultiThread {
    runtime: tokio::runtime::Runtime,
}

/// A runtime of this flavour that you have built yourself. It needs `enable_time`.
impl From<tokio::runtime::Runtime> for MultiThread {
    fn from(runtime: tokio::runtime::Runtime) -> Self {
        Self { runtime }
    }
}

impl Runtime for MultiThread {
    const NAME: &'static str = "tokio-multi";

    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("the operating system gives what tokio's runtime needs").into()
    }

    fn threads(&self) -> usize {
        self.runtime.metrics().num_workers()
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Task::new(tokio::spawn(future))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        tokio::time::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        tokio::task::yield_now()
    }

    fn unconstrained(poll: &mut dyn FnMut()) {
        unconstrained(poll);
    }
}

/// Lifts the budget of 128 operations, after which tokio makes a task yield.
fn unconstrained(poll: &mut dyn FnMut()) {
    let once = tokio::task::unconstrained(poll_fn(|_| {
        poll();
        Poll::Ready(())
    }));
    let _ = pin!(once).poll(&mut Context::from_waker(Waker::noop())); // it is ready at once
}
