//! The comparison of runtimes: proves that all do the same work, and measures how fast. Run it with `cargo bench`.
//!
//! ```console
//! $ cargo bench --bench compare                     # everything: some minutes
//! $ cargo bench --bench compare -- yield            # the groups with this in their name
//! $ cargo bench --bench compare -- --quick          # a first look in about two minutes
//! $ cargo bench --bench compare -- --only yield-100 --runtime tokio --runtime smol
//! $ cargo bench --bench compare -- --test           # proves that all do the same work, measures nothing
//! $ cargo bench --bench compare -- --twice 100 --only yield-100  # checks the noise rule with twins
//! $ cargo bench --bench compare -- --save FOLDER    # the report goes to this folder as well
//! ```
//!
//! The comparison prints its summary and writes it to `target/paintdry`: `compare.html`, a page with your figures beside those
//! of the repository; `compare.md`, `compare.json`, and a chart for each group. The bench `studio` beside it measures with
//! criterion what it costs to be watched.
//!
//! What makes it fair, and where to check it. `round` and `estimate.rs` are in this package, the other files are in
//! `crates/contenders/src`, because `paintdry scale` runs the same contenders:
//!
//! - **Equal work.** A job says which results, yields, spawns, sleeps and wakes one pass has (`job.rs`). One pass of each
//!   contender is counted, from the same source that is timed (`tally.rs`), and a contender that did other work is refused
//!   (`prove.rs`). A yield counts only if it gave up the turn. The results of every timed pass are checked, after its
//!   clock was read (`round/child.rs`).
//! - **One run.** Each round is a process of its own, in which every contender gives one sample, in a shuffled order. Ratios are
//!   made within a round.
//! - **Ties.** Two rows are told apart only if chance would do so in less than one of 10,000 cases (`estimate.rs`).
//!   `--twice` enters every contender twice and counts how often the two are told apart.
//! - **A runtime's own code.** Beside the form through the trait `paintdry_core::Runtime` (`through_trait.rs`) there is one with
//!   the runtime's own spawn, yield and sleep (`by_hand/`). Both run the same tasks (`kits/`), which are spawned and joined, and
//!   never put into one `join_all`, because that is a scheduler of its own.
//! - **Floors.** Loops that do the job and nothing else (`floors/`), so that a figure says what a runtime adds.
//! - **What cannot be compared is said.** Each row has its number of threads. A contender that does not run here is listed with
//!   its reason.
//!
//! All contenders take memory from the system's allocator. It is set to keep what is freed, so that no pass pays for the pages
//! of the last. With very many tasks, part of the time is the system's, for pages that it hands out in each pass: a contender
//! that asks for less memory gains by it.
//!
//! A runtime of your own takes part in every group: hand [`command::main`] a [`Newcomer`](newcomer::Newcomer), as
//! `crates/own-runtime/benches/compare.rs` does.

#![deny(clippy::print_stdout)] // it panics if a reader such as `head` has closed the pipe; `say` does not

pub mod command;
pub mod estimate;
pub mod files;
pub mod findings;
pub mod markdown;
pub mod page;
pub mod questions;
pub mod report;
pub mod round;
mod say;

mod chart;
mod html;
mod machine;
mod options;
mod twins;

pub use paintdry_contenders::newcomer;
