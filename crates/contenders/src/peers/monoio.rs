//! monoio: a runtime of one thread, on `io_uring`. Where that is not permitted, it is absent.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Dries, Job, Timers};
use crate::kits::{self, doubling, dries, timers, yields};
use crate::peers::shared::{NO_PROGRAM, YIELD, absent, cannot_start};
use crate::tally::Tally;
use monoio::time::{TimeDriver, sleep};
use monoio::{IoUringDriver, RuntimeBuilder, spawn};
use smol::future::yield_now;
use std::cell::RefCell;
use std::io;

const NAME: &str = "monoio";

/// With timers.
type Runtime = RefCell<monoio::Runtime<TimeDriver<IoUringDriver>>>;

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match started() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
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

pub(crate) fn drying(job: Dries) -> Contender {
    let runtime = match started() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    runtime.borrow_mut().block_on(async { spawn(async {}).await });
    contender!(NAME, Kind::Peer, 1, runtime, |it, T| dries::<T>(it, job))
}

fn started() -> io::Result<Runtime> {
    RuntimeBuilder::<IoUringDriver>::new().enable_timer().build().map(RefCell::new)
}

/// Runs the tasks and gives their outputs.
fn run<F>(runtime: &Runtime, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    runtime.borrow_mut().block_on(kits::joined(tasks, |task| Ok(spawn(task)), Ok))
}

fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(runtime, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(runtime, doubling::<T>(tasks)))
}

fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| run(runtime, timers::sleepers::<T, _>(timers, start, sleep)))
}

fn dries<T: Tally>(runtime: &Runtime, job: Dries) -> Result<Pass, Fault> {
    dries::pass(job, dries::canvases::<T, _>(job, sleep), |tasks| run(runtime, tasks))
}
