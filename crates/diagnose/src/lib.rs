#![doc = include_str!("../README.md")]
//!
//! [`diagnose()`] gives a [`Diagnosis`]: a list of [`Finding`]s, each of a [`Kind`]. The page `docs/diagnose.md` of the book shows each
//! of them, what it was tried on, and what it cannot see.

// In reading order:

mod finding; // what a finding says
pub use finding::{Confidence, Finding};

mod kind; // the faults, how bad each is, and where the book cures it
pub use kind::{Kind, Severity};

mod diagnosis; // all runs of a recording: the findings in their order
pub use diagnosis::{Diagnosis, diagnose};

mod text; // the diagnosis as people read it
mod words; // times, names and links

mod facts; // a run, read once: its polls, its timers, who was ready since when
mod report; // puts a finding together

// The rules, each on the facts of one run:

mod ended; // a run that failed, and tasks that were left or dropped
mod stuck; // a run in which no task can run any more
mod waiting; // who waits for which lock, channel or signal, and who holds it
mod graph; // which waiting task waits for which other ones
mod circle; // circles of tasks in which each waits for the next
mod shared; // locks, channels and signals
mod held; // threads that were held while others needed them
mod spins; // polls that did nothing, and tasks that had no turn
mod sleeps; // waits that begin again, come in a row, or ask instead of being woken
