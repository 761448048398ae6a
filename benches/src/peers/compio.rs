//! compio: a runtime of one thread, on `io_uring` where that is permitted and on `epoll` where not. Because it needs a newer
//! Rust than the workspace, it takes part only with `--features compio`.

use super::{NO_PROGRAM, YIELD, absent, amap};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::{spawns, timers, yields};
use crate::job::{Job, Timers, double};
use crate::tally::{Off, On, Tally, count_sleep};
use compio::driver::DriverType;
use compio::runtime::time::sleep;
use compio::runtime::{JoinError, Runtime, spawn};
use std::time::Instant;

const NAME: &str = "compio";

pub(super) fn contender(job: &Job) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return absent(NAME, format!("it does not start: {error}")),
    };
    let driver = if runtime.driver_type() == DriverType::IoUring { "io_uring" } else { "epoll" };
    let contender = match *job {
        Job::Yields { tasks, items } => {
            let counted = move |runtime: &_| yields::<On>(runtime, tasks, items);
            Contender::new(NAME, Kind::Peer, 1, runtime, counted, move |runtime| yields::<Off>(runtime, tasks, items))
                .how(format!("spawn, {YIELD}, {driver}"))
        }
        Job::Spawns { tasks } => {
            let counted = move |runtime: &_| spawns::<On>(runtime, tasks);
            Contender::new(NAME, Kind::Peer, 1, runtime, counted, move |runtime| spawns::<Off>(runtime, tasks))
                .how(format!("spawn, {driver}"))
        }
        Job::Timers(job) => {
            let counted = move |runtime: &_| timers::<On>(runtime, job);
            Contender::new(NAME, Kind::Peer, 1, runtime, counted, move |runtime| timers::<Off>(runtime, job))
                .how(format!("spawn, time::sleep, {driver}"))
        }
        _ => absent(NAME, NO_PROGRAM),
    };
    contender.full()
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
