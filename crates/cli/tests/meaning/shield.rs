//! Work that continues when its waiter is cancelled: a task, if its handle detaches.

use crate::{on_async_std, on_smol, on_tokio};
use futures::FutureExt;
use futures::channel::oneshot;

#[test]
fn a_task_outlives_its_waiter_on_tokio_and_async_std_and_when_it_is_detached_on_smol() {
    let waits = || {
        let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
        (async { give.send(started.await).unwrap() }, start, sign)
    };
    on_tokio(async {
        let (signs, start, sign) = waits();
        let waiter = async { tokio::spawn(signs).await };
        assert!(waiter.now_or_never().is_none(), "the waiter is dropped");
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
    on_async_std(async {
        let (signs, start, sign) = waits();
        let waiter = async { async_std::task::spawn(signs).await };
        assert!(waiter.now_or_never().is_none());
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
    on_smol(async {
        let (signs, start, sign) = waits();
        let waiter = async { smol::spawn(signs).await };
        assert!(waiter.now_or_never().is_none());
        assert_eq!(sign.await, Err(oneshot::Canceled), "it is cancelled with its waiter");
        drop(start);
        let (signs, start, sign) = waits();
        smol::spawn(signs).detach();
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
}
