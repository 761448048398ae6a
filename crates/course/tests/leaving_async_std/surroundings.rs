//! What runs the tasks: threads, `block_on` inside a task, no runtime at all, and both runtimes in one program.

use crate::tokio;
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(1);

#[test]
fn a_block_on_inside_a_task_of_smol_holds_the_only_thread() {
    if std::env::var_os("SMOL_THREADS").is_some() {
        return; // then there may be several
    }
    let ran = Arc::new(AtomicBool::new(false));
    let other = smol::block_on(smol::spawn(async move {
        let set = Arc::clone(&ran);
        smol::spawn(async move { set.store(true, Ordering::SeqCst) }).detach();
        smol::block_on(async {
            for _ in 0..1000 {
                smol::future::yield_now().await;
            }
        });
        ran.load(Ordering::SeqCst)
    }));
    assert!(!other, "no other task ran in a thousand turns");
}

#[test]
fn a_block_on_inside_a_task_of_tokio_panics_if_it_is_tokios_own() {
    tokio().block_on(async {
        let handle = tokio::runtime::Handle::current();
        assert!(catch_unwind(AssertUnwindSafe(|| handle.block_on(async {}))).is_err());
        smol::block_on(async {}); // tokio does not notice this one
    });
}

#[test]
fn outside_of_a_runtime_async_std_and_smol_work_and_tokio_panics() {
    let one = async_std::task::spawn(async { 1 });
    let two = smol::spawn(async { 2 });
    // This `block_on` knows no runtime: it only parks the thread until it is woken.
    smol::future::block_on(async {
        assert_eq!(one.await + two.await, 3);
        async_std::task::sleep(SHORT).await;
        smol::Timer::after(SHORT).await;
    });
    assert!(catch_unwind(|| drop(tokio::spawn(async {}))).is_err());
    assert!(catch_unwind(|| drop(tokio::time::sleep(SHORT))).is_err());
}

#[test]
fn a_task_of_async_std_can_use_all_of_smol() {
    let task = async_std::task::spawn(async {
        smol::Timer::after(SHORT).await;
        let file = smol::fs::metadata(env!("CARGO_MANIFEST_DIR")).await;
        smol::spawn(async move { file.is_ok() }).await
    });
    assert!(async_std::task::block_on(task));
}

#[test]
fn the_locks_are_the_same_types() {
    let of_async_std: async_std::sync::Mutex<u8> = async_std::sync::Mutex::new(7);
    let of_smol: smol::lock::Mutex<u8> = of_async_std;
    assert_eq!(*smol::block_on(of_smol.lock()), 7);
}

#[test]
fn a_receiver_of_smol_must_be_pinned_to_be_a_stream() {
    use smol::stream::StreamExt;
    let (sender, mut receiver) = async_std::channel::bounded(1);
    sender.try_send("async-std").expect("there is room");
    assert_eq!(receiver.next().now_or_never(), Some(Some("async-std")));

    let (sender, receiver) = smol::channel::bounded(2);
    sender.try_send("smol").expect("there is room");
    sender.try_send("without a pin").expect("there is room");
    let mut receiver = std::pin::pin!(receiver);
    assert_eq!(receiver.next().now_or_never(), Some(Some("smol")));
    assert_eq!(receiver.recv().now_or_never(), Some(Ok("without a pin")));
}
