//! Groups of tasks: tokio has the set, smol has handles that cancel, async-std has neither.

use crate::{on_async_std, on_smol, on_tokio};
use futures::channel::oneshot;
use tokio::task::JoinSet;

/// A task that waits for a sign, and the other end, which learns whether the task was there to get it.
fn waits() -> (impl Future<Output = ()> + Send + 'static, oneshot::Sender<()>, oneshot::Receiver<()>) {
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    let task = async {
        if started.await.is_ok() {
            give.send(()).unwrap();
        }
    };
    (task, start, sign)
}

#[test]
fn leaving_the_scope_cancels_on_tokio_and_smol_and_not_on_async_std() {
    on_tokio(async {
        let (task, start, sign) = waits();
        let mut group = JoinSet::new();
        group.spawn(task);
        drop(group);
        assert_eq!(sign.await, Err(oneshot::Canceled));
        drop(start);
    });
    on_async_std(async {
        let (task, start, sign) = waits();
        drop(vec![async_std::task::spawn(task)]);
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(()));
    });
    on_smol(async {
        let (task, start, sign) = waits();
        drop(vec![smol::spawn(task)]);
        assert_eq!(sign.await, Err(oneshot::Canceled));
        drop(start);
    });
}

#[test]
fn a_failure_cancels_no_task_on_tokio_until_the_owner_does() {
    on_tokio(async {
        let (task, start, sign) = waits();
        let mut group = JoinSet::new();
        group.spawn(async { (task.await, Ok::<_, &str>(())).1 });
        group.spawn(async { Err("broken") });
        assert_eq!(group.join_next().await.unwrap().unwrap(), Err("broken"));
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(()), "it has continued");
        group.shutdown().await;
        assert!(group.is_empty());
    });
}
