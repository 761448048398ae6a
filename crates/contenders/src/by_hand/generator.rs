//! The generator loop by its own API: generators written by hand, and `async` code as tasks of the loop.

use crate::contender::{Fault, Pass};
use crate::job::{Dries, Timeouts, Timers, Wakes, double};
use crate::kits::selects::{self, Select};
use crate::kits::{self, cancels, doubling, dries, timeouts, timers, wakes, yields};
use crate::tally::{Tally, count_yield};
use crate::work::checksum;
use paintdry_generator::{
    Error, EventLoop, Generator, GeneratorState, IntoCoroutine, LoopFuture, Request, sleep, timeout, yield_now,
};
use std::marker::PhantomData;
use std::time::{Duration, Instant};

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// A generator whose yields and sleeps are counted.
struct Counted<G, T> {
    generator: G,
    tally: PhantomData<T>,
}

impl<G: Generator, T: Tally> Generator for Counted<G, T> {
    type Return = G::Return;

    #[inline]
    fn resume(&mut self) -> GeneratorState<G::Return> {
        let state = self.generator.resume();
        if let GeneratorState::Yielded(Request::Turn) = state {
            T::yielded(1);
        }
        state
    }
}

/// Runs the generators as tasks and gives what they returned.
fn run<G: Generator + 'static>(
    event_loop: &EventLoop,
    tasks: impl Iterator<Item = G>,
) -> Result<Vec<G::Return>, Fault> {
    let outputs = event_loop.run_until_complete(event_loop.gather(tasks)?)?;
    Ok(outputs.into_iter().collect::<Result<_, _>>()?)
}

/// Runs the futures, or generators, as tasks that are spawned and joined one by one, and gives their outputs.
pub(crate) fn run_joined<C, const IS_ASYNC: bool>(
    event_loop: &EventLoop,
    tasks: impl ExactSizeIterator<Item = C>,
) -> Result<Vec<C::Return>, Fault>
where
    C: IntoCoroutine<IS_ASYNC, Return: 'static> + 'static,
{
    let spawn = |task| Ok(event_loop.create_task(task)?);
    event_loop.run_until_complete(kits::joined(tasks, spawn, |output| Ok(output?)))?
}

/// With the course's own `amap`, a generator written by hand, and promises of the loop.
pub(crate) fn yields_of_generators<T: Tally>(event_loop: &EventLoop, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures): (Vec<_>, Vec<_>) = (0..tasks).map(|_| event_loop.create_future()).unzip();
    let amap = |promise| {
        T::spawned(1);
        Counted::<_, T> { generator: paintdry_generator::amap(promise, double, 0..items), tally: PhantomData }
    };
    let start = Instant::now();
    run(event_loop, promises.into_iter().map(amap))?;
    let time = start.elapsed();
    let own = |future: LoopFuture<Vec<u64>>| future.take().map(checksum);
    let results = futures.into_iter().map(own).collect::<Result<Vec<_>, _>>()?;
    Ok(Pass::new(time, checksum(results)))
}

pub(crate) fn yields<T: Tally>(event_loop: &EventLoop, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run_joined(event_loop, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

/// A generator that gives a number at its first resume.
struct Once(u64);

impl Generator for Once {
    type Return = u64;

    fn resume(&mut self) -> GeneratorState<u64> {
        GeneratorState::Complete(double(self.0))
    }
}

/// With generators written by hand.
pub(crate) fn spawns_of_generators<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    let once = |n| {
        T::spawned(1);
        Once(n)
    };
    kits::pass(|| run(event_loop, (0..tasks as u64).map(once)))
}

pub(crate) fn spawns<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run_joined(event_loop, doubling::<T>(tasks)))
}

/// A sleeper written by hand.
struct Sleeper<T> {
    n: usize,
    timers: Timers,
    start: Instant,
    has_slept: bool,
    tally: PhantomData<T>,
}

impl<T: Tally> Generator for Sleeper<T> {
    type Return = timers::Woke;

    fn resume(&mut self) -> GeneratorState<timers::Woke> {
        if !self.has_slept {
            self.has_slept = true;
            return GeneratorState::Yielded(Request::Sleep(self.timers.duration(self.n)));
        }
        T::slept(1);
        GeneratorState::Complete((self.n, self.start.elapsed()))
    }
}

/// With generators written by hand.
pub(crate) fn timers_of_generators<T: Tally>(event_loop: &EventLoop, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| {
        let sleeper = |n| {
            T::spawned(1);
            Sleeper::<T> { n, timers, start, has_slept: false, tally: PhantomData }
        };
        run(event_loop, (0..timers.sleepers).map(sleeper))
    })
}

pub(crate) fn timers<T: Tally>(event_loop: &EventLoop, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| run_joined(event_loop, timers::sleepers::<T, _>(timers, start, sleep)))
}

pub(crate) fn timeouts<T: Tally>(event_loop: &EventLoop, job: Timeouts) -> Result<Pass, Fault> {
    let limited = |limit| async move { timeout(limit, count_yield::<T>(yield_now())).await.is_ok() };
    timeouts::pass(job, || run_joined(event_loop, timeouts::tasks::<T, _>(job, limited)))
}

/// With the function of the crate futures, as in the loop's own `timeout`.
struct OfFutures;

impl Select for OfFutures {
    fn yield_now() -> impl Future<Output = ()> + Send {
        yield_now()
    }
}

pub(crate) fn selects<T: Tally>(event_loop: &EventLoop, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run_joined(event_loop, selects::tasks::<T, OfFutures>(tasks, rounds)))
}

/// Cancels all tasks, and then joins each.
pub(crate) fn cancels<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    let cancel = async |handles: Vec<LoopFuture<()>>| {
        for task in &handles {
            task.cancel();
        }
        for task in handles {
            match task.await {
                Err(Error::Cancelled) => {}
                ended => cancels::no_output(Some(ended?))?,
            }
        }
        Ok(())
    };
    let spawn = |task| Ok(event_loop.create_task(task)?);
    event_loop.run_until_complete(cancels::pass::<T, _>(tasks, spawn, cancel))?
}

/// Drops all handles, which cancel their tasks.
pub(crate) fn cancels_by_drop<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    let spawn = |task| Ok(event_loop.create_task(task)?.cancel_on_drop());
    event_loop.run_until_complete(cancels::pass::<T, _>(tasks, spawn, cancels::drop_all))?
}

/// A canvas that has been painted: it asks for one sleep, and then it is dry.
struct Canvas<T> {
    /// How long it has to dry; `None` when it has asked.
    drying: Option<Duration>,
    tally: PhantomData<T>,
}

impl<T: Tally> Generator for Canvas<T> {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if let Some(drying) = self.drying.take() {
            return GeneratorState::Yielded(Request::Sleep(drying));
        }
        T::slept(1);
        GeneratorState::Complete(())
    }
}

/// With generators written by hand.
pub(crate) fn dries_of_generators<T: Tally>(event_loop: &EventLoop, job: Dries) -> Result<Pass, Fault> {
    let canvas = |_| {
        T::spawned(1);
        Canvas::<T> { drying: Some(job.drying), tally: PhantomData }
    };
    dries::pass(job, (0..job.tasks).map(canvas), |tasks| run_joined(event_loop, tasks))
}

pub(crate) fn dries<T: Tally>(event_loop: &EventLoop, job: Dries) -> Result<Pass, Fault> {
    dries::pass(job, dries::canvases::<T, _>(job, sleep), |tasks| run_joined(event_loop, tasks))
}

pub(crate) fn wakes<T: Tally>(event_loop: &EventLoop, job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| {
        T::spawned(1);
        let task = event_loop.create_task(player.play())?;
        Ok(event_loop.run_until_complete(task)??)
    })
}

pub(crate) fn starts<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        let event_loop = EventLoop::new();
        T::spawned(1);
        let task = event_loop.create_task(async move { double(n) })?;
        let output = event_loop.run_until_complete(task)??;
        event_loop.close()?;
        Ok(output)
    };
    kits::pass(|| (0..times).map(once).collect())
}
