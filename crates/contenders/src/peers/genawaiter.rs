//! genawaiter: generators made of `async` blocks. It has no scheduler; they take turns in a queue.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Job, double};
use crate::kits::{pass, take_turns, yields};
use crate::peers::shared::{NO_PROGRAM, NO_SCHEDULER, NO_TIMERS, NO_WAKERS, absent};
use crate::tally::Tally;
use genawaiter::rc::{Co, Gen};
use genawaiter::{Coroutine, GeneratorState};
use paintdry_core::amap;
use std::collections::VecDeque;
use std::pin::Pin;

const NAME: &str = "genawaiter";

pub(super) fn peer(job: &Job) -> Contender {
    match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, (), |(), T| yields::<T>(tasks, items))
            .how("rc::Gen boxed in a VecDeque, yield_"),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, (), |(), T| spawns::<T>(tasks)).how("rc::Gen boxed in a VecDeque")
        }
        Job::Oneshots(_) | Job::Mpsc(_) | Job::Locks(_) => absent(NAME, NO_WAKERS),
        Job::Timers(_) | Job::Timeouts(_) => absent(NAME, NO_TIMERS),
        Job::Selects { .. } | Job::Cancels { .. } => absent(NAME, NO_SCHEDULER),
        _ => absent(NAME, NO_PROGRAM),
    }
}

/// Any generator without values that go in or out, so that one queue can hold tasks of any kind.
type Task<R> = Pin<Box<dyn Coroutine<Yield = (), Resume = (), Return = R>>>;

/// Resumes the tasks in turn until all have ended.
fn run<T: Tally, R>(ready: VecDeque<Task<R>>) -> Vec<R> {
    take_turns(ready, |task| match task.as_mut().resume_with(()) {
        GeneratorState::Yielded(()) => {
            T::yielded(1);
            None
        }
        GeneratorState::Complete(output) => Some(output),
    })
}

fn yields<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let generator = |promise| -> Task<()> {
            T::spawned(1);
            Box::pin(Gen::new(|co: Co<()>| async move { amap(promise, double, 0..items, || co.yield_(())).await }))
        };
        run::<T, _>(promises.into_iter().map(generator).collect());
        Ok(())
    })
}

fn spawns<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    let generator = |n| -> Task<u64> {
        T::spawned(1);
        Box::pin(Gen::new(|_: Co<()>| async move { double(n) }))
    };
    pass(|| Ok(run::<T, _>((0..tasks as u64).map(generator).collect())))
}
