//! The floors of a yield: the loops that a generator loop or a runtime cannot go below.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, Turn, poll};
use crate::groups::yields::{self, Promise};
use crate::job::double;
use crate::tally::{Tally, count_yield};
use paintdry_core::amap;
use std::collections::VecDeque;
use std::hint::black_box;
use std::marker::PhantomData;
use std::ops::Range;
use std::thread;
use std::time::Instant;

/// `amap` as a state machine written by hand.
struct Mapping<T> {
    items: Range<u64>,
    results: Vec<u64>,
    promise: Option<Promise>,
    tally: PhantomData<T>,
}

impl<T: Tally> Mapping<T> {
    fn new(promise: Promise, items: u64) -> Self {
        T::spawned(1);
        Self { items: 0..items, results: Vec::new(), promise: Some(promise), tally: PhantomData }
    }
}

/// A state machine behind a pointer: what a queue of different tasks needs.
trait Machine {
    /// Runs it to its next yield. `false` if it has come to its end instead.
    fn resume(&mut self) -> bool;
}

impl<T: Tally> Machine for Mapping<T> {
    fn resume(&mut self) -> bool {
        if let Some(item) = self.items.next() {
            self.results.push(double(item));
            T::yielded(1);
            return true;
        }
        if let Some(promise) = self.promise.take() {
            let _ = promise.send(std::mem::take(&mut self.results));
        }
        false
    }
}

/// No tasks and no yields: the work alone, one sequence after another.
///
/// # Errors
/// If a promise was broken; so do the others.
pub fn plain_loop<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    for promise in promises {
        let mut results = Vec::new();
        for item in 0..items {
            results.push(double(item));
        }
        let _ = promise.send(results);
    }
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// State machines, one beside the other, resumed from the first to the last until all have ended. The vector is hidden
/// from the optimiser before each sweep, so that a sweep cannot be merged with the next.
///
/// # Errors
/// If a promise was broken.
pub fn swept_in_a_vec<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let mut machines: Vec<_> = promises.into_iter().map(|promise| Mapping::<T>::new(promise, items)).collect();
    while !machines.is_empty() {
        black_box(&mut machines).retain_mut(Machine::resume);
    }
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// Boxed state machines in a queue: who has yielded goes to its end.
///
/// # Errors
/// If a promise was broken.
pub fn boxed_machines<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let mut ready: VecDeque<Box<dyn Machine>> = VecDeque::with_capacity(tasks);
    for promise in promises {
        ready.push_back(Box::new(Mapping::<T>::new(promise, items)));
    }
    while let Some(mut machine) = ready.pop_front() {
        if machine.resume() {
            ready.push_back(machine);
        }
    }
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// Boxed futures in a queue, with a waker that does nothing: core's `amap`, as on the runtimes.
///
/// # Errors
/// If a promise was broken.
pub fn boxed_futures<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let mut ready: VecDeque<BoxedFuture<()>> = VecDeque::with_capacity(tasks);
    for promise in promises {
        T::spawned(1);
        ready.push_back(Box::pin(amap(promise, double, 0..items, || count_yield::<T, _>(Turn::default()))));
    }
    while let Some(mut future) = ready.pop_front() {
        if poll(&mut future).is_pending() {
            ready.push_back(future);
        }
    }
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}

/// An OS thread for each task, with the system's yield.
///
/// # Errors
/// If there is no thread, or a promise was broken.
pub fn threads<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    let (promises, futures) = yields::promises(tasks);
    let start = Instant::now();
    let run = |promise: Promise| {
        T::spawned(1);
        thread::Builder::new().spawn(move || {
            let mut results = Vec::new();
            for item in 0..items {
                results.push(double(item));
                thread::yield_now();
                T::yielded(1);
            }
            let _ = promise.send(results);
        })
    };
    let threads = promises.into_iter().map(run).collect::<Result<Vec<_>, _>>();
    let threads = threads.map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
    for thread in threads {
        let _ = thread.join(); // one that panicked has broken its promise
    }
    let time = start.elapsed();
    Ok(Pass::new(time, yields::results(futures)?))
}
