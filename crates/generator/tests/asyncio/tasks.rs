//! Tasks: when they begin, what they return, and what happens to those that no task awaits.

use crate::{Log, run_ready, task};
use paintdry_generator::{Error, EventLoop, yield_now};
use std::cell::Cell;
use std::rc::Rc;

#[test]
fn a_coroutine_that_is_not_awaited_does_nothing() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let coroutine = async { log.note("never") };
    run_ready(&event_loop);
    drop(coroutine);
    assert!(log.take().is_empty());
}

#[test]
fn a_task_can_be_detached_and_outlives_a_run() {
    let event_loop = EventLoop::new();
    let turns = Rc::new(Cell::new(0));
    let counter = turns.clone();
    drop(task(&event_loop, async move {
        loop {
            counter.set(counter.get() + 1);
            yield_now().await;
        }
    }));
    run_ready(&event_loop);
    let before = turns.get();
    run_ready(&event_loop);
    assert!(before > 0 && turns.get() > before);
}

#[test]
fn a_task_that_awaits_itself_waits_for_ever_and_the_loop_says_so() {
    let event_loop = EventLoop::new();
    let own: Rc<Cell<Option<paintdry_generator::LoopFuture<()>>>> = Rc::default();
    let handle = own.clone();
    own.set(Some(task(&event_loop, async move { handle.take().unwrap().await.unwrap() })));
    let stuck = event_loop.run_until_complete(std::future::pending::<()>());
    assert_eq!(stuck, Err(Error::Stuck(vec!["task 1".to_owned(), "main".to_owned()])));
}
