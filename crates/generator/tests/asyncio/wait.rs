//! Waiting for some of several tasks.

use crate::{run, task};
use paintdry_generator::{Error, EventLoop, LoopFuture, ReturnWhen, wait, yield_now};
use std::panic::resume_unwind;

/// A task that returns its number after this many turns.
fn after(event_loop: &EventLoop, turns: u32) -> LoopFuture<u32> {
    task(event_loop, async move {
        for _ in 0..turns {
            yield_now().await;
        }
        turns
    })
}

fn results(tasks: &[LoopFuture<u32>]) -> Vec<u32> {
    tasks.iter().map(|task| task.result().unwrap()).collect()
}

#[test]
fn the_first_completed_is_done_and_the_others_are_pending() {
    let event_loop = EventLoop::new();
    let mut pending = [9, 2, 5].map(|turns| after(&event_loop, turns)).into();
    let done = run(&event_loop, wait(&mut pending, ReturnWhen::FirstCompleted));
    assert_eq!(results(&done), [2]);
    assert_eq!(pending.len(), 2);
    let done = run(&event_loop, wait(&mut pending, ReturnWhen::AllCompleted)); // they were not cancelled
    assert_eq!(results(&done), [9, 5], "in the order of the list");
    assert!(pending.is_empty());
}

#[test]
fn several_that_are_done_at_once_are_all_done() {
    let event_loop = EventLoop::new();
    let (promises, mut pending): (Vec<_>, Vec<_>) = (0..3).map(|_| event_loop.create_future()).unzip();
    promises[2].set_result(2).unwrap();
    promises[0].set_result(0).unwrap();
    let done = run(&event_loop, wait(&mut pending, ReturnWhen::FirstCompleted));
    assert_eq!((results(&done), pending.len()), (vec![0, 2], 1));
}

#[test]
fn one_that_fails_is_done_and_its_error_is_not_raised() {
    let event_loop = EventLoop::new();
    let breaks = task(&event_loop, async { resume_unwind(Box::new("the brush broke")) });
    let mut pending = vec![after(&event_loop, 5), breaks];
    let done = run(&event_loop, wait(&mut pending, ReturnWhen::FirstCompleted));
    assert_eq!(done[0].result(), Err(Error::Panicked("the brush broke".to_owned())));
    assert_eq!((done.len(), pending.len()), (1, 1));
}

#[test]
fn cancelling_a_task_that_waits_does_not_cancel_the_tasks_that_it_waits_for() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future();
    let forwards = task(&event_loop, async move {
        yield_now().await;
        promise.set_result(()).unwrap();
    });
    let waits = task(&event_loop, async move { wait(&mut vec![forwards], ReturnWhen::AllCompleted).await.len() });
    waits.cancel();
    assert_eq!(run(&event_loop, future), Ok(()));
}

#[test]
fn waiting_for_nothing_gives_nothing() {
    let event_loop = EventLoop::new();
    let mut nothing: Vec<LoopFuture<()>> = Vec::new();
    assert!(run(&event_loop, wait(&mut nothing, ReturnWhen::FirstCompleted)).is_empty());
    assert!(run(&event_loop, wait(&mut nothing, ReturnWhen::AllCompleted)).is_empty());
}
