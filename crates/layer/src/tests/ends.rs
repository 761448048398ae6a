//! How tasks end.

use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn a_task_that_returns_completes() {
    let told = Told::new();
    told.in_it(|| {
        let mut task = Task::spawn(3, pending(1));
        task.poll();
        task.wake();
        task.poll();
    });
    let run = told.run();
    assert_eq!(words(&run, 0), ["spawn", "poll", "pending", "wake by Runtime", "poll", "complete"]);
    assert_eq!((run.tasks, run.threads), (vec!["src/main.rs:3".to_owned()], Some(1)));
}

#[test]
fn a_task_that_is_dropped_is_cancelled() {
    let told = Told::new();
    told.in_it(|| {
        let mut task = Task::spawn(3, pending(9));
        task.poll();
        task.wake();
        task.cancel();
        Task::spawn(4, pending(9)).cancel();
    });
    let run = told.run();
    assert_eq!(words(&run, 0), ["spawn", "poll", "pending", "wake by Runtime", "cancel"]);
    assert_eq!(words(&run, 1), ["spawn", "cancel"]);
}

#[test]
fn a_task_that_another_thread_drops_right_after_its_poll_is_cancelled() {
    let told = Told::new();
    let mut task = told.in_it(|| Task::spawn(3, pending(9)));
    told.in_it(|| task.poll());
    std::thread::scope(|scope| {
        scope.spawn(|| told.in_it(|| task.cancel()));
    });
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "pending", "cancel"]);
}

#[test]
fn a_panic_ends_a_task_with_its_message() {
    let told = Told::new();
    told.in_it(|| {
        let mut task = Task::spawn(3, async { panic!("out of paint") });
        catch_unwind(AssertUnwindSafe(|| task.poll())).expect_err("it panics");
        task.cancel();
    });
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "panic out of paint"]);
}

#[test]
fn a_task_that_is_still_there_has_no_end() {
    let told = Told::new();
    let mut task = told.in_it(|| Task::spawn(3, pending(9)));
    told.in_it(|| task.poll());
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "pending"]);
}

#[test]
fn a_span_that_a_child_keeps_open_does_not_delay_the_end() {
    let told = Told::new();
    told.in_it(|| {
        let mut child = None;
        let mut task = Task::spawn(3, pending(0));
        span_of(&task).in_scope(|| child = Some(trace_span!("runtime.resource", concrete_type = "Mutex")));
        task.poll();
        Task::spawn(4, pending(0)).poll();
        drop(child);
    });
    let run = told.run();
    let ended = |task| run.events.iter().position(|event| event.task == task && event.what.is_end());
    assert!(ended(0) < ended(1), "{:?}", run.events);
}

fn span_of(task: &Task) -> Span {
    task.future.as_ref().expect("it has not ended").span().clone()
}

#[test]
fn a_task_that_is_dropped_inside_the_poll_of_another_is_cancelled() {
    let told = Told::new();
    told.in_it(|| {
        let mut task = Task::spawn(3, pending(9));
        task.poll();
        Task::spawn(4, async move { drop(task) }).poll();
    });
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "pending", "cancel"]);
    assert_eq!(words(&told.run(), 1), ["spawn", "poll", "complete"]);
}
