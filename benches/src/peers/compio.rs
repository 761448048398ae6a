//! compio: a runtime of one thread, on `io_uring` where that is permitted and on `epoll` where not. Because it needs a newer
//! Rust than the workspace, it takes part only with `--features compio`.

use super::{NO_PROGRAM, YIELD, absent, amap, joined};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::{contender, spawns, timers, yields};
use crate::job::{Job, Timers, double};
use crate::tally::{Tally, count_sleep};
use compio::driver::DriverType;
use compio::runtime::time::sleep;
use compio::runtime::{JoinError, Runtime, spawn};
use std::time::Instant;

const NAME: &str = "compio";

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return absent(NAME, format!("it does not start: {error}")),
    };
    let driver = if runtime.driver_type() == DriverType::IoUring { "io_uring" } else { "epoll" };
    let peer = match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, runtime, |it, T| yields::<T>(it, tasks, items))
            .how(format!("spawn, {YIELD}, {driver}")),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| spawns::<T>(it, tasks)).how(format!("spawn, {driver}"))
        }
        Job::Timers(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timers::<T>(it, job))
            .how(format!("spawn, time::sleep, {driver}")),
        _ => absent(NAME, NO_PROGRAM),
    };
    peer.full()
}

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let tasks = promises.into_iter().map(|promise| amap::<T>(promise, items));
    runtime.block_on(joined::<T, _, _, _>(tasks, spawn, |joined| Ok(joined?)))?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let tasks = (0..tasks).map(|n| async move { double(n as u64) });
    let outputs = runtime.block_on(joined::<T, _, _, _>(tasks, spawn, |joined| Ok(joined?)))?;
    Ok(spawns::pass(start, outputs))
}

fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let sleepers = (0..timers.sleepers).map(|n| async move {
        count_sleep::<T, _>(sleep(timers.duration(n))).await;
        (n, start.elapsed())
    });
    let woke = runtime.block_on(joined::<T, _, _, _>(sleepers, spawn, |joined| Ok(joined?)))?;
    timers::pass(&timers, start, &woke)
}
