//! What the benches share: how the time of one run on one runtime becomes a measurement.
//!
//! A job is timed from inside, by the clock of [`paintdry::Entry::amap`] and [`paintdry::Entry::paint`], which start
//! and warm up the runtime before they start that clock. So the figures are those of the command, and what they leave
//! out is the same for every runtime.

use std::time::Duration;

/// Repeats `run`, which says how long it took, and adds the times up. An error of the run is a panic: a runtime that
/// did not do the work has no figure.
///
/// # Panics
/// If a run fails.
pub fn sum_of_walls<E: std::fmt::Display>(repeats: u64, run: impl Fn() -> Result<Duration, E>) -> Duration {
    (0..repeats).map(|_| run().unwrap_or_else(|error| panic!("{error}"))).sum()
}
