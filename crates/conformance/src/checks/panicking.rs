//! The checks about panics: at each await, in a function, in a callback, in a drop, in the main future.

use super::cancelling::number_of;
use super::{Check, expect};
use crate::coroutines::{Awaits, BROKE, Live, Pause, each_await, left};
use crate::log::Log;
use futures::channel::oneshot::{self, Canceled};
use paintdry_core::{Runtime, TaskError, amap, gather, timed_future_with};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

const ALONE: &str = "A panic ends the task alone.";

/// How many items each amap has; the function panics at each in turn.
const ITEMS: usize = 4;

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a panic at any await of a coroutine is its task's error and breaks its promise; nothing of it is left, and \
                      the others finish",
            trait_says: ALONE,
            look_at: "`catch_unwind` around each poll; after a panic the task has ended: drop its future and do not poll it again",
            try_it: Box::new(at_every_await),
        },
        Check {
            promise: "a panic in amap's function, at any item, breaks the promise of that amap alone",
            trait_says: ALONE,
            look_at: "the results from before the panic belong to the future and are dropped with it",
            try_it: Box::new(in_the_function),
        },
        Check {
            promise: "a panic in a callback of a coroutine, the clock or the report of a timed future, is its task's error",
            trait_says: ALONE,
            look_at: "the callbacks are called inside the first and the last poll: catch the panics of these as of any other",
            try_it: Box::new(in_a_callback),
        },
        Check {
            promise: "a panic in the drop of a coroutine's variable at its end is its task's error",
            trait_says: ALONE,
            look_at: "the last poll drops the coroutine's variables: the result counts only when the poll has returned it",
            try_it: Box::new(in_a_drop_at_the_end),
        },
        Check {
            promise: "a panic whose payload panics when it is dropped is its task's error",
            trait_says: ALONE,
            look_at: "a payload is a value of the program, so dropping it runs a destructor. `TaskError::from_panic` survives that",
            try_it: Box::new(in_the_drop_of_a_payload),
        },
        Check {
            promise: "a panic of the main future goes to the caller, and the runtime can run again",
            trait_says: "If `future` panics. It can be called again after that.",
            look_at: "let a destructor reset everything that `run_until_complete` sets for the run, such as a thread-local: a \
                      panic runs destructors",
            try_it: Box::new(in_main),
        },
    ]
}

/// For runtimes in which a panic in a drop is caught.
pub(super) fn in_drops<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a panic in the drop of a future that has ended harms no other task",
            trait_says: ALONE,
            look_at: "the loop drops the future after the poll, outside its `catch_unwind`: catch a panic of that drop as well",
            try_it: Box::new(in_the_drop_of_a_future),
        },
        Check {
            promise: "a panic in the drop of a result that no handle takes harms no other task",
            trait_says: ALONE,
            look_at: "without a handle the loop drops the result of a task when the task ends, and that may panic",
            try_it: Box::new(in_the_drop_of_a_result),
        },
    ]
}

/// Panics when it is dropped.
pub(super) struct Breaks;

impl Drop for Breaks {
    fn drop(&mut self) {
        resume_unwind(Box::new(BROKE));
    }
}

fn broke<T>() -> Result<T, TaskError> {
    Err(TaskError::Panicked(BROKE.to_owned()))
}

fn at_every_await<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for (coroutine, at) in each_await::<R>() {
        let name = coroutine.name;
        log.note(&format!("{name} panics at its await {at}"));
        let live = Live::default();
        let breaks = coroutine.start(Awaits::panic_at(at), &live);
        let other = coroutine.start(Awaits::only(Pause::Yield), &live);
        let (ended, of_other, left) = runtime.run_until_complete(async {
            let (breaking, fine) = (R::spawn(breaks.coroutine), R::spawn(other.coroutine));
            let ended = (breaking.await, number_of(breaks.results.await));
            (ended, (fine.await, number_of(other.results.await)), left::<R>(&live).await)
        });
        let at = format!("of {name}, which panics at await {at},");
        expect(&format!("the end {at}"), &ended, &(broke(), Err(Canceled)))?;
        expect(&format!("the end beside that {at}"), &of_other, &(Ok(()), Ok(coroutine.results)))?;
        expect(&format!("what is left {at}"), &left, &0)?;
        log.tried("panics", 1);
    }
    Ok(())
}

fn in_the_function<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for at in 0..ITEMS {
        log.note(&format!("the function of one of three amaps panics at item {at}"));
        let live = Live::default();
        let (promises, futures): (Vec<_>, Vec<_>) = (0..3).map(|_| oneshot::channel()).unzip();
        let mappings = promises.into_iter().enumerate().map(|(number, promise)| {
            let live = Live::clone(&live);
            let function = move |item| {
                if (number, item) == (1, at) {
                    resume_unwind(Box::new(BROKE));
                }
                Live::clone(&live)
            };
            amap(promise, function, 0..ITEMS, R::yield_now)
        });
        let (ended, results, left) = runtime.run_until_complete(async {
            let ended = gather::<R, _>(mappings).await;
            let mut results = Vec::new();
            for future in futures {
                results.push(number_of(future.await));
            }
            (ended, results, left::<R>(&live).await)
        });
        expect("the list of ends", &ended, &vec![Ok(()), broke(), Ok(())])?;
        expect("the list of numbers of results", &results, &vec![Ok(ITEMS), Err(Canceled), Ok(ITEMS)])?;
        expect("what is left", &left, &0)?;
        log.tried("panics", 1);
    }
    Ok(())
}

/// The clock is called in the first poll and in the last, and the report after that.
fn in_a_callback<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const CALLBACKS: [&str; 3] = ["the clock at the start", "the clock at the end", "the report"];
    for (at, callback) in CALLBACKS.into_iter().enumerate() {
        log.note(&format!("{callback} of one of three timed futures panics"));
        let live = Live::default();
        let timed = (0..3).map(|number| {
            let (calls, owned) = (Arc::new(AtomicUsize::new(0)), Live::clone(&live));
            let calls_back = move || {
                if (calls.fetch_add(1, Ordering::SeqCst), number) == (at, 1) {
                    resume_unwind(Box::new(BROKE));
                }
                Duration::ZERO
            };
            let future = async move {
                R::yield_now().await;
                drop(owned);
                number
            };
            let report = calls_back.clone();
            timed_future_with("a turn", future, calls_back, move |_| {
                report();
            })
        });
        let (ended, left) = runtime.run_until_complete(async { (gather::<R, _>(timed).await, left::<R>(&live).await) });
        expect(&format!("the list of ends when {callback} panics"), &ended, &vec![Ok(0), broke(), Ok(2)])?;
        expect(&format!("what is left when {callback} panics"), &left, &0)?;
        log.tried("panics", 1);
    }
    Ok(())
}

fn in_a_drop_at_the_end<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let ended = runtime.run_until_complete(gather::<R, _>((0..3).map(|n| {
        log.task(&format!("task {n}"), async move {
            let _breaks = (n == 1).then(|| Breaks);
            R::yield_now().await;
            n
        })
    })));
    log.tried("panics", 1);
    expect("the list of results", &ended, &vec![Ok(0), broke(), Ok(2)])
}

fn in_the_drop_of_a_payload<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for turns in 0..2 {
        let breaks = log.task("a task", async move {
            for _ in 0..turns {
                R::yield_now().await;
            }
            resume_unwind(Box::new(Breaks))
        });
        let (ended, other) = runtime.run_until_complete(async {
            let (breaking, fine) = (R::spawn::<_>(breaks), R::spawn(R::yield_now()));
            (breaking.await.map(|(): ()| ()), fine.await)
        });
        let message = "a value that is not a message".to_owned();
        expect("the end of the task", &ended, &Err(TaskError::Panicked(message)))?;
        expect("the end of the task beside it", &other, &Ok(()))?;
        log.tried("panics", 1);
    }
    Ok(())
}

fn in_main<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for turns in 0..2 {
        let main = log.task("the main future", async {
            for _ in 0..turns {
                R::yield_now().await;
            }
            resume_unwind(Box::new(BROKE))
        });
        let run = AssertUnwindSafe(|| runtime.run_until_complete::<_>(main));
        let caught = catch_unwind(run).map(|(): ()| ()).map_err(TaskError::from_panic);
        expect("what reached the caller", &caught, &broke())?;
        let again = log.task("the next main future", async { R::spawn(async { 1 }).await });
        expect("the result of a task of the next run", &runtime.run_until_complete(again), &Ok(1))?;
        log.tried("panics", 1);
    }
    Ok(())
}

/// Runs `task` beside two others, without waiting for its result. The others must end, and no clone of `live` may be left.
fn beside_others<R: Runtime>(
    runtime: &R,
    live: &Live,
    task: impl Future<Output = impl Send + 'static> + Send + 'static,
    drop_first: bool,
) -> Result<(), String> {
    let (others, left) = runtime.run_until_complete(async {
        let mut handle = Some(R::spawn(task));
        let drop_it = |handle| drop(catch_unwind(AssertUnwindSafe(|| drop(handle))));
        if drop_first {
            drop_it(handle.take());
        }
        let others = gather::<R, _>((0..2).map(|n| async move {
            for _ in 0..3 {
                R::yield_now().await;
            }
            n
        }));
        let others = others.await;
        drop_it(handle);
        (others, left::<R>(live).await)
    });
    expect("the list of results of the others", &others, &vec![Ok(0), Ok(1)])?;
    expect("what is left", &left, &0)
}

fn in_the_drop_of_a_future<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for turns in 0..2 {
        let live = Live::default();
        let (breaks, owned, mut turns_left) = (Breaks, Live::clone(&live), turns);
        let future = poll_fn(move |context| {
            let _ = (&breaks, &owned);
            if turns_left == 0 {
                return Poll::Ready("ended");
            }
            turns_left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        });
        log.note(&format!("the drop of a future panics after its poll {}", turns + 1));
        beside_others(runtime, &live, future, false)?;
        log.tried("panics", 1);
    }
    Ok(())
}

fn in_the_drop_of_a_result<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for drop_first in [true, false] {
        log.note(&format!("the handle is dropped {} its task has ended", if drop_first { "before" } else { "after" }));
        let live = Live::default();
        let result = (Breaks, Live::clone(&live));
        let (promise, future) = oneshot::channel::<()>();
        drop(promise);
        let task = async move {
            let _ = future.await;
            result
        };
        beside_others(runtime, &live, task, drop_first)?;
        log.tried("panics", 1);
    }
    Ok(())
}
