//! The checks about yielding. The promise depends on the number of threads. On several threads tasks run at the same time,
//! and a task may be held up with its thread, so the promise is only that every task makes progress. On one thread the
//! runtime decides when exactly a yielder runs again: on tokio after 61 polls at the latest, even if other tasks are still
//! ready. The checks leave room for that, and for no more.

use super::{Check, GIVE_UP, expect};
use crate::log::Log;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError, amap, gather};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

const THE_TRAIT_SAYS: &str =
    "Gives up the caller's turn. On one thread every other ready task runs before the caller runs again.";

const TO_THE_END: &str = "a yield calls its own waker and returns `Pending`, once; that wake must put the task at the end of \
                          the ready queue, behind the tasks that are ready already";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "two amaps interleave: each makes progress while the other does",
            trait_says: "Gives up the caller's turn.",
            look_at: TO_THE_END,
            try_it: Box::new(amaps_interleave),
        },
        Check {
            promise: "a yield lets every other task run, however many there are",
            trait_says: "On several threads no task starves.",
            look_at: TO_THE_END,
            try_it: Box::new(no_task_starves),
        },
        Check {
            promise: "on one thread, a yield lets every ready task run before the yielder runs again",
            trait_says: THE_TRAIT_SAYS,
            look_at: TO_THE_END,
            try_it: Box::new(ready_first),
        },
        Check {
            promise: "each yield gives up the turn, and not only most of them",
            trait_says: "Gives up the caller's turn.",
            look_at: "a yield that returns `Ready` at its first poll, even one in fifty, lets no other task run",
            try_it: Box::new(each_counts),
        },
        Check {
            promise: "on one thread, of tasks that only yield, none gets twice as many turns as another",
            trait_says: THE_TRAIT_SAYS,
            look_at: TO_THE_END,
            try_it: Box::new(keep_pace),
        },
    ]
}

/// Each of two amaps has items until both have done five, so neither can run to its end alone.
fn amaps_interleave<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const ITEMS: usize = 5;
    let start = Instant::now();
    let done = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let (promises, futures): (Vec<_>, Vec<_>) = (0..2).map(|_| oneshot::channel()).unzip();
    let tasks = promises.into_iter().enumerate().map(|(own, promise)| {
        let (watched, counted) = (Arc::clone(&done), Arc::clone(&done));
        let is_behind = move |_: &usize| watched.iter().any(|items| items.load(Ordering::SeqCst) < ITEMS);
        let sequence = (0..).take_while(is_behind).take_while(move |_| start.elapsed() < GIVE_UP);
        // The results are counted and not kept: a runtime that never lets the other run must not fill the memory.
        let function = move |_| _ = counted[own].fetch_add(1, Ordering::SeqCst);
        log.task(&format!("amap {own}"), amap(promise, function, sequence, R::yield_now))
    });
    let lengths = runtime.run_until_complete(async {
        let ended = gather::<R, _>(tasks).await.into_iter().collect::<Result<Vec<_>, TaskError>>();
        let mut lengths = Vec::new();
        for future in futures {
            lengths.push(future.await.map_or(0, |results| results.len()));
        }
        ended.map(|_| lengths)
    });
    let lengths = lengths.map_err(|error| error.to_string())?;
    if lengths.iter().any(|&length| length < ITEMS) {
        return Err(format!("one ran alone until it gave up; the numbers of items done were {lengths:?}"));
    }
    let done: Vec<_> = done.iter().map(|items| items.load(Ordering::SeqCst)).collect();
    expect("the number of results of each amap", &lengths, &done)
}

/// More tasks than threads, and each yields until all have begun: a yield that keeps its thread starves the others.
fn no_task_starves<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let tasks = 2 * runtime.threads() + 2;
    let start = Instant::now();
    let begun = Arc::new(AtomicUsize::new(0));
    let turns = (0..tasks).map(|n| {
        let begun = Arc::clone(&begun);
        log.task(&format!("task {n}"), async move {
            begun.fetch_add(1, Ordering::SeqCst);
            while begun.load(Ordering::SeqCst) < tasks && start.elapsed() < GIVE_UP {
                R::yield_now().await;
            }
            begun.load(Ordering::SeqCst)
        })
    });
    let seen = runtime.run_until_complete(gather::<R, _>(turns));
    expect("the list of how many tasks each saw begin", &seen, &vec![Ok(tasks); tasks])
}

/// A task makes ten others ready and yields; when it runs again, each of them has run. So it is with the main future, if it runs
/// on the thread of the tasks. It tries three times, because once in a while a runtime may let the yielder run early.
fn ready_first<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TRIES: usize = 3;
    if runtime.threads() > 1 {
        return Ok(());
    }
    let yielder = |name| log.task(name, ran_before::<R>(name, log.clone()));
    let in_task = || runtime.run_until_complete(async { R::spawn(yielder("the yielder")).await });
    let in_main = || runtime.run_until_complete(yielder("the main future"));
    let home = thread::current().id();
    let of_tasks = runtime.run_until_complete(async { R::spawn(async { thread::current().id() }).await });
    let is_apart = of_tasks.is_ok_and(|thread| thread != home);
    let tries: Vec<_> = (0..TRIES).map(|_| in_task().and_then(|ran| ran)).collect();
    let tries_of_main: Vec<_> = (0..TRIES).filter(|_| !is_apart).map(|_| in_main()).collect();
    for (yielder, tries) in [("the yielder", tries), ("the main future, which yielded,", tries_of_main)] {
        if !tries.is_empty() && !tries.contains(&Ok(OTHERS)) {
            return Err(format!(
                "of {OTHERS} ready tasks, the numbers that ran before {yielder} were, in {TRIES} tries, {tries:?}"
            ));
        }
    }
    Ok(())
}

const OTHERS: usize = 10;

/// How many of the tasks that it makes ready run before it continues after a yield.
async fn ran_before<R: Runtime>(name: &'static str, log: Log) -> Result<usize, TaskError> {
    let ran = Arc::new(AtomicUsize::new(0));
    let others: Vec<_> = (0..OTHERS)
        .map(|n| {
            let ran = Arc::clone(&ran);
            R::spawn(log.task(&format!("task {n}"), async move { ran.fetch_add(1, Ordering::SeqCst) }))
        })
        .collect();
    log.note(&format!("{name} has spawned {OTHERS} tasks and yields"));
    R::yield_now().await;
    let seen = ran.load(Ordering::SeqCst);
    log.note(&format!("{name} runs again; {seen} of the others have run"));
    for other in others {
        other.await?;
    }
    Ok(seen)
}

/// Two tasks yield, so there is always another task to run.
fn each_counts<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const YIELDS: usize = 200;
    let tasks = (0..2).map(|n| {
        log.task(&format!("task {n}"), async {
            let mut ready_at_once = 0;
            for _ in 0..YIELDS {
                let (mut yields, mut polls) = (pin!(R::yield_now()), 0);
                poll_fn(|context| {
                    polls += 1;
                    yields.as_mut().poll(context)
                })
                .await;
                ready_at_once += usize::from(polls == 1);
            }
            ready_at_once
        })
    });
    let ready_at_once = runtime.run_until_complete(gather::<R, _>(tasks));
    expect(
        &format!("of {YIELDS} yields, the number that gave up no turn, for each task,"),
        &ready_at_once,
        &vec![Ok(0); 2],
    )
}

/// Tasks that only yield take turns: none gets twice as many as another, except for a few at the start.
fn keep_pace<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TASKS: usize = 3;
    const TURNS: usize = 100;
    const AT_THE_START: usize = 3;
    if runtime.threads() > 1 {
        return Ok(());
    }
    let turns: Arc<Vec<_>> = Arc::new((0..TASKS).map(|_| AtomicUsize::new(0)).collect());
    let log = log.clone();
    let leaders = runtime.run_until_complete(async {
        // A task spawns them, so none has begun when the last is spawned.
        R::spawn(async move {
            gather::<R, _>((0..TASKS).map(|own| {
                let (log, turns) = (log.clone(), Arc::clone(&turns));
                async move {
                    for turn in 1..=TURNS {
                        turns[own].store(turn, Ordering::SeqCst);
                        log.note(&format!("task {own} has its turn {turn}"));
                        if turns.iter().any(|other| 2 * other.load(Ordering::SeqCst) + AT_THE_START < turn) {
                            return Some(format!("task {own} ran ahead at its turn {turn}"));
                        }
                        R::yield_now().await;
                    }
                    None
                }
            }))
            .await
        })
        .await
    });
    expect("the list of tasks that ran ahead", &leaders, &Ok(vec![Ok(None); TASKS]))
}
