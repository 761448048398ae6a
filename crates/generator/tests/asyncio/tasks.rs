//! Tasks: when they begin, what they return, and what happens to those that no task awaits.

use crate::{Log, run, run_ready, task};
use paintdry_generator::{Error, EventLoop, yield_now};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;

#[test]
fn a_task_begins_in_a_later_turn_and_in_the_order_of_creation() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let noting = log.clone();
    let creator = event_loop.clone();
    run(&event_loop, async move {
        for name in ["a", "b", "c"] {
            let log = noting.clone();
            drop(task(&creator, async move { log.note(name) }));
        }
        noting.note("created");
        yield_now().await;
    });
    assert_eq!(log.take(), ["created", "a", "b", "c"]);
}

#[test]
fn awaiting_a_coroutine_runs_it_in_this_very_turn() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (other, noting) = (log.clone(), log.clone());
    let creator = event_loop.clone();
    run(&event_loop, async move {
        drop(task(&creator, async move { other.note("task") }));
        async { noting.note("coroutine") }.await;
        noting.note("after it");
        yield_now().await;
    });
    assert_eq!(log.take(), ["coroutine", "after it", "task"]);
}

#[test]
fn a_coroutine_that_nobody_awaits_does_nothing() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let coroutine = async { log.note("never") };
    run_ready(&event_loop);
    drop(coroutine);
    assert!(log.take().is_empty());
}

#[test]
fn a_panic_in_a_task_is_its_result_and_the_loop_goes_on() {
    let event_loop = EventLoop::new();
    let broken = task(&event_loop, async { resume_unwind(Box::new("the brush broke")) });
    let fine = task(&event_loop, async { 1 });
    run_ready(&event_loop);
    assert_eq!(broken.result(), Err::<(), _>(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(fine.result(), Ok(1));
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
