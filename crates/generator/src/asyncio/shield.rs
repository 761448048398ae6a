//! A task that keeps running when the task that waits for it is cancelled.

use crate::coroutine::IntoCoroutine;
use crate::shared::with_current;
use crate::{Error, LoopFuture};
use futures::future::FusedFuture;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Makes a task of a generator or a future, which is ready at once, and waits for it. If the wait is dropped, because a time limit
/// ends or the task that awaits it is cancelled, the inner task keeps running: asyncio's `shield`.
///
/// For work that must not be left half done. An existing task needs no shield: dropping its future detaches it.
///
/// # Panics
/// If no event loop runs on this thread.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, shield, sleep, timeout};
/// use std::time::Duration;
///
/// let event_loop = EventLoop::new();
/// let (promise, signed) = event_loop.create_future();
/// event_loop.run_until_complete(async {
///     let signs = shield(async move {
///         sleep(Duration::from_millis(1)).await;
///         promise.set_result("the name in the corner")
///     });
///     assert!(timeout(Duration::ZERO, signs).await.is_err());
///     assert_eq!(signed.await, Ok("the name in the corner"));
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub fn shield<C, const IS_ASYNC: bool>(coroutine: C) -> Shield<C::Return>
where
    C: IntoCoroutine<IS_ASYNC, Return: 'static> + 'static,
{
    let task = with_current("a task is shielded", |running| LoopFuture::of_task(running, coroutine.into_coroutine()));
    Shield { task: task.expect("a loop that runs is open") }
}

/// Returned by [`shield`]. It is no handle: you cannot cancel the task with it.
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

impl<T: 'static> FusedFuture for Shield<T> {
    fn is_terminated(&self) -> bool {
        self.task.is_terminated()
    }
}
