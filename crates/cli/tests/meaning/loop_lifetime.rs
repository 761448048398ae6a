//! The life of the runtime.

use crate::{Log, on_async_std, on_smol, on_tokio, waits_for_ever};
use futures::channel::oneshot;
use futures::future::lazy;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

#[test]
fn running_inside_a_run_panics_on_tokio_and_works_on_the_others() {
    let inside = on_tokio(async { catch_unwind(AssertUnwindSafe(|| on_tokio(async { 7 }))).is_err() });
    assert!(inside);
    assert_eq!(on_async_std(async { on_async_std(async { 7 }) }), 7);
    assert_eq!(on_smol(async { on_smol(async { 7 }) }), 7);
}

#[test]
fn tasks_that_are_left_are_dropped_with_a_runtime_that_can_be_dropped() {
    let log = Log::default();
    on_tokio(async { drop(tokio::spawn(waits_for_ever(log.on_drop("cleaned up")))) });
    assert_eq!(log.take(), ["cleaned up"]);
    let executor = smol::LocalExecutor::new();
    executor.spawn(waits_for_ever(log.on_drop("cleaned up"))).detach();
    drop(executor);
    assert_eq!(log.take(), ["cleaned up"]);
    // async-std's executor belongs to the process, and so does smol's global one: their tasks outlive the run.
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_async_std(async { drop(async_std::task::spawn(async { give.send(started.await).unwrap() })) });
    start.send(()).unwrap();
    assert_eq!(on_async_std(sign), Ok(Ok(())));
    let ((start, started), (give, sign)) = (oneshot::channel::<()>(), oneshot::channel());
    on_smol(async { smol::spawn(async { give.send(started.await).unwrap() }).detach() });
    start.send(()).unwrap();
    assert_eq!(on_smol(sign), Ok(Ok(())));
}

fn breaks() -> impl Future<Output = ()> + Send + 'static {
    lazy(|_| resume_unwind(Box::new("main")))
}

#[test]
fn a_panic_in_main_goes_to_the_caller() {
    for payload in [
        catch_unwind(AssertUnwindSafe(|| on_tokio(breaks()))),
        catch_unwind(AssertUnwindSafe(|| on_async_std(breaks()))),
        catch_unwind(AssertUnwindSafe(|| on_smol(breaks()))),
    ] {
        assert_eq!(payload.unwrap_err().downcast_ref(), Some(&"main"));
    }
}

/// So no runtime can say that it is stuck: another thread may still wake a task.
#[test]
fn a_run_waits_for_a_wake_from_another_thread() {
    let waits = |run: fn(oneshot::Receiver<u32>) -> Result<u32, oneshot::Canceled>| {
        let (promise, future) = oneshot::channel();
        let waiting = std::thread::spawn(move || run(future));
        promise.send(7).unwrap();
        waiting.join().unwrap()
    };
    assert_eq!([waits(on_tokio), waits(on_async_std), waits(on_smol)], [Ok(7); 3]);
}

#[test]
fn a_run_ends_with_main_and_the_other_tasks_continue_in_the_next_run() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (give, sign) = oneshot::channel();
    let task = runtime.spawn(async { sign.await.unwrap() });
    assert_eq!(runtime.block_on(async { 7 }), 7);
    give.send(8).unwrap();
    assert_eq!(runtime.block_on(task).unwrap(), 8);
}
