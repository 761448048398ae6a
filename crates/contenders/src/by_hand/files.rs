//! Files that are read by hand: each runtime's tasks, with its own `fs::read`.

use crate::contender::{Fault, Pass};
use crate::kits;
use crate::kits::files::{Shelf, pass, readers};
use crate::tally::Tally;
use ::smol::LocalExecutor;
use ::tokio::runtime::Runtime;
use paintdry_generator::EventLoop;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn tokio<T: Tally>(runtime: &Runtime, shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| {
        let tasks = readers::<T, _>(files, ::tokio::fs::read);
        runtime.block_on(kits::joined(tasks, |task| Ok(::tokio::spawn(task)), |output| Ok(output?)))
    })
}

pub(crate) fn async_std<T: Tally>(shelf: &Shelf) -> Result<Pass, Fault> {
    use ::async_std::{fs, task};
    // It has a `Path` of its own.
    let read = |path: Arc<Path>| async move { fs::read(&*path).await };
    pass(shelf, |files| task::block_on(kits::joined(readers::<T, _>(files, read), |task| Ok(task::spawn(task)), Ok)))
}

pub(crate) fn smol<T: Tally>(executor: &LocalExecutor<'_>, shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| {
        let tasks = readers::<T, _>(files, ::smol::fs::read);
        ::smol::block_on(executor.run(kits::joined(tasks, |task| Ok(executor.spawn(task)), Ok)))
    })
}

pub(crate) fn smol_global<T: Tally>(shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| {
        ::smol::block_on(kits::joined(readers::<T, _>(files, ::smol::fs::read), |task| Ok(::smol::spawn(task)), Ok))
    })
}

/// The loop has no files. smol's are for every runtime.
pub(crate) fn generator<T: Tally>(event_loop: &EventLoop, shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| {
        let tasks = readers::<T, _>(files, ::smol::fs::read);
        let spawn = |task| Ok(event_loop.create_task(task)?);
        event_loop.run_until_complete(kits::joined(tasks, spawn, |output| Ok(output?)))?
    })
}
