//! The floors of a yield: the loops that a generator loop or a runtime cannot go below.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, Turn, join, poll};
use crate::job::double;
use crate::kits::take_turns;
use crate::kits::yields::{self, Promise, amap_blocking};
use crate::tally::Tally;
use std::hint::black_box;
use std::marker::PhantomData;
use std::ops::Range;
use std::thread;

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
    /// Runs it to its next yield. `Some` if it has come to its end instead.
    fn resume(&mut self) -> Option<()>;
}

impl<T: Tally> Machine for Mapping<T> {
    fn resume(&mut self) -> Option<()> {
        if let Some(item) = self.items.next() {
            self.results.push(double(item));
            T::yielded(1);
            return None;
        }
        if let Some(promise) = self.promise.take() {
            let _ = promise.send(std::mem::take(&mut self.results));
        }
        Some(())
    }
}

/// No tasks and no yields: the work alone, one sequence after another.
pub(crate) fn plain_loop(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        for promise in promises {
            amap_blocking(promise, items, || ());
        }
        Ok(())
    })
}

/// State machines, one beside the other, resumed from the first to the last until all have ended. The vector is hidden
/// from the optimiser before each sweep, so that a sweep cannot be merged with the next.
pub(crate) fn swept_in_a_vec<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let mut machines: Vec<_> = promises.into_iter().map(|promise| Mapping::<T>::new(promise, items)).collect();
        while !machines.is_empty() {
            black_box(&mut machines).retain_mut(|machine| machine.resume().is_none());
        }
        Ok(())
    })
}

/// Boxed state machines in a queue: a machine that has yielded goes to its end.
pub(crate) fn boxed_machines<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let boxed = |promise| -> Box<dyn Machine> { Box::new(Mapping::<T>::new(promise, items)) };
        take_turns(promises.into_iter().map(boxed).collect(), |machine| machine.resume());
        Ok(())
    })
}

/// Boxed futures in a queue, with a waker that does nothing: core's `amap`, as on the runtimes.
pub(crate) fn boxed_futures<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let tasks = yields::tasks::<T, _>(promises, items, Turn::default);
        take_turns(tasks.map(|task| -> BoxedFuture<'_, ()> { Box::pin(task) }).collect(), poll);
        Ok(())
    })
}

/// An OS thread for each task, with the system's yield.
pub(crate) fn threads<T: Tally>(tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| {
        let yield_now = || {
            thread::yield_now();
            T::yielded(1);
        };
        let run = |promise| {
            T::spawned(1);
            thread::Builder::new().spawn(move || amap_blocking(promise, items, yield_now))
        };
        join(promises.into_iter().map(run)).map(drop)
    })
}
