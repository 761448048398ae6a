//! Other libraries that run tasks, as contenders. Each is used as its users would.
//!
//! Left out: glommio, because it takes a minute of compiling and 70 crates for a third runtime on `io_uring`; embassy, which
//! is made for microcontrollers and keeps its timers in a list; may, which needs `unsafe` for a spawn.

mod corosensei;
mod genawaiter;
mod local_pool;
#[cfg(all(target_os = "linux", feature = "compio"))]
mod compio;
#[cfg(target_os = "linux")]
mod monoio;
#[cfg(test)]
mod tests;

#[cfg(target_os = "linux")]
use crate::contender::Fault;
use crate::contender::{Contender, Kind};
use crate::groups::yields::Promise;
use crate::job::{Job, double};
use crate::tally::{Tally, count_yield};
use smol::future::yield_now;

/// Those that can do `job`, and those that are absent with their reason.
#[must_use]
pub fn contenders(job: &Job) -> Vec<Contender> {
    if !matches!(job, Job::Yields { .. } | Job::Spawns { .. } | Job::Timers(_)) {
        return Vec::new(); // the other groups compare what few of them have
    }
    let mut contenders = vec![local_pool::peer(job), genawaiter::peer(job), corosensei::peer(job)];
    #[cfg(target_os = "linux")]
    contenders.push(monoio::peer(job));
    #[cfg(not(target_os = "linux"))]
    contenders.push(absent("monoio", "it is tried on Linux only"));
    #[cfg(all(target_os = "linux", feature = "compio"))]
    contenders.push(compio::peer(job));
    #[cfg(not(all(target_os = "linux", feature = "compio")))]
    contenders.push(absent("compio", "it needs Linux, Rust 1.95 and `--features compio`"));
    contenders
}

fn absent(name: &str, reason: impl Into<String>) -> Contender {
    Contender::absent(name, Kind::Peer, reason)
}

/// Why there is no pass at all.
const NO_PROGRAM: &str = "this job is not written for it";

/// How they yield who have no yield of their own: with futures-lite's future, which wakes itself once.
const YIELD: &str = "futures-lite's yield_now";

async fn amap<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(yield_now()).await;
    }
    let _ = promise.send(results);
}

/// Spawns every task, then joins each: what a user writes around `spawn`. `output` reads what a handle gives.
#[cfg(target_os = "linux")]
async fn joined<T: Tally, F, H: Future, O>(
    tasks: impl ExactSizeIterator<Item = F>,
    spawn: impl Fn(F) -> H,
    output: impl Fn(H::Output) -> Result<O, Fault>,
) -> Result<Vec<O>, Fault> {
    let mut handles = Vec::with_capacity(tasks.len());
    for task in tasks {
        T::spawned(1);
        handles.push(spawn(task));
    }
    let mut outputs = Vec::with_capacity(handles.len());
    for handle in handles {
        outputs.push(output(handle.await)?);
    }
    Ok(outputs)
}
