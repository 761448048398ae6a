//! smol by hand: a `LocalExecutor`, the global executor, and an `Executor` that several threads run.

use crate::contender::{Fault, Pass};
use crate::groups::yields::Promise;
use crate::groups::{paints, spawns, timers, wakes, yields};
use crate::job::{Paints, Timers, checksum, double};
use crate::tally::{Tally, count_sleep, count_yield};
use paintdry_core::{Canvas, clock, paint};
use smol::{Executor, LocalExecutor, Timer, channel, future};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

async fn amap<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(future::yield_now()).await;
    }
    let _ = promise.send(results);
}

/// [`Job::Yields`](crate::job::Job::Yields) on a `LocalExecutor`.
///
/// # Errors
/// If a promise was broken.
pub fn yields<T: Tally>(executor: &LocalExecutor<'_>, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    smol::block_on(executor.run(async {
        let mut tasks = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            tasks.push(executor.spawn(amap::<T>(promise, items)));
        }
        for task in tasks {
            task.await;
        }
    }));
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// [`Job::Yields`](crate::job::Job::Yields) on the global executor.
///
/// # Errors
/// If a promise was broken.
pub fn yields_global<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    smol::block_on(async {
        let mut tasks = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            tasks.push(smol::spawn(amap::<T>(promise, items)));
        }
        for task in tasks {
            task.await;
        }
    });
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// [`Job::Spawns`](crate::job::Job::Spawns) on a `LocalExecutor`.
pub fn spawns<T: Tally>(executor: &LocalExecutor<'_>, tasks: usize) -> Pass {
    let start = Instant::now();
    let outputs = smol::block_on(executor.run(async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(executor.spawn(async move { double(n) }));
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await);
        }
        outputs
    }));
    spawns::pass(start, outputs)
}

/// [`Job::Spawns`](crate::job::Job::Spawns) on the global executor.
#[must_use]
pub fn spawns_global<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let outputs = smol::block_on(async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(smol::spawn(async move { double(n) }));
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await);
        }
        outputs
    });
    spawns::pass(start, outputs)
}

/// [`Job::Timers`](crate::job::Job::Timers) on a `LocalExecutor`.
///
/// # Errors
/// If one woke early.
pub fn timers<T: Tally>(executor: &LocalExecutor<'_>, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let woke = smol::block_on(executor.run(async {
        let mut tasks = Vec::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            tasks.push(executor.spawn(async move {
                count_sleep::<T, _>(Timer::after(timers.duration(n))).await;
                (n, start.elapsed())
            }));
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        for task in tasks {
            woke.push(task.await);
        }
        woke
    }));
    timers::pass(&timers, start, &woke)
}

/// [`Job::Wakes`](crate::job::Job::Wakes) on a `LocalExecutor`.
///
/// # Errors
/// If the thread did not come to its end.
pub fn wakes<T: Tally>(executor: &LocalExecutor<'_>, rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    let caught = smol::block_on(executor.run(async {
        T::spawned(1);
        executor.spawn(player.play(rounds)).await
    }));
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}

/// An executor that several threads run until it is dropped.
#[derive(Debug)]
pub struct Threads {
    executor: Arc<Executor<'static>>,
    /// Dropping it ends the threads.
    stop: Option<channel::Sender<()>>,
    joins: Vec<thread::JoinHandle<()>>,
}

impl Threads {
    /// Starts `count` threads.
    #[must_use]
    pub fn start(count: usize) -> Self {
        let executor = Arc::new(Executor::new());
        let (stop, stopped) = channel::bounded::<()>(1);
        let run = |_| {
            let (executor, stopped) = (Arc::clone(&executor), stopped.clone());
            thread::spawn(move || _ = smol::block_on(executor.run(stopped.recv())))
        };
        let joins = (0..count).map(run).collect();
        Self { executor, stop: Some(stop), joins }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.stop = None;
        for thread in self.joins.drain(..) {
            let _ = thread.join(); // one that panicked has ended, too
        }
    }
}

/// [`Job::Paints`](crate::job::Job::Paints) on several threads.
///
/// # Errors
/// If a painter did not come to its end.
pub fn paints<T: Tally>(threads: &Threads, job: Paints) -> Result<Pass, Fault> {
    let start = Instant::now();
    let painted = smol::block_on(async {
        let mut tasks = Vec::with_capacity(job.canvases);
        for _ in 0..job.canvases {
            T::spawned(1);
            let sleep = |duration| count_sleep::<T, _>(Timer::after(duration));
            let painter = paint(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep);
            tasks.push(threads.executor.spawn(painter));
        }
        let mut painted = Vec::with_capacity(job.canvases);
        for task in tasks {
            painted.push(Ok(task.await));
        }
        painted
    });
    paints::pass(start.elapsed(), painted)
}

/// [`Job::Starts`](crate::job::Job::Starts) with a `LocalExecutor`.
#[must_use]
pub fn starts<T: Tally>(times: u64) -> Pass {
    let start = Instant::now();
    let once = |n| {
        let executor = LocalExecutor::new();
        T::spawned(1);
        smol::block_on(executor.run(executor.spawn(async move { double(n) })))
    };
    let outputs: Vec<_> = (0..times).map(once).collect();
    let time = start.elapsed();
    Pass::new(time, checksum(outputs))
}

/// [`Job::Starts`](crate::job::Job::Starts) with an executor that `count` threads run.
#[must_use]
pub fn starts_threads<T: Tally>(count: usize, times: u64) -> Pass {
    let start = Instant::now();
    let once = |n| {
        let threads = Threads::start(count);
        T::spawned(1);
        smol::block_on(threads.executor.spawn(async move { double(n) }))
    };
    let outputs: Vec<_> = (0..times).map(once).collect();
    let time = start.elapsed();
    Pass::new(time, checksum(outputs))
}
