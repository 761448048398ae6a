//! Who spawns and wakes tasks.

use super::*;

#[test]
fn a_task_that_spawns_or_wakes_is_named() {
    let told = Told::new();
    told.in_it(|| {
        let mut woken = Task::spawn(3, pending(9));
        woken.poll();
        let span = woken.span;
        let mut waking = Task::spawn(4, async move {
            wake(span);
            drop(Task::spawn(5, pending(0)));
        });
        waking.poll();
    });
    let run = told.run();
    assert_eq!(words(&run, 0)[3..], ["wake by Task(1)", "cancel"]);
    assert_eq!(words(&run, 2), ["spawn by 1", "cancel"]);
}

#[test]
fn a_thread_that_polls_no_tasks_is_another_thread() {
    let told = Told::new();
    let mut task = told.in_it(|| Task::spawn(3, pending(9)));
    told.in_it(|| task.poll());
    let span = task.span;
    std::thread::scope(|scope| {
        scope.spawn(|| told.in_it(|| wake(span)));
    });
    told.in_it(|| task.wake());
    assert_eq!(words(&told.run(), 0)[3..], ["wake by Thread", "wake by Runtime"]);
}

#[test]
fn a_waker_that_outlives_its_task_wakes_no_task() {
    let told = Told::new();
    told.in_it(|| {
        let mut task = Task::spawn(3, pending(0));
        task.poll();
        task.wake();
        drop(Task::spawn(4, pending(0)));
    });
    assert_eq!(words(&told.run(), 0), ["spawn", "poll", "complete"]);
}

#[test]
fn copies_of_wakers_are_no_wakes() {
    let told = Told::new();
    told.in_it(|| {
        let task = Task::spawn(3, pending(0));
        trace!(target: "tokio::task::waker", op = "waker.clone", task.id = task.span);
        trace!(target: "tokio::task::waker", op = "waker.drop", task.id = task.span);
        trace!(target: "runtime::waker", op = "waker.wake_by_ref", task.id = task.span);
        trace!(target: "elsewhere", op = "waker.wake", task.id = task.span);
        assert_eq!(words(&told.run(), 0), ["spawn", "wake by Thread"]);
    });
}
