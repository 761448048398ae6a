//! The checks about `spawn` and the handles of tasks.

use super::{Check, expect};
use crate::log::Log;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError, amap, gather};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a spawned task runs even if no task awaits it",
            trait_says: "ready at once and does not need to be awaited to run",
            look_at: "`spawn` itself puts the task into the ready queue; the handle only waits for the result",
            try_it: Box::new(runs_unawaited),
        },
        Check {
            promise: "on one thread, a task does not run inside `spawn`",
            trait_says: "On one thread it runs when the caller has given up its turn, not inside `spawn`.",
            look_at: "`spawn` stores the task and queues it; only the loop polls. A task that is polled inside `spawn` \
                      runs into the locks and borrows that its spawner still holds",
            try_it: Box::new(not_inside_spawn),
        },
        Check {
            promise: "results are in the order in which the futures were given",
            trait_says: "The handle of a spawned task: a future of its result.",
            look_at: "each task has a place of its own for its result, such as a oneshot channel, which its handle reads",
            try_it: Box::new(results_in_order),
        },
        Check {
            promise: "a task can spawn a task",
            trait_says: "so that a task can spawn a task",
            look_at: "`spawn` is called while a task is polled: the executor must be reachable then, by a thread-local that is \
                      set for the whole run, and the queue must not be borrowed then, or replaced by an older one after the poll",
            try_it: Box::new(task_from_task),
        },
        Check {
            promise: "dropping a task's handle cancels or detaches the task, as `CANCELS_ON_DROP` says",
            trait_says: "Whether dropping a task's handle cancels the task. Otherwise it detaches it: the task runs on.",
            look_at: "the owner of the task's future: if it is the executor alone, dropping the handle detaches the task; if it \
                      is the handle, that cancels the task. Set `CANCELS_ON_DROP` to what you mean",
            try_it: Box::new(dropped_handle),
        },
        Check {
            promise: "ten thousand tasks run side by side",
            trait_says: "spawned tasks run meanwhile",
            look_at: "a queue of fixed size, a number that wraps, or a poll that calls the next poll and overflows the stack",
            try_it: Box::new(ten_thousand),
        },
        Check {
            promise: "amap fulfils the promise that the caller handed in",
            trait_says: "Starts `future` as a task of its own",
            look_at: "a task that another task wakes must get into the ready queue, as a task that wakes itself does",
            try_it: Box::new(promise_is_fulfilled),
        },
        Check {
            promise: "a dropped promise is an error for the task that awaits it",
            trait_says: "Starts `future` as a task of its own",
            look_at: "drop a task with all that it owns when it ends, and do not keep it until the end of the run",
            try_it: Box::new(dropped_promise),
        },
        Check {
            promise: "a task that panics gives an error with its message, and the others finish",
            trait_says: "The task panicked, with this message.",
            look_at: "`catch_unwind` around each poll of a task, and `TaskError::from_panic` for the payload: a panic that \
                      unwinds through the loop takes all tasks with it",
            try_it: Box::new(panicking_task),
        },
    ]
}

fn runs_unawaited<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let result = runtime.run_until_complete(log.task("the main future", async {
        let _task = R::spawn(log.task("the task", async { promise.send("it ran") }));
        log.note("the main future has spawned the task and keeps its handle, without awaiting it");
        future.await
    }));
    expect("what the task sent", &result, &Ok("it ran"))
}

/// The spawner is a task itself, because the main future may have a thread that runs no tasks.
fn not_inside_spawn<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    if runtime.threads() > 1 {
        return Ok(());
    }
    let (has_run, in_task, in_log) = (Arc::new(AtomicBool::new(false)), log.clone(), log.clone());
    let early = runtime.run_until_complete(async {
        R::spawn(log.task("the spawner", async move {
            in_log.note("the spawner calls `spawn`");
            let sets = Arc::clone(&has_run);
            let task = R::spawn(in_task.task("the task", async move { sets.store(true, Ordering::SeqCst) }));
            in_log.note("the spawner continues after `spawn`");
            let early = has_run.load(Ordering::SeqCst);
            task.await.map(|()| early)
        }))
        .await
    });
    expect("whether it had run before `spawn` returned", &early, &Ok(Ok(false)))
}

fn results_in_order<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    // The later tasks take fewer turns, so they end first.
    let countdown = |n: usize| {
        log.task(&format!("task {n}"), async move {
            for _ in n..5 {
                R::yield_now().await;
            }
            n
        })
    };
    let results = runtime.run_until_complete(gather::<R, _>((0..5).map(countdown)));
    expect("the list of results", &results, &(0..5).map(Ok).collect())
}

fn task_from_task<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (first, second, third) = (log.clone(), log.clone(), log.clone());
    let result = runtime.run_until_complete(log.task("the main future", async {
        // The result is a number, because Rust 1.88 rejects the lifetime of a string here.
        let innermost = third.task("the third task", async { 3 });
        let middle = second.task("the second task", async { R::spawn(innermost).await });
        R::spawn(first.task("the first task", async { R::spawn(middle).await })).await
    }));
    expect("the innermost task's result", &result, &Ok(Ok(Ok(3))))
}

fn dropped_handle<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    handle_dropped_by(runtime, log, true, async |handle| {
        log.note("the main future drops the task's handle");
        drop(handle);
        Ok(())
    })
}

/// Spawns a task that waits, and lets `drop_it` drop its handle, after the task's first turn or before it. A cancelled task drops
/// what it owns, here a promise. A detached task runs on and fulfils the promise.
pub(super) fn handle_dropped_by<R: Runtime>(
    runtime: &R,
    log: &Log,
    after_a_turn: bool,
    drop_it: impl AsyncFnOnce(R::Task<()>) -> Result<(), TaskError>,
) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let (ask, asked) = oneshot::channel::<()>();
    let (dropped, ran_on) = runtime.run_until_complete(async {
        let handle = R::spawn(log.task("the task", async {
            let _ = asked.await;
            let _ = promise.send(());
        }));
        if after_a_turn {
            R::yield_now().await;
        }
        let dropped = drop_it(handle).await;
        if R::CANCELS_ON_DROP {
            let ran_on = future.await.is_ok();
            drop(ask); // not before, so that only the drop can end the task
            return (dropped, ran_on);
        }
        log.note("the main future wakes the task");
        let _ = ask.send(());
        (dropped, future.await.is_ok())
    });
    expect("the drop", &dropped, &Ok(()))?;
    expect("whether the task ran on", &ran_on, &!R::CANCELS_ON_DROP)
}

fn ten_thousand<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TASKS: usize = 10_000;
    let begun = Arc::new(AtomicUsize::new(0));
    let tasks = (0..TASKS).map(|n| {
        let begun = Arc::clone(&begun);
        async move {
            begun.fetch_add(1, Ordering::SeqCst);
            R::yield_now().await;
            n
        }
    });
    let results = runtime.run_until_complete(gather::<R, _>(tasks));
    let ended = results.iter().filter(|result| result.is_ok()).count();
    log.note(&format!("of {TASKS} tasks, {} have begun and {ended} have ended", begun.load(Ordering::SeqCst)));
    expect("the number of tasks that began", &begun.load(Ordering::SeqCst), &TASKS)?;
    let wrong = results.iter().enumerate().find(|&(n, result)| *result != Ok(n));
    expect("the first wrong result", &wrong, &None)
}

fn promise_is_fulfilled<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let result = runtime.run_until_complete(log.task("the main future", async {
        let task = R::spawn(log.task("amap", amap(promise, |n| n * 2, 0..5, R::yield_now)));
        (future.await, task.await)
    }));
    expect("the pair of results and task", &result, &(Ok(vec![0, 2, 4, 6, 8]), Ok(())))
}

fn dropped_promise<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (promise, future) = oneshot::channel::<()>();
    let result = runtime.run_until_complete(async {
        let breaker = R::spawn(log.task("the task that owns the promise", async {
            R::yield_now().await;
            drop(promise);
        }));
        let waiter = R::spawn(log.task("the task that awaits it", future));
        (waiter.await, breaker.await)
    });
    expect("what the waiter received", &result, &(Ok(Err(oneshot::Canceled)), Ok(())))
}

fn panicking_task<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let task = |n| {
        log.task(&format!("task {n}"), async move {
            R::yield_now().await;
            if n == 1 {
                // Unwinds as `panic!` does, but does not call the panic hook, which would print.
                resume_unwind(Box::new("the brush broke"));
            }
            R::yield_now().await;
            n
        })
    };
    let results = runtime.run_until_complete(gather::<R, _>((0..3).map(task)));
    let panicked = Err(TaskError::Panicked("the brush broke".to_owned()));
    expect("the list of results", &results, &vec![Ok(0), panicked, Ok(2)])
}
