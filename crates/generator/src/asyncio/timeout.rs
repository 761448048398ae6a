//! A time limit, for a coroutine and for a task.

use crate::{Error, LoopFuture, sleep};
use futures::future::{Either, select};
use std::pin::pin;
use std::time::Duration;

/// Waits for `future`, but no longer than `limit`, counted from the first poll: asyncio's `timeout`.
///
/// At the limit, the future is dropped, and its destructors run before you get the error. If its
/// result is ready at the same time, you get the result. The future must await something: work without
/// an await cannot be stopped.
///
/// Dropping a task's future detaches the task, so a task keeps running after the limit, as under asyncio's `shield`: lend
/// it, and you can await it again. To cancel it use [`wait_for`].
///
/// # Errors
/// [`Error::TimedOut`], with the limit.
///
/// # Panics
/// If it is polled where no event loop runs.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, sleep, timeout};
/// use std::time::Duration;
///
/// let (moment, hour) = (Duration::from_millis(1), Duration::from_secs(3600));
/// let event_loop = EventLoop::new();
/// let painted = event_loop.run_until_complete(timeout(hour, async { "painted" }))?;
/// assert_eq!(painted, Ok("painted"));
/// let dried = event_loop.run_until_complete(timeout(moment, sleep(hour)))?;
/// assert_eq!(dried, Err(Error::TimedOut(moment)));
/// # Ok::<(), Error>(())
/// ```
pub async fn timeout<F: Future>(limit: Duration, future: F) -> Result<F::Output, Error> {
    match select(pin!(future), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Ok(output),
        Either::Right(((), _)) => Err(Error::TimedOut(limit)),
    }
}

/// Waits for a task (or the future of a promise), but no longer than `limit`: asyncio's `wait_for`.
///
/// At the limit, the task is cancelled, and also when the wait itself is dropped. It has ended before you get the
/// error. Otherwise it is like [`timeout`].
///
/// # Errors
/// [`Error::TimedOut`], with the limit; or the task's own error.
///
/// # Panics
/// If it is polled where no event loop runs.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, sleep, wait_for};
/// use std::time::Duration;
///
/// let (moment, hour) = (Duration::from_millis(1), Duration::from_secs(3600));
/// let event_loop = EventLoop::new();
/// let task = event_loop.create_task(sleep(hour))?;
/// let result = event_loop.run_until_complete(wait_for(moment, task))?;
/// assert_eq!(result, Err(Error::TimedOut(moment)));
/// # Ok::<(), Error>(())
/// ```
pub async fn wait_for<T: 'static>(limit: Duration, task: LoopFuture<T>) -> Result<T, Error> {
    let mut task = task.cancel_on_drop();
    match timeout(limit, &mut task).await {
        Ok(result) => result,
        Err(is_over) => {
            task.cancel().await;
            Err(is_over)
        }
    }
}
