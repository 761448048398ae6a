//! The jobs on any runtime, through `paintdry_core::Runtime`: what the course's own programs do.

use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::{contender, paints, spawns, timers, wakes, yields};
use crate::job::{Job, Paints, Timers, checksum, double};
use crate::tally::{Tally, count_sleep, count_yield};
use paintdry_core::{Canvas, Runtime, TaskError, amap, clock, gather, paint};
use std::time::Instant;

/// The row of `R` in the group of `job`. `how` says which spawn, yield or sleep it uses.
#[must_use]
pub fn row<R: Runtime>(job: Job, how: &str) -> Contender {
    const { assert!(R::HAS_OWN_TIME, "the times of a watched runtime are not its own; compare the runtime itself") };
    let (name, kind, runtime) = (R::NAME, Kind::Runtime, R::start());
    let threads = runtime.threads();
    let contender = match job {
        Job::Yields { tasks, items } => {
            contender!(name, kind, threads, runtime, |it, T| yields::<R, T>(it, tasks, items))
        }
        Job::Spawns { tasks } => contender!(name, kind, threads, runtime, |it, T| spawns::<R, T>(it, tasks)),
        Job::Timers(job) => contender!(name, kind, threads, runtime, |it, T| timers::<R, T>(it, job)),
        Job::Wakes { rounds } => contender!(name, kind, threads, runtime, |it, T| wakes::<R, T>(it, rounds)),
        Job::Paints(job) => contender!(name, kind, threads, runtime, |it, T| paints::<R, T>(it, job)),
        Job::Starts { times } => contender!(name, kind, threads, (), |(), T| starts::<R, T>(times)),
    };
    contender.how(how)
}

/// [`Job::Yields`].
///
/// # Errors
/// If a task did not come to its end.
pub fn yields<R: Runtime, T: Tally>(runtime: &R, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let tasks = promises.into_iter().map(|promise| {
        T::spawned(1);
        amap(promise, double, 0..items, || count_yield::<T, _>(R::yield_now()))
    });
    let start = Instant::now();
    let ended = runtime.run_until_complete(gather::<R, _>(tasks));
    let time = start.elapsed();
    ended.into_iter().collect::<Result<(), _>>()?;
    Ok(Pass::new(time, yields::results(futures)?))
}

/// [`Job::Spawns`].
///
/// # Errors
/// If a task did not come to its end.
pub fn spawns<R: Runtime, T: Tally>(runtime: &R, tasks: usize) -> Result<Pass, Fault> {
    let tasks = (0..tasks as u64).map(|n| {
        T::spawned(1);
        async move { double(n) }
    });
    let start = Instant::now();
    let outputs = runtime.run_until_complete(gather::<R, _>(tasks)).into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(spawns::pass(start, outputs))
}

/// [`Job::Timers`].
///
/// # Errors
/// If a task did not come to its end, or woke early.
pub fn timers<R: Runtime, T: Tally>(runtime: &R, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let sleepers = (0..timers.sleepers).map(|n| {
        T::spawned(1);
        async move {
            count_sleep::<T, _>(R::sleep(timers.duration(n))).await;
            (n, start.elapsed())
        }
    });
    let woke = runtime.run_until_complete(gather::<R, _>(sleepers)).into_iter().collect::<Result<Vec<_>, _>>()?;
    timers::pass(&timers, start, &woke)
}

/// [`Job::Wakes`].
///
/// # Errors
/// If the task or the thread did not come to its end.
pub fn wakes<R: Runtime, T: Tally>(runtime: &R, rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    let caught = runtime.run_until_complete(async {
        T::spawned(1);
        R::spawn(player.play(rounds)).await
    })?;
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}

/// [`Job::Paints`], on as many threads as the runtime has.
///
/// # Errors
/// If a painter did not come to its end.
pub fn paints<R: Runtime, T: Tally>(runtime: &R, job: Paints) -> Result<Pass, Fault> {
    let painters = (0..job.canvases).map(|_| {
        T::spawned(1);
        let sleep = |duration| count_sleep::<T, _>(R::sleep(duration));
        paint(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep)
    });
    let start = Instant::now();
    let painted = runtime.run_until_complete(gather::<R, _>(painters));
    paints::pass(start.elapsed(), painted)
}

/// [`Job::Starts`].
///
/// # Errors
/// If a task did not come to its end.
pub fn starts<R: Runtime, T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let runtime = R::start();
        T::spawned(1);
        runtime.run_until_complete(async move { R::spawn(async move { double(n) }).await })
    };
    let start = Instant::now();
    let outputs = (0..times).map(once).collect::<Result<Vec<_>, TaskError>>()?;
    let time = start.elapsed();
    Ok(Pass::new(time, checksum(outputs)))
}
