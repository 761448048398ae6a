//! Running several coroutines side by side as tasks.

use crate::{Runtime, TaskError};

/// Spawns each of `futures` as a task of its own and waits for all of them. The results stand in the order in which
/// the futures were given, whichever ends first; one that panics is an error in its place, and the others finish.
///
/// Nothing is spawned before the future is polled. Dropping it drops the tasks' handles, and with that detaches the
/// tasks or cancels them, as the runtime does.
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
