//! Runs several coroutines side by side, each as a task.

use crate::{Runtime, TaskError};

/// Spawns each of `futures` as a task of its own and waits for all of them. The results are in the order of `futures`,
/// not in the order in which the tasks end. A task that panics leaves an error at its place, and the others finish.
///
/// As every `async fn`, it does nothing until you await it: only then are the tasks spawned. If you drop it, it drops the
/// tasks' handles. That detaches or cancels the tasks, see [`Runtime::CANCELS_ON_DROP`].
///
/// ```
/// # use paintdry_core::{Runtime, TaskError, gather};
/// async fn squares<R: Runtime>() -> Vec<Result<u64, TaskError>> {
///     gather::<R, _>((0..3).map(|n| async move {
///         R::yield_now().await;
///         n * n
///     }))
///     .await // [Ok(0), Ok(1), Ok(4)]
/// }
/// ```
pub async fn gather<R, F>(futures: impl IntoIterator<Item = F>) -> Vec<Result<F::Output, TaskError>>
where
    R: Runtime,
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // All are spawned before the first is awaited: otherwise they would run one after another.
    let tasks: Vec<_> = futures.into_iter().map(R::spawn).collect();
    let mut results = Vec::with_capacity(tasks.len());
    for task in tasks {
        results.push(task.await);
    }
    results
}
