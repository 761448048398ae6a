//! The checks about load: many tasks, many sleeps, many awaits, long chains of tasks that await each other, deeply nested coroutines.

use super::{Check, expect};
use crate::coroutines::{Boxed, Live, left};
use crate::log::Log;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError, gather};
use std::future::pending;
use std::time::Duration;

/// The most awaits in a row, and the most tasks that await each other. If they overflow a stack, fewer do so already.
const LONGEST: usize = 100_000;

/// How deep the coroutines are nested. The compiler makes each level a call inside a call, when it is polled and when it is
/// dropped, on any runtime. A level takes a hundred bytes of the stack or more, so a stack of two megabytes holds some ten
/// thousand of them.
const DEPTH: usize = 1_000;

pub(super) fn checks<R: Runtime>(tasks: usize) -> Vec<Check<R>> {
    let long = tasks.min(LONGEST);
    vec![
        Check {
            promise: "very many tasks run side by side, and nothing of them is left",
            trait_says: "spawned tasks run meanwhile",
            look_at: "a table that grows with each spawn and never shrinks, and code that visits all tasks for each turn",
            try_it: Box::new(move |runtime, log| many_tasks(tasks, runtime, log)),
        },
        Check {
            promise: "very many tasks sleep at the same time, and each ends",
            trait_says: "Waits until at least `duration` has passed",
            look_at: "a table of timers of fixed size, and code that visits all timers for each sleep",
            try_it: Box::new(move |runtime, log| many_sleeps(tasks, runtime, log)),
        },
        Check {
            promise: "a task awaits very many times",
            trait_says: "Gives up the caller's turn.",
            look_at: "a wake that polls at once, instead of putting the task into the queue, overflows the stack; an await that \
                      leaves something behind fills the memory",
            try_it: Box::new(move |runtime, log| many_awaits(long, runtime, log)),
        },
        Check {
            promise: "of very many tasks that await each other, each ends when the next has",
            trait_says: "A task runs again after its waker is called",
            look_at: "the end of a task wakes the task that awaits it: put that task into the queue and do not poll it inside the \
                      wake, or a long chain overflows the stack",
            try_it: Box::new(move |runtime, log| chain_ends(long, runtime, log)),
        },
        Check {
            promise: "very many tasks that await each other are cancelled, or dropped with the runtime, if it drops tasks at all",
            trait_says: "it is dropped with all that it owns",
            look_at: "if dropping a handle drops its task, and that drops the next handle, a long chain overflows the stack: let \
                      the loop drop the tasks, one after the other",
            try_it: Box::new(move |runtime, log| chain_is_dropped(long, runtime, log)),
        },
        Check {
            promise: "a thousand nested coroutines are polled, and dropped at the innermost await",
            trait_says: "You may drop it before its end",
            look_at: "the stack of the threads that run the tasks: each level of an async function takes some hundred bytes of it",
            try_it: Box::new(deep_coroutine),
        },
    ]
}

fn many_tasks<R: Runtime>(tasks: usize, runtime: &R, log: &Log) -> Result<(), String> {
    let live = Live::default();
    let each = (0..tasks).map(|n| {
        let owned = Live::clone(&live);
        async move {
            R::yield_now().await;
            drop(owned);
            n
        }
    });
    let (results, left) = runtime.run_until_complete(async { (gather::<R, _>(each).await, left::<R>(&live).await) });
    log.note(&format!("{} tasks have ended", results.len()));
    log.tried("tasks side by side", tasks);
    expect("the number of results", &results.len(), &tasks)?;
    expect("the first wrong result", &results.iter().enumerate().find(|&(n, result)| *result != Ok(n)), &None)?;
    expect("what is left", &left, &0)
}

fn many_sleeps<R: Runtime>(tasks: usize, runtime: &R, log: &Log) -> Result<(), String> {
    let sleep = |n: usize| R::sleep(Duration::from_millis(1 + n as u64 % 10));
    let results = runtime.run_until_complete(gather::<R, _>((0..tasks).map(|n| async move { sleep(n).await })));
    log.tried("sleeps side by side", tasks);
    expect("the number of sleeps that ended", &results.iter().filter(|result| result.is_ok()).count(), &tasks)
}

fn many_awaits<R: Runtime>(awaits: usize, runtime: &R, log: &Log) -> Result<(), String> {
    let ended = runtime.run_until_complete(gather::<R, _>((0..2).map(|_| async move {
        for _ in 0..awaits {
            R::yield_now().await;
        }
        awaits
    })));
    log.tried("awaits of one task", awaits);
    expect("the list of numbers of awaits", &ended, &vec![Ok(awaits); 2])
}

/// A chain of tasks that each await the next; the last awaits `is_released`. Returns the handle of the first.
async fn chain<R: Runtime>(
    tasks: usize,
    is_released: oneshot::Receiver<()>,
    live: &Live,
) -> R::Task<Result<usize, TaskError>> {
    let owned = Live::clone(live);
    let mut task = R::spawn(async move {
        let _ = is_released.await;
        drop(owned);
        Ok(0)
    });
    for n in 1..=tasks {
        let owned = Live::clone(live);
        task = R::spawn(async move {
            let awaited = task.await?;
            drop(owned);
            awaited.map(|number| number + 1)
        });
        if n % 1_000 == 0 {
            R::yield_now().await;
        }
    }
    R::yield_now().await;
    task
}

fn chain_ends<R: Runtime>(tasks: usize, runtime: &R, log: &Log) -> Result<(), String> {
    let live = Live::default();
    let (release, is_released) = oneshot::channel();
    let (ended, left) = runtime.run_until_complete(async {
        let task = chain::<R>(tasks, is_released, &live).await;
        log.note("all tasks of the chain have begun; the last is released");
        let _ = release.send(());
        (task.await, left::<R>(&live).await)
    });
    log.tried("tasks that await each other", tasks);
    expect("the number of tasks that the first has counted", &ended, &Ok(Ok(tasks)))?;
    expect("what is left", &left, &0)
}

/// Drops a chain twice: by the handle of its first task, and with the runtime. If that does not drop the tasks, the last is
/// released, so that they end.
fn chain_is_dropped<R: Runtime>(tasks: usize, runtime: &R, log: &Log) -> Result<(), String> {
    let live = Live::default();
    let (release, is_released) = oneshot::channel();
    let by_handle = runtime.run_until_complete(async {
        let task = chain::<R>(tasks, is_released, &live).await;
        log.note("the handle of the first is dropped");
        drop(task);
        let _kept = R::CANCELS_ON_DROP.then_some(release);
        left::<R>(&live).await
    });
    expect("what is left by the handle", &by_handle, &0)?;
    let (release, is_released) = oneshot::channel();
    let own = R::start();
    let task = own.run_until_complete(chain::<R>(tasks, is_released, &live));
    log.note("the runtime is dropped");
    drop(own);
    drop((task, release));
    log.tried("tasks that await each other and are dropped", 2 * tasks);
    let with_runtime = runtime.run_until_complete(left::<R>(&live));
    expect("what is left by the runtime", &with_runtime, &0)
}

fn nested(depth: usize, innermost: Boxed, live: &Live) -> Boxed {
    (0..depth).fold(innermost, |inner, _| {
        let owned = Live::clone(live);
        Box::pin(async move {
            inner.await;
            drop(owned);
        })
    })
}

fn deep_coroutine<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let live = Live::default();
    let ends = nested(DEPTH, Box::pin(R::yield_now()), &live);
    let ended = runtime.run_until_complete(async { R::spawn(ends).await });
    expect("the end of the outermost", &ended, &Ok(()))?;
    let never = nested(DEPTH, Box::pin(pending()), &live);
    let left = runtime.run_until_complete(async {
        let dropped = R::spawn(super::cancelling::polled(1, never)).await;
        log.note(&format!("{DEPTH} nested coroutines were dropped: {dropped:?}"));
        left::<R>(&live).await
    });
    log.tried("nested coroutines", DEPTH);
    expect("what is left", &left, &0)
}
