//! The floors of starting and closing: a runtime without threads, and one thread without a runtime.

use crate::contender::{Fault, Pass};
use crate::floors::block_on;
use crate::job::{checksum, double};
use crate::tally::Tally;
use std::pin::Pin;
use std::thread;
use std::time::Instant;

/// A boxed future on a thread that parks while it waits, which this one does not.
pub fn boxed_future<T: Tally>(times: u64) -> Pass {
    let start = Instant::now();
    let once = |n| {
        T::spawned(1);
        let task: Pin<Box<dyn Future<Output = u64>>> = Box::pin(async move { double(n) });
        block_on(task)
    };
    let outputs: Vec<_> = (0..times).map(once).collect();
    let time = start.elapsed();
    Pass::new(time, checksum(outputs))
}

/// An OS thread, started and joined.
///
/// # Errors
/// If there is no thread.
pub fn a_thread<T: Tally>(times: u64) -> Result<Pass, Fault> {
    let start = Instant::now();
    let mut outputs = Vec::new();
    for n in 0..times {
        T::spawned(1);
        let thread = thread::Builder::new().spawn(move || double(n));
        let thread = thread.map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
        outputs.push(thread.join().map_err(|_| Fault::Failed("a thread panicked".into()))?);
    }
    let time = start.elapsed();
    Ok(Pass::new(time, checksum(outputs)))
}
