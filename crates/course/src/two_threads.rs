//! A runtime with two threads on every machine, so that parallel work takes the same time everywhere.

use paintdry_core::Runtime;
use paintdry_tokio::{MultiThread, Task};
use std::time::Duration;

/// Tokio with two threads for the tasks: `watch_on::<TwoThreads, _>`, and `Studio::<TwoThreads>::spawn`.
///
/// On its own, tokio starts a thread for each core. The main future has a third thread, as on any multi-threaded tokio.
#[derive(Debug)]
pub struct TwoThreads {
    runtime: tokio::runtime::Runtime,
}

impl Runtime for TwoThreads {
    const NAME: &'static str = "tokio on two threads";

    const CANCELS_ON_DROP: bool = MultiThread::CANCELS_ON_DROP;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build();
        Self { runtime: runtime.expect("the operating system gives what tokio's runtime needs") }
    }

    fn threads(&self) -> usize {
        2
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        MultiThread::spawn(future) // on the tokio that runs here
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        MultiThread::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        MultiThread::yield_now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Canvas, seconds, watch_on};
    use paintdry_core::gather;
    use paintdry_studio::Studio;

    #[test]
    fn two_canvases_are_painted_at_the_same_time_and_a_third_after_them() {
        for (canvases, expected) in [(1, 3), (2, 3), (3, 4)] {
            let tasks = (0..canvases).map(|number| async move {
                let mut canvas = Canvas::new(&number.to_string());
                canvas.paint();
                canvas.dry().await;
            });
            let seen = watch_on::<TwoThreads, _>("two threads", gather::<Studio<TwoThreads>, _>(tasks));
            seen.assert_took(seconds(expected), "a thread paints one canvas a second");
        }
    }

    #[test]
    fn it_keeps_the_promises_of_a_runtime() {
        paintdry_conformance::assert_conforms::<TwoThreads>();
    }
}
