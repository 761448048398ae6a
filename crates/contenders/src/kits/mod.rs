//! What the passes of a job share on every runtime, so that they differ by nothing but the runtime.

pub(crate) mod blocking;
pub(crate) mod cancels;
#[cfg(feature = "groups")]
pub(crate) mod client;
pub(crate) mod dries;
#[cfg(feature = "groups")]
pub(crate) mod echo;
pub(crate) mod files;
pub(crate) mod locks;
pub(crate) mod mpsc;
pub(crate) mod oneshots;
pub(crate) mod selects;
pub(crate) mod timeouts;
pub(crate) mod timers;
pub(crate) mod wakes;
pub(crate) mod yields;

use crate::contender::{Fault, Pass};
use crate::job::{Paints, double};
use crate::tally::{Tally, count_sleep};
use crate::work::checksum;
use paintdry_core::{Canvas, clock, paint};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Times `run`, which gives the outputs of all tasks in the order in which they were spawned.
pub(crate) fn pass(run: impl FnOnce() -> Result<Vec<u64>, Fault>) -> Result<Pass, Fault> {
    let (time, outputs) = timed(run)?;
    Ok(Pass::new(time, checksum(outputs)))
}

/// The same for outputs that come in any order, of tasks whose outputs grow from one to the next. They are sorted when the clock
/// has been read.
pub(crate) fn pass_in_any_order(run: impl FnOnce() -> Result<Vec<u64>, Fault>) -> Result<Pass, Fault> {
    let (time, mut outputs) = timed(run)?;
    outputs.sort_unstable();
    Ok(Pass::new(time, checksum(outputs)))
}

fn timed(run: impl FnOnce() -> Result<Vec<u64>, Fault>) -> Result<(Duration, Vec<u64>), Fault> {
    let start = Instant::now();
    let outputs = run()?;
    Ok((start.elapsed(), outputs))
}

/// Spawns every task, and then joins each: what a user writes around a runtime's `spawn`. `output` reads what a handle gives.
pub(crate) async fn joined<F, H: Future, O>(
    tasks: impl ExactSizeIterator<Item = F>,
    spawn: impl Fn(F) -> Result<H, Fault>,
    output: impl Fn(H::Output) -> Result<O, Fault>,
) -> Result<Vec<O>, Fault> {
    let mut handles = Vec::with_capacity(tasks.len());
    for task in tasks {
        handles.push(spawn(task)?);
    }
    let mut outputs = Vec::with_capacity(handles.len());
    for handle in handles {
        outputs.push(output(handle.await)?);
    }
    Ok(outputs)
}

/// Resumes one task after the other until all have ended: what a user writes for tasks without a scheduler. `resume` gives the
/// output of a task that has ended. The outputs are in the order in which the tasks ended.
pub(crate) fn take_turns<F, O>(mut ready: VecDeque<F>, mut resume: impl FnMut(&mut F) -> Option<O>) -> Vec<O> {
    let mut outputs = Vec::with_capacity(ready.len());
    while let Some(mut task) = ready.pop_front() {
        match resume(&mut task) {
            Some(output) => outputs.push(output),
            None => ready.push_back(task),
        }
    }
    outputs
}

/// The tasks of [`Job::Spawns`](crate::job::Job::Spawns).
pub(crate) fn doubling<T: Tally>(tasks: usize) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    (0..tasks).map(|n| {
        T::spawned(1);
        async move { double(n as u64) }
    })
}

/// The tasks of [`Job::Paints`](crate::job::Job::Paints), on a runtime with this `sleep`. Each gives how often its painter
/// looked: once when the canvas was painted, and once after the drying time. A sleep is never early, so this number is the same
/// on every runtime, however late its timers are.
pub(crate) fn painters<T: Tally, S: Future>(
    job: Paints,
    sleep: impl Fn(Duration) -> S + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    (0..job.canvases).map(move |_| {
        T::spawned(1);
        let sleep = move |duration| count_sleep::<T>(sleep(duration));
        async move { paint(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep).await.looks }
    })
}
