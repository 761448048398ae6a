//! The comparison of runtimes: who does the same work, and how fast. Run with `cargo bench`.
//!
//! ```console
//! $ cargo bench --bench compare                     # everything: some minutes
//! $ cargo bench --bench compare -- yield            # the groups with this in their name
//! $ cargo bench --bench compare -- --quick          # fewer rounds, a first look
//! $ cargo bench --bench compare -- --test           # proves that all do the same work, measures nothing
//! $ cargo bench --bench compare -- --save FOLDER    # the summary, the data and the charts go there, too
//! ```
//!
//! The summary stands in the terminal and in `target/paintdry` (`compare.md`, `compare.json`, a chart for each group), and
//! criterion's report of the same samples in `target/criterion/report/index.html`.
//!
//! What makes it fair, and where to check it:
//!
//! - **Equal work.** A job says which results, yields, spawns, sleeps and wakes one pass has (`job.rs`). One pass of each
//!   contender is counted, from the same source that is timed (`tally.rs`), and who did other work is refused
//!   (`measure.rs`). A yield counts only if it gave up the turn. The results of every timed pass are checked, after its
//!   clock was read.
//! - **One run.** Each round gives everybody one sample, in a shuffled order, and ratios are made within a round.
//! - **A runtime's own code.** Beside the form through the trait `paintdry_core::Runtime` stands what a user of the runtime
//!   would write (`by_hand/`), with its own spawn, yield and sleep. Tasks are spawned and joined, never put into one
//!   `join_all`, which is a scheduler of its own.
//! - **Floors.** Loops that do the job and nothing else (`floors/`), so that a figure says what a runtime adds.
//! - **What cannot be compared is said.** The number of threads stands in every row; one that does not run here is listed
//!   with its reason; a difference that is within noise is marked.
//!
//! Memory comes from the system's allocator, for all alike. It is told to keep what is freed, so
//! that no pass pays for the pages of the last. With a million tasks, part of the time is the system's, for
//! pages that are handed out anew in each pass: who asks for less memory gains by it.
//!
//! A runtime of your own takes part in every group: hand [`command::main`] a [`Newcomer`](newcomer::Newcomer), as
//! `crates/own-runtime/benches/compare.rs` does.
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
pub mod newcomer;
pub mod by_hand;
pub mod floors;
pub mod peers;
pub mod python;

pub mod measure;
pub mod shuffle;
pub mod numbers;
pub mod report;
pub mod machine;

pub mod page;

pub mod markdown;
pub mod chart;
pub mod files;
pub mod replay;
pub mod command;
