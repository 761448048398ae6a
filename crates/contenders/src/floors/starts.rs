//! The floors of starting and closing: a runtime without threads, and one thread without a runtime.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, block_on};
use crate::job::double;
use crate::kits::pass;
use crate::tally::Tally;
use std::thread;

/// A boxed future on a thread that parks while it waits.
pub(crate) fn boxed_future<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        T::spawned(1);
        let task: BoxedFuture<'_, u64> = Box::pin(async move { double(n) });
        block_on(task)
    };
    pass(|| Ok((0..times).map(once).collect()))
}

/// An OS thread, started and joined.
pub(crate) fn a_thread<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let once = |n| {
        T::spawned(1);
        thread::Builder::new().spawn(move || double(n))?.join().map_err(Fault::from_panic)
    };
    pass(|| (0..times).map(once).collect())
}
