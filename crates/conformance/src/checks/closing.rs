//! The checks about dropping the runtime: what stands at an await, what spawns while it is dropped, what panics then.

use super::cancelling::number_of;
use super::panicking::Breaks;
use crate::coroutines::{Awaits, Live, each_await, left};
use crate::log::Log;
use crate::{Check, expect};
use futures::channel::oneshot::{self, Canceled};
use paintdry_core::{Runtime, TaskError, contain};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

const AS_THE_RUNTIME_DOES: &str = "Tasks that have not ended by then are left alone or dropped, as the runtime does.";

pub(crate) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "tasks that stand at any of their awaits when the runtime is dropped are dropped, or go on, and nobody waits \
                      for them for ever",
            trait_says: AS_THE_RUNTIME_DOES,
            look_at: "who owns the futures: if wakers or handles own one, it outlives the runtime, and whoever awaits its promise \
                      waits for ever",
            try_it: Box::new(dropped_runtime),
        },
        Check {
            promise: "a task may spawn another when it is dropped with the runtime: nothing is left of either",
            trait_says: AS_THE_RUNTIME_DOES,
            look_at: "the tasks are dropped while nothing is borrowed or locked; and what is spawned then is dropped, too, or \
                      refused by a panic",
            try_it: Box::new(spawns_when_dropped),
        },
    ]
}

/// For runtimes in which a panic in a drop is caught.
pub(crate) fn in_drops<R: Runtime>() -> Vec<Check<R>> {
    vec![Check {
        promise: "if a drop panics while the runtime is dropped, the other tasks are dropped all the same",
        trait_says: AS_THE_RUNTIME_DOES,
        look_at: "a collection that is dropped goes on after a panic if it is a `Vec` or a `BTreeMap`; a `HashMap` leaks the rest",
        try_it: Box::new(panics_when_dropped),
    }]
}

/// All coroutines, one for each of their awaits, on a runtime of their own, which is dropped when each stands there. Then
/// they are released, so that they end where they were left alone.
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
    log.note("the tasks are released, as far as they are left");
    drop(releases);
    let (ends, left) = runtime.run_until_complete(async {
        let mut ends = Vec::new();
        for (handle, (name, number, results)) in handles.into_iter().zip(tasks) {
            ends.push((name, number, handle.await, number_of(results.await)));
        }
        (ends, left::<R>(&live).await)
    });
    for (name, number, ended, results) in ends {
        // On several threads a gather may come to know that its parts were dropped, and end, before it is dropped itself.
        let expected = match (&ended, &results) {
            (Ok(()), Err(Canceled)) if name.starts_with("gather") => (Ok(()), Err(Canceled)),
            (Ok(()), _) => (Ok(()), Ok(number)),
            _ => (Err(TaskError::Cancelled), Err(Canceled)),
        };
        expect(&format!("the end of {name}"), &(ended, results), &expected)?;
    }
    expect("what is left", &left, &0)
}

/// Spawns a task when it is dropped, if the runtime lets it: outside of a run it may panic.
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
                R::yield_now().await; // the last one has not run
            }
        }
    });
    log.note("the runtime is dropped");
    drop(own);
    drop(releases);
    log.tried("spawns while the runtime is dropped", TASKS);
    let left = runtime.run_until_complete(async {
        for handle in handles {
            let _ = handle.await; // it may have ended or not, but must be told
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
    log.note(&format!("the runtime is dropped, with {TASKS} tasks, of which one panics when it is dropped"));
    log.tried("panics", 1);
    contain(|| drop(own));
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
