//! Loops that end with their thread, while their tasks own each other.

use crate::{HOUR, task};
use paintdry_generator::{CancelRequest, Error, EventLoop, Promise, shield, sleep, task_group, timeout, wait_for};
use std::cell::RefCell;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

thread_local! {
    static LOOP: RefCell<Option<EventLoop>> = const { RefCell::new(None) };
    static PROMISE: RefCell<Option<Promise<()>>> = const { RefCell::new(None) };
}

struct Counts(Arc<AtomicUsize>);

impl Drop for Counts {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_loop_that_ends_with_its_thread_drops_its_tasks_quietly() {
    const CHAIN: usize = 10_000;
    let dropped = Arc::new(AtomicUsize::new(0));
    let counter = dropped.clone();
    thread::spawn(move || {
        let counts = || Counts(counter.clone());
        let event_loop = EventLoop::new();
        let sleeps = |owned| {
            task(&event_loop, async move {
                sleep(HOUR).await;
                drop(owned);
            })
        };
        drop(sleeps(counts()));
        drop(task(&event_loop, wait_for(HOUR, sleeps(counts()))));
        drop(task(&event_loop, timeout(HOUR, pending::<()>())));
        let mut chain = sleeps(counts());
        for _ in 0..CHAIN {
            let (inner, owned) = (chain, counts());
            chain = task(&event_loop, async move {
                let _ = inner.cancel_on_drop().await;
                drop(owned);
            });
        }
        drop(chain);
        let owned = counts();
        drop(task(
            &event_loop,
            task_group(async move |group| {
                group.create_task(async move {
                    sleep(HOUR).await;
                    drop(owned);
                    Ok(())
                })?;
                pending::<Result<(), Error>>().await
            }),
        ));
        let request = CancelRequest::new();
        drop(task(&event_loop, async move { request.or_cancelled(pending::<()>()).await }));
        drop(task(&event_loop, async { shield(pending::<()>()).await }));
        let (promise, future) = event_loop.create_future();
        drop(task(&event_loop, future));
        PROMISE.set(Some(promise));
        crate::run_ready(&event_loop);
        LOOP.set(Some(event_loop));
    })
    .join()
    .unwrap();
    assert_eq!(dropped.load(Ordering::Relaxed), CHAIN + 4);
}

#[test]
fn a_result_can_be_read_when_the_loop_is_gone() {
    let event_loop = EventLoop::new();
    let (ended, sleeps) = (task(&event_loop, async { 7 }), task(&event_loop, sleep(HOUR)));
    let (promise, future) = event_loop.create_future();
    crate::run_ready(&event_loop);
    drop(event_loop);
    assert_eq!((ended.take(), sleeps.take()), (Ok(7), Err(Error::Cancelled)));
    promise.set_result(8).unwrap();
    assert_eq!(future.take(), Ok(8));
}

#[test]
fn a_result_that_can_no_longer_be_read_comes_back() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future();
    drop(future);
    assert_eq!(promise.set_result("the sky"), Err("the sky"));
    let (promise, future) = event_loop.create_future();
    let reads = task(&event_loop, future);
    crate::run_ready(&event_loop);
    reads.cancel();
    assert_eq!(promise.set_result("the sea"), Err("the sea"));
}
