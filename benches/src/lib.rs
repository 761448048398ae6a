//! The comparison of runtimes: proves that all do the same work, and measures how fast. Run it with `cargo bench`.
//!
//! ```console
//! $ cargo bench --bench compare                     # everything: some minutes
//! $ cargo bench --bench compare -- yield            # the groups with this in their name
//! $ cargo bench --bench compare -- --quick          # fewer rounds, a first look
//! $ cargo bench --bench compare -- --test           # proves that all do the same work, measures nothing
//! $ cargo bench --bench compare -- --save FOLDER    # the summary, the data and the charts go there, too
//! ```
//!
//! The comparison prints its summary and writes it to `target/paintdry`: `compare.md`, `compare.json`, and a chart for each
//! group. The bench `studio` beside it measures with criterion what it costs to be watched.
//!
//! What makes it fair, and where to check it. `measure/mod.rs` is in this package, the other files are in
//! `crates/contenders/src`, because `paintdry scale` runs the same contenders:
//!
//! - **Equal work.** A job says which results, yields, spawns, sleeps and wakes one pass has (`job.rs`). One pass of each
//!   contender is counted, from the same source that is timed (`tally.rs`), and a contender that did other work is refused
//!   (`prove.rs`). A yield counts only if it gave up the turn. The results of every timed pass are checked, after its
//!   clock was read (`measure/mod.rs`).
//! - **One run.** Each round takes one sample of every contender, in a shuffled order, and ratios are made within a round.
//! - **A runtime's own code.** Beside the form through the trait `paintdry_core::Runtime` (`through_trait.rs`) there is one with
//!   the runtime's own spawn, yield and sleep (`by_hand/`). Both run the same tasks (`kits/`), which are spawned and joined, and
//!   never put into one `join_all`, because that is a scheduler of its own.
//! - **Floors.** Loops that do the job and nothing else (`floors/`), so that a figure says what a runtime adds.
//! - **What cannot be compared is said.** Each row has its number of threads. A contender that does not run here is listed with
//!   its reason. A difference that is within noise is marked.
//!
//! All contenders take memory from the system's allocator. It is set to keep what is freed, so that no pass pays for the pages
//! of the last. With a million tasks, part of the time is the system's, for pages that it hands out in each pass: a contender
//! that asks for less memory gains by it.
//!
//! A runtime of your own takes part in every group: hand [`command::main`] a [`Newcomer`](newcomer::Newcomer), as
//! `crates/own-runtime/benches/compare.rs` does.

pub mod command;
pub mod files;
pub mod markdown;
pub mod page;
pub mod report;

mod chart;
mod machine;
mod measure;
mod options;

pub use paintdry_contenders::newcomer;
