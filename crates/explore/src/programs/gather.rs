//! `gather` under every order: the results are in the order of the tasks, not in the order in which they end.

use paintdry_core::Runtime;

/// `tasks` tasks; the first has `turns` turns, and each after it one less.
pub async fn gather<R: Runtime>(tasks: u32, turns: u32) {
    let gathered = paintdry_core::gather::<R, _>((0..tasks).map(|task| async move {
        for _ in task..turns {
            R::yield_now().await;
        }
        task
    }));
    let expected: Vec<_> = (0..tasks).map(Ok).collect();
    assert_eq!(gathered.await, expected);
}
