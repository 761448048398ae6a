//! The checks about dropping the runtime: with tasks at their awaits, tasks that spawn in their drop, in a run as well, tasks that
//! panic in it.

use super::cancelling::number_of;
use super::panicking::Breaks;
use super::{Check, expect};
use crate::coroutines::{Awaits, Live, each_await, left};
use crate::log::Log;
use futures::channel::oneshot::{self, Canceled};
use paintdry_core::{Runtime, TaskError};
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

const AS_THE_RUNTIME_DOES: &str = "Tasks that have not ended by then are left alone or dropped, as the runtime does.";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "tasks that wait at any of their awaits when the runtime is dropped are dropped, or run on, and no future \
                      waits for them for ever",
            trait_says: AS_THE_RUNTIME_DOES,
            look_at: "the owner of the futures: if a waker or a handle owns a future, that outlives the runtime, and the reader of \
                      its promise waits for ever",
            try_it: Box::new(dropped_runtime),
        },
        Check {
            promise: "a future may spawn a task when it is dropped in a run: at the end of its own task, or because that is cancelled",
            trait_says: "work inside `run_until_complete`",
            look_at: "drop a future while nothing is borrowed or locked: first take it out of the table, and end the borrow",
            try_it: Box::new(spawns_when_dropped_in_a_run),
        },
        Check {
            promise: "a task may spawn another when it is dropped with the runtime: nothing is left of either",
            trait_says: AS_THE_RUNTIME_DOES,
            look_at: "drop the tasks while nothing is borrowed or locked; and drop a task that is spawned then as well, or refuse \
                      it with a panic",
            try_it: Box::new(spawns_when_dropped),
        },
    ]
}

/// For runtimes in which a panic in a drop is caught.
pub(super) fn in_drops<R: Runtime>() -> Vec<Check<R>> {
    vec![Check {
        promise: "if a drop panics while the runtime is dropped, the other tasks are dropped all the same",
        trait_says: AS_THE_RUNTIME_DOES,
        look_at: "after a panic in one element a `Vec` or a `BTreeMap` still drops the others; a `HashMap` leaks them",
        try_it: Box::new(panics_when_dropped),
    }]
}

/// Starts each coroutine once for each of its awaits, lets it wait there, and drops the runtime. Then it releases them, so
/// that they end if the runtime has left them alone.
fn dropped_runtime<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (live, mut handles, mut tasks, mut releases) = (Live::default(), Vec::new(), Vec::new(), Vec::new());
    let own = R::start();
    own.run_until_complete(async {
        for (coroutine, at) in each_await::<R>() {
            let (awaits, held) = Awaits::hold_at(at);
            let started = coroutine.start(awaits, &live);
            handles.push(R::spawn(started.coroutine));
            tasks.push((format!("{} at await {at}", coroutine.name), coroutine.results, started.results));
            let _ = held.is_reached.await;
            releases.push(held.release);
        }
    });
    log.note(&format!("the runtime is dropped, with {} tasks", tasks.len()));
    log.tried("tasks dropped with their runtime", tasks.len());
    drop(own);
    log.note("the tasks that are left are released");
    drop(releases);
    let (ends, left) = runtime.run_until_complete(async {
        let mut ends = Vec::new();
        for (handle, (name, number, results)) in handles.into_iter().zip(tasks) {
            ends.push((name, number, handle.await, number_of(results.await)));
        }
        (ends, left::<R>(&live).await)
    });
    for (name, number, ended, results) in ends {
        // On several threads a gather may see that its parts were dropped, and end, before it is dropped itself.
        let expected = match (&ended, &results) {
            (Ok(()), Err(Canceled)) if name.starts_with("gather") => (Ok(()), Err(Canceled)),
            (Ok(()), _) => (Ok(()), Ok(number)),
            _ => (Err(TaskError::Cancelled), Err(Canceled)),
        };
        expect(&format!("the end of {name}"), &(ended, results), &expected)?;
    }
    expect("what is left", &left, &0)
}

/// Spawns a task when it is dropped. The runtime may refuse that with a panic, because it is outside of a run.
struct Spawns<R: Runtime> {
    live: Live,
    spawned: Arc<Mutex<Vec<R::Task<()>>>>,
}

impl<R: Runtime> Drop for Spawns<R> {
    fn drop(&mut self) {
        let live = Live::clone(&self.live);
        let task = async move {
            R::yield_now().await;
            drop(live);
        };
        if let Ok(handle) = catch_unwind(AssertUnwindSafe(|| R::spawn(task))) {
            self.spawned.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        }
    }
}

fn spawns_when_dropped_in_a_run<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (live, spawned) = (Live::default(), Arc::default());
    let spawns = || Spawns::<R> { live: Live::clone(&live), spawned: Arc::clone(&spawned) };
    let (of_future, of_waiting) = (spawns(), spawns());
    let (release, is_released) = oneshot::channel::<()>();
    let left = runtime.run_until_complete(async {
        let ends = poll_fn(move |_| {
            let _ = &of_future;
            Poll::Ready(())
        });
        log.note("a task ends; its future, which the runtime drops, spawns");
        let _ = R::spawn(ends).await;
        let waits = async {
            let _ = is_released.await;
            drop(of_waiting);
        };
        let waiting = R::spawn(log.task("the task that waits", waits));
        R::yield_now().await;
        log.note("the handle of the task that waits is dropped");
        drop(waiting);
        let _kept = R::CANCELS_ON_DROP.then_some(release); // only the drop can end the task then
        left::<R>(&live).await
    });
    log.tried("spawns in a drop", 2);
    expect("the number of tasks that were spawned", &spawned.lock().unwrap_or_else(PoisonError::into_inner).len(), &2)?;
    expect("what is left", &left, &0)
}

fn spawns_when_dropped<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TASKS: usize = 3;
    let (live, mut handles, mut releases) = (Live::default(), Vec::new(), Vec::new());
    let spawned = Arc::new(Mutex::new(Vec::new()));
    let own = R::start();
    own.run_until_complete(async {
        for n in 0..TASKS {
            let (release, is_released) = oneshot::channel::<()>();
            let spawns = Spawns::<R> { live: Live::clone(&live), spawned: Arc::clone(&spawned) };
            handles.push(R::spawn(log.task(&format!("task {n}"), async move {
                let _ = is_released.await;
                drop(spawns);
            })));
            releases.push(release);
            if n + 1 < TASKS {
                R::yield_now().await; // not for the last one, which has not run when the runtime is dropped
            }
        }
    });
    log.note("the runtime is dropped");
    drop(own);
    drop(releases);
    log.tried("spawns while the runtime is dropped", TASKS);
    let left = runtime.run_until_complete(async {
        for handle in handles {
            let _ = handle.await; // with a result or without, but not for ever
        }
        let spawned = std::mem::take(&mut *spawned.lock().unwrap_or_else(PoisonError::into_inner));
        log.note(&format!("{} of the tasks could spawn another when they were dropped", spawned.len()));
        for handle in spawned {
            let _ = handle.await;
        }
        left::<R>(&live).await
    });
    expect("what is left", &left, &0)
}

fn panics_when_dropped<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TASKS: usize = 20;
    let (live, mut handles) = (Live::default(), Vec::new());
    let own = R::start();
    own.run_until_complete(async {
        for n in 0..TASKS {
            let owned = (Live::clone(&live), (n == TASKS / 2).then(|| Breaks));
            handles.push(R::spawn(async move {
                pending::<()>().await;
                drop(owned);
            }));
        }
        R::yield_now().await;
    });
    log.note(&format!("the runtime is dropped, with {TASKS} tasks; one of them panics in its drop"));
    log.tried("panics", 1);
    let _ = catch_unwind(AssertUnwindSafe(|| drop(own)));
    let (ends, left) = runtime.run_until_complete(async {
        let mut ends = Vec::new();
        for handle in handles {
            ends.push(handle.await);
        }
        (ends, left::<R>(&live).await)
    });
    expect("whether all were dropped", &ends.iter().all(Result::is_err), &true)?;
    expect("what is left", &left, &0)
}
