//! Closures for threads that may block, by hand: a task of each runtime hands them out with the runtime's own function.

use crate::contender::{Fault, Pass};
use crate::job::Blocking;
use crate::kits::blocking::{batches, call};
use crate::kits::pass;
use crate::tally::Tally;
use ::smol::{LocalExecutor, unblock};
use ::tokio::runtime::{Builder, Runtime};
use ::tokio::task::spawn_blocking;
use paintdry_generator::EventLoop;

/// tokio's multi-thread flavour with this many workers, and as many threads that may block. By itself it starts a thread for
/// each closure that finds none idle, up to 512.
pub(crate) fn tokio_with_a_small_pool(threads: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(threads).max_blocking_threads(threads).enable_all();
    builder.build().expect("the operating system gives threads")
}

pub(crate) fn tokio<T: Tally>(runtime: &Runtime, job: Blocking) -> Result<Pass, Fault> {
    let call = |n| spawn_blocking(move || call::<T>(n));
    pass(|| runtime.block_on(async { ::tokio::spawn(batches(job, call, |output| Ok(output?))).await })?)
}

pub(crate) fn async_std<T: Tally>(job: Blocking) -> Result<Pass, Fault> {
    use ::async_std::task::{block_on, spawn, spawn_blocking};
    let call = |n| spawn_blocking(move || call::<T>(n));
    pass(|| block_on(spawn(batches(job, call, Ok))))
}

pub(crate) fn smol<T: Tally>(executor: &LocalExecutor<'_>, job: Blocking) -> Result<Pass, Fault> {
    let call = |n| unblock(move || call::<T>(n));
    pass(|| ::smol::block_on(executor.run(executor.spawn(batches(job, call, Ok)))))
}

pub(crate) fn smol_global<T: Tally>(job: Blocking) -> Result<Pass, Fault> {
    let call = |n| unblock(move || call::<T>(n));
    pass(|| ::smol::block_on(::smol::spawn(batches(job, call, Ok))))
}

/// The loop has no threads. smol's are for every runtime.
pub(crate) fn generator<T: Tally>(event_loop: &EventLoop, job: Blocking) -> Result<Pass, Fault> {
    let call = |n| unblock(move || call::<T>(n));
    pass(|| event_loop.run_until_complete(event_loop.create_task(batches(job, call, Ok))?)??)
}
