//! async-std by hand: `task::spawn` on the process's own threads.

use crate::contender::{Fault, Pass};
use crate::groups::yields::Promise;
use crate::groups::{spawns, timers, wakes, yields};
use crate::job::{Timers, double};
use crate::tally::{Tally, count_sleep, count_yield};
use async_std::task;
use std::time::Instant;

async fn amap<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(task::yield_now()).await;
    }
    let _ = promise.send(results);
}

/// [`Job::Yields`](crate::job::Job::Yields).
///
/// # Errors
/// If a promise was broken.
pub fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    task::block_on(async {
        let mut handles = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            handles.push(task::spawn(amap::<T>(promise, items)));
        }
        for handle in handles {
            handle.await;
        }
    });
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// [`Job::Spawns`](crate::job::Job::Spawns).
#[must_use]
pub fn spawns<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let outputs = task::block_on(async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(task::spawn(async move { double(n) }));
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await);
        }
        outputs
    });
    spawns::pass(start, outputs)
}

/// [`Job::Timers`](crate::job::Job::Timers).
///
/// # Errors
/// If one woke early.
pub fn timers<T: Tally>(timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let woke = task::block_on(async {
        let mut handles = Vec::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            handles.push(task::spawn(async move {
                count_sleep::<T, _>(task::sleep(timers.duration(n))).await;
                (n, start.elapsed())
            }));
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        for handle in handles {
            woke.push(handle.await);
        }
        woke
    });
    timers::pass(&timers, start, &woke)
}

/// [`Job::Wakes`](crate::job::Job::Wakes).
///
/// # Errors
/// If the thread did not come to its end.
pub fn wakes<T: Tally>(rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    let caught = task::block_on(async {
        T::spawned(1);
        task::spawn(player.play(rounds)).await
    });
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}
