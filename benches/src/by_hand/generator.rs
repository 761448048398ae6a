//! The generator loop by its own API: generators written by hand, and `async` code as tasks of the loop.

use crate::contender::{Fault, Pass};
use crate::groups::yields::Promise;
use crate::groups::{spawns, timers, wakes, yields};
use crate::job::{Timers, checksum, double};
use crate::tally::{Tally, count_sleep, count_yield};
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Request, sleep, yield_now};
use std::marker::PhantomData;
use std::time::Instant;

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

fn counted<G, T>(generator: G) -> Counted<G, T> {
    Counted { generator, tally: PhantomData }
}

/// [`Job::Yields`](crate::job::Job::Yields) with the course's own `amap`, a generator written by hand.
///
/// # Errors
/// If a task did not come to its end; so do the others.
pub fn yields_of_generators<T: Tally>(event_loop: &EventLoop, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures): (Vec<_>, Vec<_>) = (0..tasks).map(|_| event_loop.create_future()).unzip();
    let amap = |promise| {
        T::spawned(1);
        counted::<_, T>(paintdry_generator::amap(promise, double, 0..items))
    };
    let start = Instant::now();
    let ended = event_loop.run_until_complete(event_loop.gather(promises.into_iter().map(amap))?)?;
    let time = start.elapsed();
    ended.into_iter().collect::<Result<(), _>>()?;
    let own = |future: LoopFuture<Vec<u64>>| future.take().map(checksum);
    let results = futures.into_iter().map(own).collect::<Result<Vec<_>, _>>()?;
    Ok(Pass::new(time, checksum(results)))
}

async fn amap<T: Tally>(promise: Promise, items: u64) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(double(item));
        count_yield::<T, _>(yield_now()).await;
    }
    let _ = promise.send(results);
}

/// [`Job::Yields`](crate::job::Job::Yields) with an `async fn`, spawned by `create_task`.
///
/// # Errors
/// If a task did not come to its end.
pub fn yields<T: Tally>(event_loop: &EventLoop, tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let main = async {
        let mut tasks = Vec::with_capacity(tasks);
        for promise in promises {
            T::spawned(1);
            tasks.push(event_loop.create_task(amap::<T>(promise, items))?);
        }
        for task in tasks {
            task.await?;
        }
        Ok::<_, Error>(())
    };
    event_loop.run_until_complete(main)??;
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// A generator that gives a number at its first resume.
struct Once(u64);

impl Generator for Once {
    type Return = u64;

    fn resume(&mut self) -> GeneratorState<u64> {
        GeneratorState::Complete(double(self.0))
    }
}

/// [`Job::Spawns`](crate::job::Job::Spawns) with generators written by hand.
///
/// # Errors
/// If a task did not come to its end.
pub fn spawns_of_generators<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    let once = |n| {
        T::spawned(1);
        Once(n)
    };
    let start = Instant::now();
    let outputs = event_loop.run_until_complete(event_loop.gather((0..tasks as u64).map(once))?)?;
    Ok(spawns::pass(start, outputs.into_iter().collect::<Result<_, _>>()?))
}

/// [`Job::Spawns`](crate::job::Job::Spawns) with `async` blocks.
///
/// # Errors
/// If a task did not come to its end.
pub fn spawns<T: Tally>(event_loop: &EventLoop, tasks: usize) -> Result<Pass, Fault> {
    let start = Instant::now();
    let main = async {
        let mut handles = Vec::with_capacity(tasks);
        for n in 0..tasks as u64 {
            T::spawned(1);
            handles.push(event_loop.create_task(async move { double(n) })?);
        }
        let mut outputs = Vec::with_capacity(tasks);
        for handle in handles {
            outputs.push(handle.await?);
        }
        Ok::<_, Error>(outputs)
    };
    let outputs = event_loop.run_until_complete(main)??;
    Ok(spawns::pass(start, outputs))
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

/// [`Job::Timers`](crate::job::Job::Timers) with generators written by hand.
///
/// # Errors
/// If a task did not come to its end, or woke early.
pub fn timers_of_generators<T: Tally>(event_loop: &EventLoop, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let sleeper = |n| {
        T::spawned(1);
        Sleeper::<T> { n, timers, start, has_slept: false, tally: PhantomData }
    };
    let woke = event_loop.run_until_complete(event_loop.gather((0..timers.sleepers).map(sleeper))?)?;
    timers::pass(&timers, start, &woke.into_iter().collect::<Result<Vec<_>, _>>()?)
}

/// [`Job::Timers`](crate::job::Job::Timers) with `async` blocks.
///
/// # Errors
/// If a task did not come to its end, or woke early.
pub fn timers<T: Tally>(event_loop: &EventLoop, timers: Timers) -> Result<Pass, Fault> {
    let start = Instant::now();
    let main = async {
        let mut tasks = Vec::with_capacity(timers.sleepers);
        for n in 0..timers.sleepers {
            T::spawned(1);
            tasks.push(event_loop.create_task(async move {
                count_sleep::<T, _>(sleep(timers.duration(n))).await;
                (n, start.elapsed())
            })?);
        }
        let mut woke = Vec::with_capacity(timers.sleepers);
        for task in tasks {
            woke.push(task.await?);
        }
        Ok::<_, Error>(woke)
    };
    let woke = event_loop.run_until_complete(main)??;
    timers::pass(&timers, start, &woke)
}

/// [`Job::Wakes`](crate::job::Job::Wakes).
///
/// # Errors
/// If the task or the thread did not come to its end.
pub fn wakes<T: Tally>(event_loop: &EventLoop, rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    T::spawned(1);
    let task = event_loop.create_task(player.play(rounds))?;
    let caught = event_loop.run_until_complete(task)??;
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}

/// [`Job::Starts`](crate::job::Job::Starts).
///
/// # Errors
/// If a task did not come to its end.
pub fn starts<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let start = Instant::now();
    let mut outputs = Vec::new();
    for n in 0..times {
        let event_loop = EventLoop::new();
        T::spawned(1);
        let task = event_loop.create_task(async move { double(n) })?;
        outputs.push(event_loop.run_until_complete(task)??);
        event_loop.close()?;
    }
    let time = start.elapsed();
    Ok(Pass::new(time, checksum(outputs)))
}
