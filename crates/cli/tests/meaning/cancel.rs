//! Cancelling a task.

use crate::{Log, on_async_std, on_each, on_smol, on_tokio, waits_for_ever};
use futures::channel::oneshot;
use futures::future::{Either, select};
use std::env;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::Poll;

#[test]
fn the_task_is_dropped_after_abort_on_tokio_and_while_cancel_is_awaited_on_the_others() {
    let log = Log::default();
    on_tokio(async {
        let task = tokio::spawn(waits_for_ever(log.on_drop("cleaned up")));
        tokio::task::yield_now().await;
        task.abort();
        log.note("abort has returned");
        assert!(task.await.unwrap_err().is_cancelled());
        log.note("told");
    });
    assert_eq!(log.take(), ["abort has returned", "cleaned up", "told"]);
    on_async_std(async {
        let task = async_std::task::spawn(waits_for_ever(log.on_drop("cleaned up")));
        assert_eq!(task.cancel().await, None);
        log.note("told");
    });
    assert_eq!(log.take(), ["cleaned up", "told"]);
    on_smol(async {
        let task = smol::spawn(waits_for_ever(log.on_drop("cleaned up")));
        assert_eq!(task.cancel().await, None);
        log.note("told");
    });
    assert_eq!(log.take(), ["cleaned up", "told"]);
}

#[test]
fn a_task_that_is_cancelled_before_its_first_turn_never_begins_on_one_thread() {
    let log = Log::default();
    on_tokio(async {
        let noting = log.clone();
        let task = tokio::spawn(async move { noting.note("begun") });
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    });
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let noting = log.clone();
        assert_eq!(executor.spawn(async move { noting.note("begun") }).cancel().await, None);
    }));
    assert!(log.take().is_empty());
}

#[test]
fn cancelling_a_task_that_is_done_gives_its_result_on_tokio_and_smol() {
    on_tokio(async {
        let task = tokio::spawn(async { 7 });
        while !task.is_finished() {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert_eq!(task.await.unwrap(), 7);
    });
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let task = executor.spawn(async { 7 });
        smol::future::yield_now().await;
        assert!(task.is_finished());
        assert_eq!(task.cancel().await, Some(7));
    }));
}

#[test]
fn cancelling_a_waiter_leaves_the_task_running_on_tokio() {
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_tokio(async {
        let inner = tokio::spawn(async { give.send(started.await).unwrap() });
        let outer = tokio::spawn(async { inner.await.unwrap() });
        tokio::task::yield_now().await;
        outer.abort();
        assert!(outer.await.unwrap_err().is_cancelled());
        start.send(()).unwrap();
        assert_eq!(sign.await, Ok(Ok(())));
    });
}

/// An await that does not end at once, on any runtime.
async fn yields_once() {
    let mut has_yielded = false;
    let yields = poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut has_yielded, true) { Poll::Ready(()) } else { Poll::Pending }
    });
    yields.await;
}

/// No runtime raises an error to catch: to let a task clean up with awaits, send it a message.
#[test]
fn a_task_that_is_asked_by_a_message_cleans_up_with_awaits_on_all() {
    let log = Log::default();
    let dries = |asked: oneshot::Receiver<()>, log: Log| async move {
        if let Either::Right(_) = select(pin!(std::future::pending::<()>()), asked).await {
            log.note("asked");
            yields_once().await;
            log.note("cleaned up");
        }
        "its own result"
    };
    on_each(|| async {
        let (ask, asked) = oneshot::channel();
        ask.send(()).unwrap();
        assert_eq!(dries(asked, log.clone()).await, "its own result");
    });
    assert_eq!(log.take(), ["asked", "cleaned up"].repeat(3));
}

/// Panics when it is dropped.
struct Breaks;

impl Drop for Breaks {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("in drop"));
    }
}

/// `async-task`, on which async-std and smol are built, aborts then. So this runs in a process of its own, in which a variable
/// tells this test that it is there to end.
#[test]
fn a_destructor_that_panics_is_the_tasks_error_on_tokio_and_ends_the_process_on_the_others() {
    const DOOMED: &str = "PAINTDRY_DOOMED";
    const TEST: &str =
        "cancel::a_destructor_that_panics_is_the_tasks_error_on_tokio_and_ends_the_process_on_the_others";
    async fn owns_it(breaks: Breaks) {
        pending::<()>().await;
        drop(breaks);
    }
    match env::var(DOOMED).as_deref() {
        Ok("async-std") => {
            return on_async_std(async { assert_eq!(async_std::task::spawn(owns_it(Breaks)).cancel().await, None) });
        }
        Ok(_) => return on_smol(async { assert_eq!(smol::spawn(owns_it(Breaks)).cancel().await, None) }),
        Err(_) => {}
    }
    on_tokio(async {
        let task = tokio::spawn(owns_it(Breaks));
        tokio::task::yield_now().await;
        task.abort();
        assert!(task.await.unwrap_err().is_panic());
    });
    for runtime in ["async-std", "smol"] {
        let mut itself = Command::new(env::current_exe().unwrap());
        let ended = itself.args(["--exact", TEST]).env(DOOMED, runtime).stdout(Stdio::null()).stderr(Stdio::null());
        let code = ended.status().unwrap().code();
        assert!(!matches!(code, Some(0 | 101)), "{runtime}: it has aborted, and neither passed nor failed: {code:?}");
    }
}
