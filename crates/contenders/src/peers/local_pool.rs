//! futures' `LocalPool`: tasks on one thread, without timers or input.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::Job;
use crate::kits::{self, cancels, doubling, locks, mpsc, oneshots, selects, yields};
use crate::peers::shared::{NO_PROGRAM, NO_TIMERS, OfFutures, SELECT, YIELD, absent};
use crate::sync::Futures;
use crate::tally::Tally;
use futures::executor::LocalPool;
use futures::lock::Mutex;
use futures::task::{LocalSpawnExt, SpawnError};
use smol::future::yield_now;
use std::cell::RefCell;

const NAME: &str = "futures LocalPool";
const SPAWN: &str = "spawn_local_with_handle";

pub(super) fn peer(job: &Job) -> Contender {
    let pool = RefCell::new(LocalPool::new());
    match *job {
        Job::Yields { tasks, items } => {
            contender!(NAME, Kind::Peer, 1, pool, |pool, T| yields::<T>(pool, tasks, items))
                .how(format!("{SPAWN}, {YIELD}"))
        }
        Job::Spawns { tasks } => contender!(NAME, Kind::Peer, 1, pool, |pool, T| spawns::<T>(pool, tasks)).how(SPAWN),
        Job::Oneshots(job) => contender!(NAME, Kind::Peer, 1, pool, |pool, T| kits::pass(|| {
            run(pool, oneshots::tasks::<T, Futures>(job))
        }))
        .how("futures' oneshot"),
        Job::Mpsc(job) => contender!(NAME, Kind::Peer, 1, pool, |pool, T| kits::pass(|| {
            run(pool, mpsc::tasks::<T, Futures>(job))
        }))
        .how("futures' mpsc, a slot for each producer counted"),
        Job::Locks(job) => contender!(NAME, Kind::Peer, 1, pool, |pool, T| locks::pass::<Mutex<_>>(|lock| {
            run(pool, locks::tasks::<T, _, _>(job, lock, yield_now))
        }))
        .how(format!("futures' Mutex, which is not fair, {YIELD}")),
        Job::Selects { tasks, rounds } => {
            contender!(NAME, Kind::Peer, 1, pool, |pool, T| selects::<T>(pool, tasks, rounds))
                .how(format!("{SPAWN}, {SELECT}, {YIELD}"))
        }
        Job::Cancels { tasks } => contender!(NAME, Kind::Peer, 1, pool, |pool, T| cancels::<T>(pool, tasks))
            .how(format!("{SPAWN}, its handles dropped")),
        Job::Timers(_) | Job::Timeouts(_) => absent(NAME, NO_TIMERS),
        _ => absent(NAME, NO_PROGRAM),
    }
}

impl From<SpawnError> for Fault {
    fn from(error: SpawnError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the tasks and gives their outputs.
fn run<F>(pool: &RefCell<LocalPool>, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    let mut pool = pool.borrow_mut();
    let spawner = pool.spawner();
    pool.run_until(kits::joined(tasks, |task| Ok(spawner.spawn_local_with_handle(task)?), Ok))
}

fn yields<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(pool, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

fn spawns<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(pool, doubling::<T>(tasks)))
}

fn selects<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run(pool, selects::tasks::<T, OfFutures>(tasks, rounds)))
}

fn cancels<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize) -> Result<Pass, Fault> {
    let mut pool = pool.borrow_mut();
    let spawner = pool.spawner();
    let spawn = |task| Ok(spawner.spawn_local_with_handle(task)?);
    pool.run_until(cancels::pass::<T, _>(tasks, spawn, cancels::drop_all))
}
