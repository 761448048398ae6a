//! The floors of reading files: the calls that block, on one thread and on one for each file.

use crate::contender::{Fault, Pass};
use crate::floors::join;
use crate::kits::files::{File, Shelf, pass};
use crate::tally::Tally;
use std::thread;

/// No tasks: one file after the other.
pub(crate) fn one_by_one(shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| Ok(files.into_iter().map(File::read_here).collect()))
}

/// An OS thread for each file.
pub(crate) fn threads<T: Tally>(shelf: &Shelf) -> Result<Pass, Fault> {
    pass(shelf, |files| {
        let run = |file: File| {
            T::spawned(1);
            thread::Builder::new().spawn(move || file.read_here())
        };
        join(files.into_iter().map(run))
    })
}
