//! The jobs on any runtime, through `paintdry_core::Runtime`: what the course's own programs do.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Job, double};
use crate::kits::{self, doubling, painters, timers, wakes, yields};
use crate::tally::Tally;
use paintdry_core::{Runtime, gather};

/// The contender for `job` that runs on `R`. `how` says which spawn, yield or sleep it uses.
pub(crate) fn contender_on<R: Runtime>(job: Job, how: &str) -> Contender {
    const { assert!(R::HAS_OWN_TIME, "the times of a watched runtime are not its own; compare the runtime itself") };
    let (name, kind, runtime) = (R::NAME, Kind::Runtime, R::start());
    let threads = runtime.threads();
    let contender = match job {
        Job::Yields { tasks, items } => {
            contender!(name, kind, threads, runtime, |it, T| yields::<R, T>(it, tasks, items))
        }
        Job::Spawns { tasks } => {
            contender!(name, kind, threads, runtime, |it, T| kits::pass(|| run(it, doubling::<T>(tasks))))
        }
        Job::Timers(job) => contender!(name, kind, threads, runtime, |it, T| timers::pass(job, |start| run(
            it,
            timers::sleepers::<T, _>(job, start, R::sleep)
        ))),
        Job::Wakes { round_trips } => contender!(name, kind, threads, runtime, |it, T| wakes::<R, T>(it, round_trips)),
        Job::Paints(job) => {
            contender!(name, kind, threads, runtime, |it, T| kits::pass(|| run(it, painters::<T, _>(job, R::sleep))))
        }
        Job::Starts { times } => contender!(name, kind, threads, (), |(), T| starts::<R, T>(times)),
    };
    contender.how(how)
}

/// Runs the tasks and gives their outputs.
fn run<R: Runtime, F>(runtime: &R, tasks: impl Iterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let outputs = runtime.run_until_complete(gather::<R, _>(tasks));
    Ok(outputs.into_iter().collect::<Result<_, _>>()?)
}

fn yields<R: Runtime, T: Tally>(runtime: &R, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(runtime, yields::tasks::<T, _>(promises, items, R::yield_now)).map(drop))
}

fn wakes<R: Runtime, T: Tally>(runtime: &R, round_trips: u64) -> Result<Pass, Fault> {
    wakes::pass::<T>(round_trips, |player| {
        T::spawned(1);
        Ok(runtime.run_until_complete(async { R::spawn(player.play()).await })?)
    })
}

fn starts<R: Runtime, T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let runtime = R::start();
        T::spawned(1);
        Ok(runtime.run_until_complete(async { R::spawn(async move { double(n) }).await })?)
    };
    kits::pass(|| (0..times).map(once).collect())
}
