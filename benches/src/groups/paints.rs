//! Painting with several threads: the strokes are work for the processors, the drying is waiting.
//!
//! A painter looks when its canvas is painted, sleeps for the drying time, and looks again. A sleep is never early, so
//! two looks and one sleep are the same on every runtime, however late its timers are.

use crate::contender::{Fault, Pass};
use crate::job::checksum;
use paintdry_core::{Painted, TaskError};
use std::time::Duration;

/// The pass of all canvases.
///
/// # Errors
/// If a painter did not come to its end.
pub fn pass(time: Duration, painted: Vec<Result<Painted, TaskError>>) -> Result<Pass, Fault> {
    let looks = painted.into_iter().map(|painted| Ok(painted?.looks));
    Ok(Pass::new(time, checksum(looks.collect::<Result<Vec<_>, Fault>>()?)))
}
