//! tokio by hand: `tokio::spawn`, `task::yield_now`, `time::sleep`; the same code for both flavours.

use crate::contender::{Fault, Pass};
use crate::groups::yields::Promise;
use crate::groups::{paints, spawns, timers, wakes, yields};
use crate::job::{Paints, Timers, checksum, double};
use crate::tally::{Tally, count_sleep, count_yield};
use paintdry_core::{Canvas, clock, paint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinError;

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The current-thread flavour, with timers.
///
/// # Panics
/// If the operating system refuses what it needs; so do the others.
#[must_use]
pub fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("the operating system gives what tokio needs")
}

/// The multi-thread flavour as `#[tokio::main]` starts it: a worker for each core. Finding out how many there are is part
/// of its start.
///
/// # Panics
/// If the operating system refuses the threads.
#[must_use]
pub fn multi_thread() -> Runtime {
    Builder::new_multi_thread().enable_time().build().expect("the operating system gives threads")
}

/// The multi-thread flavour, with timers and this many workers.
///
/// # Panics
/// If the operating system refuses the threads.
#[must_use]
pub fn with_workers(workers: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(workers).enable_time().build().expect("the operating system gives threads")
}

/// Runs `main` as `#[tokio::main]` does: on the calling thread, which is no worker of the multi-thread flavour.
fn in_block_on<F: Future>(runtime: &Runtime, main: F) -> F::Output {
    runtime.block_on(main)
}

/// Runs `main` as a task, so that what it spawns is spawned on a worker.
fn in_a_task<T>(runtime: &Runtime, main: impl Future<Output = Result<T, Fault>> + Send + 'static) -> Result<T, Fault>
where
    T: Send + 'static,
{
    runtime.block_on(async { tokio::spawn(main).await })?
}

async fn amap<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(tokio::task::yield_now()).await;
    }
    let _ = promise.send(results);
}

async fn amap_all<T: Tally>(promises: Vec<Promise>, items: u64) -> Result<(), Fault> {
    let mut handles = Vec::with_capacity(promises.len());
    for promise in promises {
        T::spawned(1);
        handles.push(tokio::spawn(amap::<T>(promise, items)));
    }
    for handle in handles {
        handle.await?;
    }
    Ok(())
}

/// [`Job::Yields`](crate::job::Job::Yields), spawned in `block_on`.
///
/// # Errors
/// If a task did not come to its end; so do the others.
pub fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    in_block_on(runtime, amap_all::<T>(promises, items))?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// The same, spawned on a worker.
///
/// # Errors
/// If a task did not come to its end.
pub fn yields_from_a_task<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    in_a_task(runtime, amap_all::<T>(promises, items))?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// A yield that wakes itself at once, as other runtimes' do. tokio's own waits until the driver has been polled.
#[derive(Debug, Default)]
struct WakesItself {
    has_yielded: bool,
}

impl Future for WakesItself {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

async fn amap_waking_itself<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(WakesItself::default()).await;
    }
    let _ = promise.send(results);
}

/// [`Job::Yields`](crate::job::Job::Yields) with a yield that wakes itself.
///
/// # Errors
/// If a task did not come to its end.
pub fn yields_waking_itself<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    in_block_on(runtime, async {
        let mut handles = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            handles.push(tokio::spawn(amap_waking_itself::<T>(promise, items)));
        }
        for handle in handles {
            handle.await?;
        }
        Ok::<_, Fault>(())
    })?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

async fn spawn_all<T: Tally>(tasks: usize) -> Result<Vec<u64>, Fault> {
    let mut handles = Vec::with_capacity(tasks);
    for n in 0..tasks as u64 {
        T::spawned(1);
        handles.push(tokio::spawn(async move { double(n) }));
    }
    let mut outputs = Vec::with_capacity(tasks);
    for handle in handles {
        outputs.push(handle.await?);
    }
    Ok(outputs)
}

/// [`Job::Spawns`](crate::job::Job::Spawns), spawned in `block_on`.
///
/// # Errors
/// If a task did not come to its end.
pub fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let outputs = in_block_on(runtime, spawn_all::<T>(tasks))?;
    Ok(spawns::pass(start, outputs))
}

/// The same, spawned on a worker.
///
/// # Errors
/// If a task did not come to its end.
pub fn spawns_from_a_task<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let outputs = in_a_task(runtime, spawn_all::<T>(tasks))?;
    Ok(spawns::pass(start, outputs))
}

/// [`Job::Timers`](crate::job::Job::Timers).
///
/// # Errors
/// If a task did not come to its end, or woke early.
pub fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let woke = in_block_on(runtime, async {
        let mut handles = Vec::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            handles.push(tokio::spawn(async move {
                count_sleep::<T, _>(tokio::time::sleep(timers.duration(n))).await;
                (n, start.elapsed())
            }));
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        for handle in handles {
            woke.push(handle.await?);
        }
        Ok::<_, Fault>(woke)
    })?;
    timers::pass(&timers, start, &woke)
}

/// [`Job::Wakes`](crate::job::Job::Wakes).
///
/// # Errors
/// If the task or the thread did not come to its end.
pub fn wakes<T: Tally>(runtime: &Runtime, rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    let caught = runtime.block_on(async {
        T::spawned(1);
        tokio::spawn(player.play(rounds)).await
    })?;
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}

/// [`Job::Paints`](crate::job::Job::Paints), on the workers of `runtime`.
///
/// # Errors
/// If a painter did not come to its end.
pub fn paints<T: Tally>(runtime: &Runtime, job: Paints) -> Result<Pass, Fault> {
    let start = Instant::now();
    let painted = runtime.block_on(async {
        let mut handles = Vec::with_capacity(job.canvases);
        for _ in 0..job.canvases {
            T::spawned(1);
            let sleep = |duration| count_sleep::<T, _>(tokio::time::sleep(duration));
            handles.push(tokio::spawn(paint(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep)));
        }
        let mut painted = Vec::with_capacity(job.canvases);
        for handle in handles {
            painted.push(Ok(handle.await?));
        }
        Ok::<_, Fault>(painted)
    })?;
    paints::pass(start.elapsed(), painted)
}

/// [`Job::Starts`](crate::job::Job::Starts).
///
/// # Errors
/// If a task did not come to its end.
pub fn starts<T: Tally>(start_one: fn() -> Runtime, times: u64) -> Result<Pass, Fault> {
    let start = Instant::now();
    let mut outputs = Vec::new();
    for n in 0..times {
        let runtime = start_one();
        T::spawned(1);
        outputs.push(runtime.block_on(async { tokio::spawn(async move { double(n) }).await })?);
    }
    let time = start.elapsed();
    Ok(Pass::new(time, checksum(outputs)))
}
