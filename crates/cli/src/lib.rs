//! Watch paint dry, on four async runtimes, side by side: the `paintdry` command as a library.
//!
//! A runtime of your own appears beside the built-in ones when you hand it over:
//!
//! ```no_run
//! # use paintdry_core::Runtime;
//! # fn example<MyRuntime: Runtime>() -> std::process::ExitCode {
//! let mut runtimes = paintdry::built_in();
//! runtimes.push(paintdry::Entry::of::<MyRuntime>(env!("CARGO_PKG_VERSION"), "written last night"));
//! paintdry::main(runtimes)
//! # }
//! ```
//!
//! One job on one runtime, without display, is [`Entry::paint`] or [`Entry::amap`]:
//!
//! ```
//! use paintdry::PaintWorkload;
//! use std::time::Duration;
//!
//! let millisecond = Duration::from_millis(1);
//! let workload = PaintWorkload { drying: 4 * millisecond, poll: millisecond, ..PaintWorkload::default() };
//! for runtime in paintdry::built_in() {
//!     let outcome = runtime.paint(&workload)?;
//!     println!("{}: {:?}", runtime.name(), outcome.wall);
//! #   assert_eq!(outcome.canvases.len(), 3);
//! }
//! # Ok::<(), paintdry::RunError>(())
//! ```
//!
//! In reading order: [`PaintWorkload`] and [`AmapWorkload`] (what to do), [`Entry`] (one runtime, and both
//! jobs on it), [`PaintOutcome`] and [`AmapOutcome`] (the outcome), [`main`].

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
