//! The loop's promises under every order: kept, or broken by a drop, before or after the main task waits for them.

use crate::{touch, touching};
use paintdry_generator::{Error, EventLoop, yield_now};

/// `tasks` tasks that keep their promises (the odd ones: break them) after up to `turns` turns, while the main task waits for
/// one after the other.
pub async fn promises(event_loop: EventLoop, tasks: u32, turns: u32) {
    let mut promised = Vec::new();
    for task in 0..tasks {
        let (promise, future) = event_loop.create_future();
        promised.push(future);
        let keeps = async move {
            for _ in 1..turns {
                yield_now().await;
            }
            touch(&name(task));
            match task % 2 {
                0 => promise.set_result(task).expect("only this task sets it"),
                _ => drop(promise),
            }
        };
        drop(event_loop.create_task(keeps).expect("the loop is open")); // its promise shows when it ends
    }
    for (task, future) in (0..).zip(promised) {
        let expected = if task % 2 == 0 { Ok(task) } else { Err(Error::Broken) };
        assert_eq!(touching(&name(task), future).await, expected, "the promise of task {task}");
    }
}

/// The explorer's name for a task's promise.
fn name(task: u32) -> String {
    format!("promise {task}")
}
