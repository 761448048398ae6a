//! A task that runs on when the task that waits for it is cancelled.

use crate::shared::with_current;
use crate::{Error, Generator, LoopFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Makes a task of `generator`, which is ready at once, and waits for it. If the wait is dropped, because a limit is over or
/// the task that awaits it is cancelled, the inner task runs on: asyncio's `shield`.
///
/// For what must not be left half done. A task that exists already needs no shield: dropping its future detaches it.
///
/// # Panics
/// If no event loop runs on this thread.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, from_future, shield, sleep, timeout};
/// use std::time::Duration;
///
/// let event_loop = EventLoop::new();
/// let (promise, signed) = event_loop.create_future();
/// event_loop.run_until_complete(from_future(async {
///     let signs = shield(from_future(async move {
///         sleep(Duration::from_millis(1)).await;
///         promise.set_result("the name in the corner")
///     }));
///     assert!(timeout(Duration::ZERO, signs).await.is_err());
///     assert_eq!(signed.await, Ok("the name in the corner"));
/// }))?;
/// # Ok::<(), Error>(())
/// ```
pub fn shield<G>(generator: G) -> Shield<G::Return>
where
    G: Generator<Return: 'static> + 'static,
{
    let task = with_current("a task is shielded", |running| LoopFuture::of_task(running, generator));
    Shield { task: task.expect("a loop that runs is open") }
}

/// What [`shield`] gives. It is no handle: you cannot cancel the task with it.
#[derive(Debug)]
#[must_use = "await it, or create a task"]
pub struct Shield<T> {
    task: LoopFuture<T>,
}

impl<T: 'static> Future for Shield<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.task).poll(context)
    }
}
