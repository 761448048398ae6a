//! corosensei: coroutines with a stack of their own, so that they can yield from any depth of calls. It has no
//! scheduler; they take turns in a queue.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Job, double};
use crate::kits::yields::{self, amap_blocking};
use crate::kits::{pass, take_turns};
use crate::peers::shared::{NO_PROGRAM, NO_SCHEDULER, NO_TIMERS, NO_WAKERS, absent};
use crate::tally::Tally;
use corosensei::{Coroutine, CoroutineResult};
use std::collections::VecDeque;

const NAME: &str = "corosensei";

/// A stack takes two memory maps, and Linux gives a process 65,530 unless told otherwise.
const MOST_TASKS: usize = 20_000;

pub(super) fn peer(job: &Job) -> Contender {
    match *job {
        Job::Yields { tasks, .. } | Job::Spawns { tasks } if tasks > MOST_TASKS => {
            absent(NAME, "a stack for each task needs more memory maps than there are")
        }
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, (), |(), T| yields::<T>(tasks, items))
            .how("a new stack of 1 MiB each, in a VecDeque, suspend"),
        Job::Spawns { tasks } => contender!(NAME, Kind::Peer, 1, (), |(), T| spawns::<T>(tasks))
            .how("a new stack of 1 MiB each, in a VecDeque"),
        Job::Oneshots(_) | Job::Mpsc(_) | Job::Locks(_) => absent(NAME, NO_WAKERS),
        Job::Timers(_) | Job::Timeouts(_) => absent(NAME, NO_TIMERS),
        Job::Selects { .. } | Job::Cancels { .. } => absent(NAME, NO_SCHEDULER),
        _ => absent(NAME, NO_PROGRAM),
    }
}

/// A coroutine without values that go in or out. Its type says no more of a task than that of a boxed future.
type Task<R> = Coroutine<(), (), R>;

/// Resumes the tasks in turn until all have ended.
fn run<T: Tally, R>(ready: VecDeque<Task<R>>) -> Vec<R> {
    take_turns(ready, |task| match task.resume(()) {
        CoroutineResult::Yield(()) => {
            T::yielded(1);
            None
        }
        CoroutineResult::Return(output) => Some(output),
    })
}

fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let coroutine = |promise| {
            T::spawned(1);
            Task::new(move |yielder, ()| amap_blocking(promise, items, || yielder.suspend(())))
        };
        run::<T, _>(promises.into_iter().map(coroutine).collect());
        Ok(())
    })
}

fn spawns<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    let coroutine = |n| {
        T::spawned(1);
        Task::new(move |_, ()| double(n))
    };
    pass(|| Ok(run::<T, _>((0..tasks as u64).map(coroutine).collect())))
}
