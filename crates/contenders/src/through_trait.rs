//! The jobs on any runtime, through `paintdry_core::Runtime`: what the course's own programs do.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Dries, Job, Wakes, double};
use crate::kits::selects::{self, Select};
use crate::kits::{self, cancels, doubling, dries, locks, mpsc, oneshots, painters, timeouts, timers, wakes, yields};
use crate::sync::{AsyncChannel, Futures};
use crate::tally::{Tally, count_yield};
use paintdry_core::{Runtime, gather, timeout};
use smol::lock::Mutex;
use std::marker::PhantomData;

/// The contender for `job` that runs on `R`. `how` says which spawn, yield or sleep it uses.
pub(crate) fn contender_on<R: Runtime>(job: Job, how: &str) -> Contender {
    let (name, kind, runtime) = (R::NAME, Kind::Runtime, started::<R>());
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
        Job::Timeouts(job) => contender!(name, kind, threads, runtime, |it, T| timeouts::pass(job, || {
            let limited = |limit| async move { timeout::<R, _>(limit, count_yield::<T>(R::yield_now())).await.is_ok() };
            run(it, timeouts::tasks::<T, _>(job, limited))
        })),
        Job::Selects { tasks, rounds } => contender!(name, kind, threads, runtime, |it, T| {
            kits::pass(|| run(it, selects::tasks::<T, ThroughTrait<R>>(tasks, rounds)))
        }),
        Job::Cancels { .. } if !R::CANCELS_ON_DROP => {
            let reason = "the trait has no cancel, and a task goes on when its handle is dropped";
            Contender::absent(name, kind, reason)
        }
        Job::Cancels { tasks } => {
            contender!(name, kind, threads, runtime, |it, T| it.run_until_complete(cancels::pass::<T, _>(
                tasks,
                |task| Ok(R::spawn(task)),
                cancels::drop_all
            )))
        }
        Job::Wakes(job) => contender!(name, kind, threads, runtime, |it, T| wakes::<R, T>(it, job)),
        Job::Paints(job) => {
            contender!(name, kind, threads, runtime, |it, T| kits::pass(|| run(it, painters::<T, _>(job, R::sleep))))
        }
        Job::Dries(job) => return drying_on::<R>(job),
        Job::Blocking(_) => return Contender::absent(name, kind, "the trait has no threads that may block"),
        Job::Files(_) => return Contender::absent(name, kind, "the trait has no files"),
        // The trait has no channels and no mutex: these belong to no runtime.
        Job::Oneshots(job) => contender!(name, kind, threads, runtime, |it, T| kits::pass(|| {
            run(it, oneshots::tasks::<T, Futures>(job))
        })),
        Job::Mpsc(job) => contender!(name, kind, threads, runtime, |it, T| kits::pass(|| {
            run(it, mpsc::tasks::<T, AsyncChannel>(job))
        })),
        Job::Locks(job) => contender!(name, kind, threads, runtime, |it, T| locks::pass::<Mutex<_>>(|lock| {
            run(it, locks::tasks::<T, _, _>(job, lock, R::yield_now))
        })),
        Job::Starts { times } => contender!(name, kind, threads, (), |(), T| starts::<R, T>(times)),
        Job::Echo(_) => return Contender::absent(name, kind, "the trait has no sockets"),
    };
    contender.how(how)
}

/// The contender for [`Job::Dries`] that runs on `R`, by itself: the command needs no other job, and is smaller without them. The
/// runtime has run a task before. If it cannot, neither can it in the pass.
pub(crate) fn drying_on<R: Runtime>(job: Dries) -> Contender {
    let runtime = started::<R>();
    let _ = runtime.run_until_complete(async { R::spawn(async {}).await });
    contender!(R::NAME, Kind::Runtime, runtime.threads(), runtime, |it, T| dries::<R, T>(it, job))
}

fn started<R: Runtime>() -> R {
    const { assert!(R::HAS_OWN_TIME, "the times of a watched runtime are not its own; compare the runtime itself") };
    R::start()
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

fn wakes<R: Runtime, T: Tally>(runtime: &R, job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| {
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

/// Core's `gather` would also keep a result for each task, which is more memory than some runtimes take.
fn dries<R: Runtime, T: Tally>(runtime: &R, job: Dries) -> Result<Pass, Fault> {
    dries::pass(job, dries::canvases::<T, _>(job, R::sleep), |tasks| {
        runtime.run_until_complete(kits::joined(tasks, |task| Ok(R::spawn(task)), |ended| Ok(ended?)))
    })
}

/// The trait has no select, so its users take the one of the crate futures.
struct ThroughTrait<R>(PhantomData<R>);

impl<R: Runtime> Select for ThroughTrait<R> {
    fn yield_now() -> impl Future<Output = ()> + Send {
        R::yield_now()
    }
}
