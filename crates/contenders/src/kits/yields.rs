//! For passes that yield: the tasks, a promise for the results of each, and the pass.

use crate::contender::{Fault, Pass};
use crate::job::double;
use crate::tally::{Tally, count_yield};
use crate::work::checksum;
use futures::channel::oneshot;
use paintdry_core::amap;
use std::time::Instant;

/// The writing half of a promise, which a task is handed.
pub(crate) type Promise = oneshot::Sender<Vec<u64>>;

/// The tasks, one for each promise, on a runtime with this `yield_now`.
pub(crate) fn tasks<T: Tally, Y: Future<Output = ()>>(
    promises: Vec<Promise>,
    items: u64,
    yield_now: impl Fn() -> Y + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = ()>> {
    promises.into_iter().map(move |promise| {
        T::spawned(1);
        amap(promise, double, 0..items, move || count_yield::<T>(yield_now()))
    })
}

/// The body of a task that is no future: `yield_now` returns when the task has its next turn.
pub(crate) fn amap_blocking(promise: Promise, items: u64, yield_now: impl Fn()) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        yield_now();
    }
    let _ = promise.send(results);
}

/// Times `run`, which has the promises kept. They are made before the clock starts, and read after it was.
pub(crate) fn pass(tasks: usize, run: impl FnOnce(Vec<Promise>) -> Result<(), Fault>) -> Result<Pass, Fault> {
    let (promises, futures): (_, Vec<_>) = (0..tasks).map(|_| oneshot::channel()).unzip();
    let start = Instant::now();
    run(promises)?;
    let time = start.elapsed();
    let own = |mut future: oneshot::Receiver<Vec<u64>>| match future.try_recv() {
        Ok(Some(results)) => Ok(checksum(results)),
        _ => Err(Fault::Failed("a task ended without its results".to_owned())),
    };
    let results = futures.into_iter().map(own).collect::<Result<Vec<_>, _>>()?;
    Ok(Pass::new(time, checksum(results)))
}
