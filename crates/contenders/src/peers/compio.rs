//! compio: a runtime of one thread, on `io_uring` where that is permitted and on `epoll` where not. Because it needs a newer
//! Rust than the workspace, it takes part only with `--features compio`.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Dries, Job, Timers};
use crate::kits::{self, doubling, dries, timers, yields};
use crate::peers::shared::{NO_PROGRAM, YIELD, absent, cannot_start};
use crate::tally::Tally;
use compio::driver::DriverType;
use compio::runtime::time::sleep;
use compio::runtime::{JoinError, Runtime, spawn};
use smol::future::yield_now;

const NAME: &str = "compio";

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
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

pub(crate) fn drying(job: Dries) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    let _ = runtime.block_on(async { spawn(async {}).await });
    contender!(NAME, Kind::Peer, 1, runtime, |it, T| dries::<T>(it, job))
}

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the tasks and gives their outputs.
fn run<F>(runtime: &Runtime, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    runtime.block_on(kits::joined(tasks, |task| Ok(spawn(task)), |output| Ok(output?)))
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
