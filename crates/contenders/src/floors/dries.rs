//! The floors of drying: the least that has to be kept for a canvas that dries, threads, and one canvas after another.

use crate::contender::{Fault, Pass};
use crate::floors::join;
use crate::floors::timers::{run_closures, run_futures, sleep};
use crate::job::Dries;
use crate::kits::dries;
use crate::tally::Tally;
use std::hint::black_box;
use std::thread;

/// Boxed closures in a binary heap. The number is captured, so that there is something on the heap.
pub(crate) fn boxed_closures<T: Tally>(job: Dries) -> Result<Pass, Fault> {
    let canvas = |n| {
        T::spawned(1);
        move || {
            black_box(n);
            T::slept(1);
        }
    };
    dries::pass(job, (0..job.tasks).map(canvas), |tasks| {
        Ok(run_closures(tasks.map(|task| -> (_, Box<dyn FnOnce()>) { (job.drying, Box::new(task)) })))
    })
}

/// Boxed futures in a binary heap, polled twice with a waker that does nothing.
pub(crate) fn boxed_futures<T: Tally>(job: Dries) -> Result<Pass, Fault> {
    dries::pass(job, dries::canvases::<T, _>(job, sleep), |tasks| Ok(run_futures(tasks)))
}

/// An OS thread for each canvas.
pub(crate) fn threads<T: Tally>(job: Dries) -> Result<Pass, Fault> {
    let Dries { tasks, drying } = job;
    let canvas = |_| {
        T::spawned(1);
        move || {
            thread::sleep(drying);
            T::slept(1);
        }
    };
    dries::pass(job, (0..tasks).map(canvas), |tasks| join(tasks.map(|task| thread::Builder::new().spawn(task))))
}

/// One canvas after another, without tasks.
pub(crate) fn one_after_another<T: Tally>(job: Dries) -> Result<Pass, Fault> {
    let dry = |()| {
        thread::sleep(job.drying);
        T::slept(1);
    };
    dries::pass(job, (0..job.tasks).map(|_| ()), |canvases| Ok(canvases.map(dry).collect()))
}
