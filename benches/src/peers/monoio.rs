//! monoio: a runtime of one thread, on `io_uring`. Where that is not permitted, it is absent.

use super::{NO_PROGRAM, YIELD, absent, amap, joined};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::{contender, spawns, timers, yields};
use crate::job::{Job, Timers, double};
use crate::tally::{Tally, count_sleep};
use monoio::time::{TimeDriver, sleep};
use monoio::{IoUringDriver, RuntimeBuilder, spawn};
use std::cell::RefCell;
use std::time::Instant;

const NAME: &str = "monoio";

/// With timers.
type Runtime = RefCell<monoio::Runtime<TimeDriver<IoUringDriver>>>;

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match RuntimeBuilder::<IoUringDriver>::new().enable_timer().build() {
        Ok(runtime) => RefCell::new(runtime),
        Err(error) => return absent(NAME, format!("it does not start on io_uring: {error}")),
    };
    let peer = match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, runtime, |it, T| yields::<T>(it, tasks, items))
            .how(format!("spawn, {YIELD}, io_uring")),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| spawns::<T>(it, tasks)).how("spawn, io_uring")
        }
        Job::Timers(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timers::<T>(it, job))
            .how("spawn, time::sleep, granularity 1 ms, io_uring"),
        _ => absent(NAME, NO_PROGRAM),
    };
    peer.full()
}

fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let tasks = promises.into_iter().map(|promise| amap::<T>(promise, items));
    runtime.borrow_mut().block_on(joined::<T, _, _, _>(tasks, spawn, Ok))?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let tasks = (0..tasks).map(|n| async move { double(n as u64) });
    let outputs = runtime.borrow_mut().block_on(joined::<T, _, _, _>(tasks, spawn, Ok))?;
    Ok(spawns::pass(start, outputs))
}

fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let sleepers = (0..timers.sleepers).map(|n| async move {
        count_sleep::<T, _>(sleep(timers.duration(n))).await;
        (n, start.elapsed())
    });
    let woke = runtime.borrow_mut().block_on(joined::<T, _, _, _>(sleepers, spawn, Ok))?;
    timers::pass(&timers, start, &woke)
}
