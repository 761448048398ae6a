//! Records an async program as it is: who spawned, polled and woke whom, from what its runtime tells through `tracing`.
//!
//! Your program needs no change but a line in `main`:
//!
//! ```no_run
//! let _recorder = paintdry_layer::record("run.json");
//! ```
//!
//! It writes `run.json` when `main` ends, and `paintdry replay run.json` shows it. tokio tells what its tasks do if the program
//! is built with `--cfg tokio_unstable` and tokio's feature `tracing`. The page "Look at your own program" of the book is the
//! whole recipe, and says what such a recording cannot show.
//!
//! If your program has a subscriber of `tracing`, add a layer to that one:
//!
//! ```no_run
//! use tracing_subscriber::prelude::*;
//!
//! let (layer, _recorder) = paintdry_layer::layer("run.json");
//! tracing_subscriber::registry().with(layer).init(); // and with the layers that you have
//! ```
//!
//! [`Options`] says how much to keep. It is bounded: without options the last million events are kept, which take 32 MB.

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
