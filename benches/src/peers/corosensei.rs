//! corosensei: coroutines with a stack of their own, so that they can yield from any depth of calls. It has no
//! scheduler; they take turns in a queue.

use super::{NO_PROGRAM, absent};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::yields::Promise;
use crate::groups::{contender, spawns, yields};
use crate::job::{Job, double};
use crate::tally::Tally;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::collections::VecDeque;
use std::time::Instant;

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
        Job::Spawns { tasks } => contender!(NAME, Kind::Peer, 1, (), |(), T| Ok(spawns::<T>(tasks)))
            .how("a new stack of 1 MiB each, in a VecDeque"),
        Job::Timers(_) => absent(NAME, "it has no timers"),
        _ => absent(NAME, NO_PROGRAM),
    }
}

/// It gives a task's type away no more than a boxed future does.
type Task<R> = Coroutine<(), (), R>;

fn amap(yielder: &Yielder<(), ()>, promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        yielder.suspend(());
    }
    let _ = promise.send(results);
}

/// Resumes each in turn until all have ended; what they returned, in the order in which they ended.
fn take_turns<T: Tally, R>(mut ready: VecDeque<Task<R>>) -> Vec<R> {
    let mut returned = Vec::with_capacity(ready.len());
    while let Some(mut task) = ready.pop_front() {
        match task.resume(()) {
            CoroutineResult::Yield(()) => {
                T::yielded(1);
                ready.push_back(task);
            }
            CoroutineResult::Return(result) => returned.push(result),
        }
    }
    returned
}

fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let mut ready = VecDeque::with_capacity(tasks);
    for promise in promises {
        T::spawned(1);
        ready.push_back(Task::new(move |yielder, ()| amap(yielder, promise, items)));
    }
    take_turns::<T, _>(ready);
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let mut ready = VecDeque::with_capacity(tasks);
    for n in 0..tasks as u64 {
        T::spawned(1);
        ready.push_back(Task::new(move |_, ()| double(n)));
    }
    let outputs = take_turns::<T, _>(ready);
    spawns::pass(start, outputs)
}
