//! Cancellation under every order: a task is cancelled before its first turn, between two, or too late.

use crate::{touch, touching};
use paintdry_generator::{Error, EventLoop, yield_now};
use std::rc::Rc;

/// `tasks` tasks of `turns` turns each, which the main task cancels one after the other, with a turn in between.
pub async fn cancel(event_loop: EventLoop, tasks: u32, turns: u32) {
    let alive = Rc::new(());
    let mut handles = Vec::new();
    for task in 0..tasks {
        let alive = Rc::clone(&alive);
        let works = async move {
            for _ in 1..turns {
                yield_now().await;
            }
            touch(&name(task));
            drop(alive);
            task
        };
        handles.push(event_loop.create_task(works).expect("the loop is open"));
    }
    for (task, handle) in (0..).zip(handles) {
        yield_now().await;
        touch(&name(task));
        let expected = if handle.cancel() { Err(Error::Cancelled) } else { Ok(task) };
        assert!(!handle.cancel(), "nothing is cancelled twice");
        assert_eq!(touching(&name(task), handle).await, expected, "the result of task {task}");
    }
    yield_now().await; // a task cancelled in the queue is dropped when its canceller's turn ends
    assert_eq!(Rc::strong_count(&alive), 1, "what a task holds is dropped with it");
}

/// The explorer's name for a task's end.
fn name(task: u32) -> String {
    format!("task {task}")
}
