//! Handles of tasks: dropped, cancelled, and awaited after a panic.

use crate::{task_at_a_gate, tokio};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

#[test]
fn a_dropped_handle_detaches_on_async_std_and_tokio_and_cancels_on_smol() {
    let (task, gate) = task_at_a_gate();
    drop(async_std::task::spawn(task));
    assert!(async_std::task::block_on(gate.lets_the_task_pass()));

    let (task, gate) = task_at_a_gate();
    drop(smol::spawn(task));
    assert!(!smol::block_on(gate.lets_the_task_pass()));

    let (task, gate) = task_at_a_gate();
    assert!(tokio().block_on(async {
        drop(tokio::spawn(task));
        gate.lets_the_task_pass().await
    }));
}

#[test]
fn detach_on_smol_does_what_a_drop_does_on_async_std() {
    let (task, gate) = task_at_a_gate();
    smol::spawn(task).detach();
    assert!(smol::block_on(gate.lets_the_task_pass()));
}

#[test]
fn cancel_is_the_same_on_smol_and_is_abort_and_await_on_tokio() {
    let cancelled = async_std::task::block_on(async_std::task::spawn(std::future::pending::<u8>()).cancel());
    assert_eq!(cancelled, None);
    let cancelled = smol::block_on(smol::spawn(std::future::pending::<u8>()).cancel());
    assert_eq!(cancelled, None);
    tokio().block_on(async {
        let task = tokio::spawn(std::future::pending::<u8>());
        task.abort();
        assert!(task.await.expect_err("it has no result").is_cancelled());
    });
}

async fn panics() -> u8 {
    smol::future::yield_now().await;
    panic!("this panic belongs to the test")
}

#[test]
fn a_panic_continues_in_the_awaiter_on_async_std_and_smol_and_is_an_error_on_tokio() {
    let handle = async_std::task::spawn(panics());
    assert!(async_std::task::block_on(AssertUnwindSafe(handle).catch_unwind()).is_err());

    let handle = smol::spawn(panics());
    assert!(smol::block_on(AssertUnwindSafe(handle).catch_unwind()).is_err());

    tokio().block_on(async {
        assert!(tokio::spawn(panics()).await.expect_err("it has no result").is_panic());
    });
}
