#![doc = include_str!("../README.md")]
//!
//! A runtime of your own appears beside the built-in ones when you hand it over:
//!
//! ```no_run
//! # use paintdry_core::Runtime;
//! # fn example<MyRuntime: Runtime>() -> std::process::ExitCode {
//! let mut runtimes = paintdry::built_in();
//! let mine = paintdry::Entry::of::<MyRuntime>(env!("CARGO_PKG_VERSION"), "written last night");
//! runtimes.push(mine);
//! paintdry::main(runtimes)
//! # }
//! ```
//!
//! In reading order: [`PaintWorkload`] and [`AmapWorkload`] (what to do), [`Entry`] (one runtime, and both
//! jobs on it), [`PaintOutcome`] and [`AmapOutcome`] (the outcome), [`main`].
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use paintdry_studio::{AmapWorkload, PaintWorkload};

mod workload;
use workload::Workload;

mod runtimes;
pub use runtimes::{Entry, built_in};

mod paint;
pub use paint::PaintOutcome;

mod amap;
pub use amap::AmapOutcome;

mod outcome;

mod failure;
pub use failure::RunError;

mod scale;

mod ideal;
mod threads;
mod trial;
mod watched;

mod report;
use report::SCHEMA;

mod race;

mod canvas_states;
mod compare;
mod scene;

mod args;
mod limits;
mod runtime_names;

mod format;
mod output_args;

mod browser;
mod picture;
mod place;
mod offered;
mod recording;

mod doctor;

mod grade;

mod explore;

mod diff;

mod diagnose;

mod ending;

mod completions;

mod command;
pub use command::{main, reader};
