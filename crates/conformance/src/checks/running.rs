//! The checks about `run_until_complete`.

use super::{Check, expect};
use crate::log::Log;
use futures::channel::oneshot;
use futures::future::join;
use paintdry_core::{Runtime, TaskError};
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

const LEFT_ALONE: &str = "A task that was left alone then runs on, and loses no wake and no timer.";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "run_until_complete returns the future's output, and can be called again",
            trait_says: "It can be called again.",
            look_at: "poll the main future when the run begins, and again after each call of its waker; a second run needs \
                      its own main future, and a queue that still works",
            try_it: Box::new(runs_again),
        },
        Check {
            promise: "run_until_complete takes a future that borrows from its caller",
            trait_says: "Runs `future` on the calling thread until it completes",
            look_at: "the main future is neither `'static` nor `Send`: pin it in `run_until_complete` and poll it there",
            try_it: Box::new(borrows),
        },
        Check {
            promise: "a task that waits for its waker when a run ends is dropped, or is woken in the next run",
            trait_says: LEFT_ALONE,
            look_at: "a waker may be called while nothing runs: it puts its task into a queue that outlives the run",
            try_it: Box::new(woken_between_runs),
        },
        Check {
            promise: "a task that sleeps when a run ends is dropped, or ends its sleep in the next run",
            trait_says: LEFT_ALONE,
            look_at: "the timers belong to the runtime and not to a run: a new run must not begin without the old ones",
            try_it: Box::new(asleep_between_runs),
        },
        Check {
            promise: "a task that is ready when a run ends, with a result or a panic, is dropped, or runs in the next run",
            trait_says: LEFT_ALONE,
            look_at: "the ready queue belongs to the runtime and not to a run; a run that drops its tasks must drop those in the queue \
                      as well",
            try_it: Box::new(ready_between_runs),
        },
    ]
}

fn runs_again<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    expect("the first output", &runtime.run_until_complete(log.task("the first main future", async { 1 })), &1)?;
    let second = log.task("the second main future", async { R::spawn(log.task("its task", async { 2 })).await });
    expect("the second output, a task's result,", &runtime.run_until_complete(second), &Ok(2))
}

fn borrows<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let mut text = String::from("paint");
    runtime.run_until_complete(log.task("the main future", async {
        let _ = R::spawn(log.task("a task", async {})).await;
        text.push_str(" dries");
    }));
    expect("the borrowed text", &text.as_str(), &"paint dries")
}

/// Spawns the task in one run, which ends when the task has begun, and awaits it in the next. Between the runs it calls
/// `between`. The task may give its result, or an error if the first run has dropped it.
fn left_behind<R: Runtime, T: PartialEq + Debug + Send + 'static>(
    runtime: &R,
    log: &Log,
    has_begun: oneshot::Receiver<()>,
    task: impl Future<Output = T> + Send + 'static,
    between: impl FnOnce(),
    expected: T,
) -> Result<(), String> {
    let mut handle = None;
    runtime.run_until_complete(async {
        handle = Some(R::spawn(log.task("the task", task)));
        let _ = has_begun.await;
    });
    log.note("the first run has ended");
    between();
    ends_in_the_second_run(runtime, log, handle, expected)
}

fn ends_in_the_second_run<R: Runtime, T: PartialEq + Debug + Send + 'static>(
    runtime: &R,
    log: &Log,
    handle: Option<R::Task<T>>,
    expected: T,
) -> Result<(), String> {
    log.note("the second run begins");
    let ended = runtime.run_until_complete(handle.expect("it was spawned in the first run"));
    if ended == Err(TaskError::Cancelled) { Ok(()) } else { expect("the end of the task", &ended, &Ok(expected)) }
}

fn woken_between_runs<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (begin, has_begun) = oneshot::channel();
    let (promise, future) = oneshot::channel();
    let task = async {
        let _ = begin.send(());
        future.await
    };
    let between = || {
        log.note("the promise is fulfilled, which calls the task's waker");
        let _ = promise.send("between the runs");
    };
    left_behind(runtime, log, has_begun, task, between, Ok("between the runs"))
}

fn asleep_between_runs<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (begin, has_begun) = oneshot::channel();
    let task = async {
        let sleep = R::sleep(Duration::from_millis(20));
        join(sleep, async { begin.send(()) }).await.1
    };
    left_behind(runtime, log, has_begun, task, || {}, Ok(()))
}

fn ready_between_runs<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for panics in [false, true] {
        let mut handle = None;
        let first = async {
            handle = Some(R::spawn(log.task("the task", async { "it ran" })));
            if panics {
                resume_unwind(Box::new("the brush broke")); // which prints nothing, unlike `panic!`
            }
        };
        let ended = catch_unwind(AssertUnwindSafe(|| runtime.run_until_complete(first)));
        log.note(if panics { "the first run has panicked" } else { "the first run has ended" });
        expect("whether the first run panicked", &ended.is_err(), &panics)?;
        ends_in_the_second_run(runtime, log, handle, "it ran")?;
    }
    Ok(())
}
