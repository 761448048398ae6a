//! Chapter 14: which runtime takes a task that is not `Send`, or that borrows.

use crate::current_thread;
use async_std::task::block_on as async_std_block_on;
use futures::future::join_all;
use paintdry_generator::{Error, EventLoop};
use smol::{Executor, LocalExecutor};
use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;
use std::sync::Barrier;
use std::thread;
use tokio::runtime::{Builder, LocalOptions};
use tokio::task::{LocalSet, spawn_local};

/// A future that borrows, and that keeps an `Rc` across its await: it is neither `'static` nor `Send`.
async fn borrows(paint: &Cell<u32>) {
    let portion = Rc::new(1);
    ready(()).await;
    paint.set(paint.get() + *portion);
}

/// It owns all that it has, and keeps an `Rc` across its await: it is `'static`, and not `Send`.
async fn owns() -> u32 {
    let portion = Rc::new(1);
    ready(()).await;
    *portion
}

#[test]
fn the_main_future_may_borrow_and_need_not_be_send() -> std::io::Result<()> {
    let paint = Cell::new(0);
    let two = || join_all([borrows(&paint), borrows(&paint)]);
    assert!(EventLoop::new().run_until_complete(two()).is_ok());
    current_thread().block_on(two());
    Builder::new_multi_thread().build()?.block_on(two());
    async_std_block_on(two());
    smol::block_on(two());
    assert_eq!(paint.get(), 10);
    Ok(())
}

#[test]
fn a_task_of_our_loop_need_not_be_send() -> Result<(), Error> {
    let event_loop = EventLoop::new();
    let task = event_loop.create_task(owns())?;
    assert_eq!(event_loop.run_until_complete(task)?, Ok(1));
    Ok(())
}

#[test]
fn a_local_task_of_tokio_need_not_be_send() -> std::io::Result<()> {
    let local = LocalSet::new();
    let task = local.run_until(async { spawn_local(owns()).await });
    assert_eq!(current_thread().block_on(task).ok(), Some(1));
    let runtime = Builder::new_current_thread().build_local(LocalOptions::default())?;
    assert_eq!(runtime.block_on(async { spawn_local(owns()).await }).ok(), Some(1));
    Ok(())
}

#[test]
fn a_task_of_a_local_executor_borrows_what_outlives_the_executor() {
    let paint = Cell::new(0);
    let executor = LocalExecutor::new();
    let tasks = [executor.spawn(borrows(&paint)), executor.spawn(borrows(&paint))];
    smol::block_on(executor.run(join_all(tasks)));
    drop(executor);
    assert_eq!(paint.into_inner(), 2);
}

/// The two tasks wait for each other, and block meanwhile: they end only if two threads run them. The threads are in a
/// scope, which blocks until they have ended.
#[test]
fn two_threads_run_an_executor_whose_tasks_borrow() {
    let both = Barrier::new(2);
    let executor = Executor::new();
    let tasks = [(); 2].map(|()| executor.spawn(async { both.wait() }));
    let (stop, stopped) = async_channel::bounded::<()>(1);
    let leaders = thread::scope(|scope| {
        scope.spawn(|| smol::block_on(executor.run(stopped.recv())));
        let ended = smol::block_on(executor.run(join_all(tasks)));
        drop(stop);
        ended.iter().filter(|ended| ended.is_leader()).count()
    });
    assert_eq!(leaders, 1);
}
