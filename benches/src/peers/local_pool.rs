//! futures' `LocalPool`: tasks on one thread, without timers or input.

use super::{NO_PROGRAM, YIELD, absent, amap};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::{contender, spawns, yields};
use crate::job::{Job, double};
use crate::tally::Tally;
use futures::executor::LocalPool;
use futures::task::{LocalSpawnExt, SpawnError};
use std::cell::RefCell;
use std::time::Instant;

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
        Job::Timers(_) => absent(NAME, "it has no timers"),
        _ => absent(NAME, NO_PROGRAM),
    }
}

impl From<SpawnError> for Fault {
    fn from(error: SpawnError) -> Self {
        Self::Failed(error.to_string())
    }
}

fn yields<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let mut pool = pool.borrow_mut();
    let spawner = pool.spawner();
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let main = async {
        let mut handles = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            handles.push(spawner.spawn_local_with_handle(amap::<T>(promise, items))?);
        }
        for handle in handles {
            handle.await;
        }
        Ok::<_, SpawnError>(())
    };
    pool.run_until(main)?;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(pool: &RefCell<LocalPool>, tasks: usize) -> Result<Pass, Fault> {
    let mut pool = pool.borrow_mut();
    let spawner = pool.spawner();
    let start = Instant::now();
    let main = async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(spawner.spawn_local_with_handle(async move { double(n) })?);
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await);
        }
        Ok::<_, SpawnError>(outputs)
    };
    let outputs = pool.run_until(main)?;
    Ok(spawns::pass(start, outputs))
}
