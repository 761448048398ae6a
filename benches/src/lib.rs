//! One measurement engine for every comparison of runtimes.
//!
//! A row of a comparison is a [`Contender`](contender::Contender): a pass that is generic over a tally, once with the
//! tally on and once off.
//!
//! ```
//! use paintdry_benches::contender::{Contender, Fault, Kind, Pass};
//! use paintdry_benches::groups::spawns;
//! use paintdry_benches::job::{Job, double};
//! use paintdry_benches::tally::{Off, On, Tally};
//! use std::time::Instant;
//!
//! fn pass<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
//!     let start = Instant::now();
//!     let task = |n| {
//!         T::spawned(1);
//!         double(n)
//!     };
//!     let outputs = (0..tasks as u64).map(task).collect();
//!     Ok(spawns::pass(start, outputs))
//! }
//!
//! let state = (); // a runtime that was started, say
//! let plain = Contender::new("plain calls", Kind::Floor, 1, state, |()| pass::<On>(10), |()| pass::<Off>(10));
//! assert_eq!(plain.count(), Ok(Job::Spawns { tasks: 10 }.demands()));
//! ```

pub mod contender;
pub mod tally;
pub mod job;

pub mod groups;
pub mod through_trait;
pub mod by_hand;
pub mod floors;
pub mod peers;
pub mod python;

pub mod measure;
pub mod shuffle;
pub mod numbers;
pub mod report;
pub mod machine;

pub mod markdown;
pub mod chart;
pub mod files;
pub mod replay;
pub mod command;
