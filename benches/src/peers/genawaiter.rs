//! genawaiter: generators made of `async` blocks. It has no scheduler; they take turns in a queue.

use super::{NO_PROGRAM, absent};
use crate::contender::{Contender, Fault, Kind, Pass};
use crate::groups::yields::Promise;
use crate::groups::{contender, spawns, yields};
use crate::job::{Job, double};
use crate::tally::Tally;
use genawaiter::rc::{Co, Gen};
use genawaiter::{Coroutine, GeneratorState};
use std::collections::VecDeque;
use std::pin::Pin;
use std::time::Instant;

const NAME: &str = "genawaiter";

pub(super) fn peer(job: &Job) -> Contender {
    match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, (), |(), T| yields::<T>(tasks, items))
            .how("rc::Gen boxed in a VecDeque, yield_"),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, (), |(), T| Ok(spawns::<T>(tasks))).how("rc::Gen boxed in a VecDeque")
        }
        Job::Timers(_) => absent(NAME, "it has no timers"),
        _ => absent(NAME, NO_PROGRAM),
    }
}

/// Any generator without values that go in or out, so that tasks of any kind can stand in one queue.
type Task<R> = Pin<Box<dyn Coroutine<Yield = (), Resume = (), Return = R>>>;

async fn amap(co: Co<()>, promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        co.yield_(()).await;
    }
    let _ = promise.send(results);
}

/// Resumes each in turn until all have ended; what they returned, in the order in which they ended.
fn take_turns<T: Tally, R>(mut ready: VecDeque<Task<R>>) -> Vec<R> {
    let mut returned = Vec::with_capacity(ready.len());
    while let Some(mut task) = ready.pop_front() {
        match task.as_mut().resume_with(()) {
            GeneratorState::Yielded(()) => {
                T::yielded(1);
                ready.push_back(task);
            }
            GeneratorState::Complete(result) => returned.push(result),
        }
    }
    returned
}

fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let mut ready: VecDeque<Task<()>> = VecDeque::with_capacity(tasks);
    for promise in promises {
        T::spawned(1);
        ready.push_back(Box::pin(Gen::new(|co| amap(co, promise, items))));
    }
    take_turns::<T, _>(ready);
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

fn spawns<T: Tally>(tasks: usize) -> Pass {
    let start = Instant::now();
    let mut ready: VecDeque<Task<u64>> = VecDeque::with_capacity(tasks);
    for n in 0..tasks as u64 {
        T::spawned(1);
        ready.push_back(Box::pin(Gen::new(|_: Co<()>| async move { double(n) })));
    }
    let outputs = take_turns::<T, _>(ready);
    spawns::pass(start, outputs)
}
