//! The course's first job under every order: tasks that map a function over a sequence, and yield after each item.

use futures::channel::oneshot;
use paintdry_core::Runtime;

/// `tasks` tasks with `items` items each: every promise is kept, in every order.
pub async fn amap<R: Runtime>(tasks: u32, items: u32) {
    let (jobs, promised): (Vec<_>, Vec<_>) = (0..tasks)
        .map(|task| {
            let (promise, promised) = oneshot::channel();
            let work = move |item| task * 100 + item;
            (paintdry_core::amap(promise, work, 0..items, R::yield_now), promised)
        })
        .unzip();
    let handles: Vec<_> = jobs.into_iter().map(R::spawn).collect();
    for handle in handles {
        assert_eq!(handle.await, Ok(()));
    }
    for (task, promised) in (0..).zip(promised) {
        let expected = (0..items).map(|item| task * 100 + item).collect();
        assert_eq!(promised.await, Ok(expected), "the promise of task {task}");
    }
}
