//! Waits for some of several tasks, and keeps the others.

use crate::LoopFuture;
use std::future::poll_fn;
use std::task::Poll;

/// How long [`wait()`] waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnWhen {
    /// As soon as one is done, with a result or an error.
    FirstCompleted,
    /// When all are done.
    AllCompleted,
}

/// Waits until one of the tasks is done, or all are, and takes the tasks that are done out of `tasks`, in their order there. The
/// tasks that remain in `tasks` are pending. None is cancelled.
///
/// If `tasks` is empty, it returns an empty list at once. Dropping the wait changes no task, so to set a limit, put
/// [`timeout`](crate::timeout) around it.
///
/// ```
/// use paintdry_generator::{Error, EventLoop, ReturnWhen, wait, yield_now};
///
/// let event_loop = EventLoop::new();
/// let wash = |name: &'static str, turns| async move {
///     for _ in 0..turns {
///         yield_now().await;
///     }
///     name
/// };
/// let [sky, sea] = [wash("sky", 3), wash("sea", 1)].map(|task| event_loop.create_task(task));
/// let mut pending = vec![sky?, sea?];
/// let done = event_loop.run_until_complete(wait(&mut pending, ReturnWhen::FirstCompleted))?;
/// assert_eq!(done[0].result()?, "sea");
/// assert_eq!((done.len(), pending.len()), (1, 1)); // the sky is still washed
/// # Ok::<(), Error>(())
/// ```
pub async fn wait<T>(tasks: &mut Vec<LoopFuture<T>>, return_when: ReturnWhen) -> Vec<LoopFuture<T>> {
    match return_when {
        ReturnWhen::FirstCompleted => any_done(tasks).await,
        // One after another: if each task woke this wait, it would check all of them as often as there are tasks.
        ReturnWhen::AllCompleted => {
            for task in tasks.chunks(1) {
                any_done(task).await;
            }
        }
    }
    tasks.extract_if(.., |task| task.done()).collect()
}

/// Waits until one of the tasks is done; not at all for no task.
async fn any_done<T>(tasks: &[LoopFuture<T>]) {
    let _registered = Registered(tasks);
    poll_fn(|context| {
        let pending = tasks.iter().filter(|task| !task.done()).inspect(|task| task.register(context.waker())).count();
        if pending == tasks.len() && !tasks.is_empty() { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

/// When the wait is over, the end of a pending task must not wake the task that waited: that would run before its turn.
struct Registered<'a, T>(&'a [LoopFuture<T>]);

impl<T> Drop for Registered<'_, T> {
    fn drop(&mut self) {
        self.0.iter().for_each(LoopFuture::unregister);
    }
}
