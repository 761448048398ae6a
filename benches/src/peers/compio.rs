//! compio: a runtime of one thread, on `io_uring` where that is permitted and on `epoll` where not. Because it needs a newer
//! Rust than the workspace, it takes part only with `--features compio`.

use super::{NO_PROGRAM, YIELD, absent, amap};
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
    let main = async {
        let mut handles = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            handles.push(spawn(amap::<T>(promise, items)));
        }
        for handle in handles {
            handle.await?;
        }
        Ok::<_, JoinError>(())
    };
    runtime.block_on(main)?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let main = async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(spawn(async move { double(n) }));
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await?);
        }
        Ok::<_, JoinError>(outputs)
    };
    let outputs = runtime.block_on(main)?;
    Ok(spawns::pass(start, outputs))
}

fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let main = async {
        let mut handles = Vec::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            handles.push(spawn(async move {
                count_sleep::<T, _>(sleep(timers.duration(n))).await;
                (n, start.elapsed())
            }));
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        for handle in handles {
            woke.push(handle.await?);
        }
        Ok::<_, JoinError>(woke)
    };
    let woke = runtime.block_on(main)?;
    timers::pass(&timers, start, &woke)
}
