//! The lab: runs the course's programs for a page in which the reader changes them and chooses who runs next.
//!
//! [`answer`] takes a request and returns its answer in JSON; `README.md` describes them. In reading order: `catalogue`
//! (the programs, their parameters and goals), `programs` (their sources, as the reader sees them), `job.rs` (from a request to
//! an answer), `run_job.rs` (one run), `threads.rs` (the same on several threads), `waits.rs` (what its tasks hold and wait for), `explore_job.rs` and `survey.rs` (all
//! schedules), `state.rs`, `tree.rs`, `abi.rs` (what JavaScript calls).

mod catalogue;
mod explore_job;
mod job;
mod program;
mod programs;
mod request;
mod run_job;
mod state;
mod survey;
mod threads;
mod tree;
mod values;
mod waits;

#[cfg(all(target_family = "wasm", panic = "abort"))]
mod abi;

pub use job::answer;
