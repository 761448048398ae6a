//! The checks themselves, in the order in which somebody who writes a runtime meets them. Those about yielding are
//! next door in `yielding.rs`.

use super::{Check, expect, yielding};
use crate::{Canvas, Runtime, TaskError, amap, gather, paint};
use futures::channel::oneshot;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Every check, for `R`.
pub(super) fn all<R: Runtime>() -> Vec<Check<R>> {
    let check = |promise, try_it| Check { promise, try_it };
    vec![
        check("run_until_complete returns the future's output, and can be called again", runs_again),
        check("run_until_complete takes a future that borrows from its caller", borrows),
        check("a spawned task runs although nobody awaits it", runs_unawaited),
        check("results stand in the order in which the futures were given", results_in_order),
        check("a task can spawn a task", task_from_task),
        check("dropping a task's handle cancels or detaches the task, as `CANCELS_ON_DROP` says", dropped_handle),
        check("ten thousand tasks run side by side", ten_thousand),
        check("amap fulfils the promise that the caller handed in", promise_is_fulfilled),
        check("a promise that is dropped is an error for whoever awaits it", dropped_promise),
        check("a wake from another thread reaches the task", woken_from_another_thread),
        check("a task that panics gives an error with its message, and the others finish", panicking_task),
        check("a sleep never ends early", sleep_never_early),
        check("three paintings overlap: each dries while the others are painted", paintings_overlap),
        check("two amaps interleave: each goes on while the other does", yielding::amaps_interleave),
        check("a yield lets every other task have a turn, however many there are", yielding::nobody_starves),
        check("on one thread, a yield lets every ready task run before the yielder runs again", yielding::ready_first),
        check("on one thread, of tasks that only yield, none gets twice as many turns as another", yielding::keep_pace),
    ]
}

fn runs_again<R: Runtime>(runtime: &R) -> Result<(), String> {
    expect("the first output", &runtime.run_until_complete(async { 1 }), &1)?;
    let second = runtime.run_until_complete(async { R::spawn(async { 2 }).await });
    expect("the second output, a task's result,", &second, &Ok(2))
}

fn borrows<R: Runtime>(runtime: &R) -> Result<(), String> {
    let mut text = String::from("paint");
    runtime.run_until_complete(async {
        R::yield_now().await;
        text.push_str(" dries");
    });
    expect("the borrowed text", &text.as_str(), &"paint dries")
}

fn runs_unawaited<R: Runtime>(runtime: &R) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let result = runtime.run_until_complete(async {
        let _task = R::spawn(async { promise.send("it ran") });
        future.await
    });
    expect("what the task sent", &result, &Ok("it ran"))
}

fn results_in_order<R: Runtime>(runtime: &R) -> Result<(), String> {
    // The later ones take fewer turns, so they end first.
    let countdown = |n: usize| async move {
        for _ in n..10 {
            R::yield_now().await;
        }
        n
    };
    let results = runtime.run_until_complete(gather::<R, _>((0..10).map(countdown)));
    expect("the list of results", &results, &(0..10).map(Ok).collect())
}

fn task_from_task<R: Runtime>(runtime: &R) -> Result<(), String> {
    let result = runtime.run_until_complete(async {
        // Of a number, because the lifetime of a string is too much for Rust 1.88.
        R::spawn(async { R::spawn(async { R::spawn(async { 3 }).await }).await }).await
    });
    expect("the innermost task's result", &result, &Ok(Ok(Ok(3))))
}

/// One that is cancelled drops what it owns, here a promise; one that is detached goes on and fulfils it.
fn dropped_handle<R: Runtime>(runtime: &R) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let (ask, asked) = oneshot::channel::<()>();
    let result = runtime.run_until_complete(async {
        let task = R::spawn(async {
            let _ = asked.await;
            promise.send(())
        });
        R::yield_now().await;
        drop(task);
        if R::CANCELS_ON_DROP {
            return future.await.is_err();
        }
        let _ = ask.send(());
        future.await.is_ok()
    });
    let did = if R::CANCELS_ON_DROP { "the task was cancelled" } else { "the task ran on" };
    expect(&format!("whether {did}"), &result, &true)
}

fn ten_thousand<R: Runtime>(runtime: &R) -> Result<(), String> {
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
    expect("the number of tasks that began", &begun.load(Ordering::SeqCst), &TASKS)?;
    let wrong = results.iter().enumerate().find(|&(n, result)| *result != Ok(n));
    expect("the first wrong result", &wrong, &None)
}

fn promise_is_fulfilled<R: Runtime>(runtime: &R) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let result = runtime.run_until_complete(async {
        let task = R::spawn(amap(promise, |n| n * 2, 0..5, R::yield_now));
        (future.await, task.await)
    });
    expect("the pair of results and task", &result, &(Ok(vec![0, 2, 4, 6, 8]), Ok(())))
}

fn dropped_promise<R: Runtime>(runtime: &R) -> Result<(), String> {
    let (promise, future) = oneshot::channel::<()>();
    let result = runtime.run_until_complete(async {
        let breaker = R::spawn(async {
            R::yield_now().await;
            drop(promise);
        });
        let waiter = R::spawn(future);
        (waiter.await, breaker.await)
    });
    expect("what the waiter got", &result, &(Ok(Err(oneshot::Canceled)), Ok(())))
}

fn woken_from_another_thread<R: Runtime>(runtime: &R) -> Result<(), String> {
    let (waiting, is_waiting) = std::sync::mpsc::channel();
    let (promise, future) = oneshot::channel();
    let other = thread::spawn(move || is_waiting.recv().map(|()| promise.send("from outside")));
    let result = runtime.run_until_complete(async {
        R::spawn(async move {
            let _ = waiting.send(());
            future.await
        })
        .await
    });
    let _ = other.join();
    expect("what the task received", &result, &Ok(Ok("from outside")))
}

fn panicking_task<R: Runtime>(runtime: &R) -> Result<(), String> {
    let results = runtime.run_until_complete(gather::<R, _>((0..3).map(|n| async move {
        R::yield_now().await;
        if n == 1 {
            // Unwinds as `panic!` does, but leaves the panic hook, which would print, out of it.
            resume_unwind(Box::new("the brush broke"));
        }
        R::yield_now().await;
        n
    })));
    let panicked = Err(TaskError::Panicked("the brush broke".to_owned()));
    expect("the list of results", &results, &vec![Ok(0), panicked, Ok(2)])
}

fn sleep_never_early<R: Runtime>(runtime: &R) -> Result<(), String> {
    let sleeps = [0, 1, 1_000, 999_999, 1_000_000, 1_000_001, 5_500_000].map(Duration::from_nanos);
    let early = runtime.run_until_complete(gather::<R, _>(sleeps.map(|duration| async move {
        let start = Instant::now();
        R::sleep(duration).await;
        let slept = start.elapsed();
        (slept < duration).then(|| format!("a sleep of {duration:?} ended after {slept:?}"))
    })));
    expect("the list of early sleeps", &early, &vec![Ok(None); sleeps.len()])
}

/// No canvas is dry before each painter has gone to sleep once, so painters that wait for each other never end.
fn paintings_overlap<R: Runtime>(runtime: &R) -> Result<(), String> {
    const CANVASES: usize = 3;
    const DRYING: Duration = Duration::from_secs(2);
    let asleep = Arc::new(AtomicUsize::new(0));
    let painters = (0..CANVASES).map(|_| {
        let (first, all) = (Arc::clone(&asleep), Arc::clone(&asleep));
        let now = move || if all.load(Ordering::SeqCst) < CANVASES { Duration::ZERO } else { DRYING };
        let awake = AtomicBool::new(true);
        let sleep = move |_poll| {
            if awake.swap(false, Ordering::SeqCst) {
                first.fetch_add(1, Ordering::SeqCst);
            }
            R::sleep(Duration::from_millis(1))
        };
        async { paint(Canvas::new(DRYING), 1_000, DRYING / 4, now, sleep).await.dry_at }
    });
    let dry = runtime.run_until_complete(gather::<R, _>(painters));
    expect("the list of times at which they were dry", &dry, &vec![Ok(DRYING); CANVASES])
}
