#![doc = include_str!("../README.md")]
//!
//! [`record`] and [`layer()`] begin a recording. [`Options`] says how much to keep. The page "Look at your own program" of the book is the whole recipe, and says what
//! such a recording cannot show.

mod end;
mod events;
mod fields;
mod listener;
mod log;
mod merge;
mod record;
mod resources;
mod run;
mod seen;
mod sites;
mod stack;
mod start;
mod store;

mod recorder;
pub use recorder::{Recorder, WriteError};

mod options;
pub use options::{AlreadySet, Options};

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use tracing::Subscriber;
use tracing_subscriber::layer::Layer;
use tracing_subscriber::registry::LookupSpan;

/// Starts to record, and writes the last million events to this file when the [`Recorder`] is dropped.
///
/// # Panics
/// If the program has set a global subscriber of `tracing` already: then add a [`layer`] to that one. [`Options::record`] gives
/// an error instead.
pub fn record(path: impl Into<PathBuf>) -> Recorder {
    Options::new(path).record().unwrap_or_else(|error| panic!("{error}"))
}

/// A layer for the program's own subscriber, and the recorder that writes what the layer hears.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(path: impl Into<PathBuf>) -> (impl Layer<S>, Recorder) {
    Options::new(path).layer()
}
