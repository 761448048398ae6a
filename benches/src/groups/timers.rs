//! Timers: sleepers that are spawned together and sleep for times that are spread out.

use crate::contender::{Fault, Late, Pass};
use crate::job::{Timers, checksum};
use std::time::{Duration, Instant};

/// What a sleeper gives when it woke: its number, and the time since the start of the pass.
pub type Woke = (usize, Duration);

/// The pass of sleepers, in whatever order. `start` was read before the first spawn; the clock is read here, so call it
/// when the last was joined.
///
/// # Errors
/// If one woke early.
pub fn pass(timers: &Timers, start: Instant, woke: &[Woke]) -> Result<Pass, Fault> {
    let time = start.elapsed().saturating_sub(timers.ideal());
    let mut woke = woke.to_vec();
    woke.sort_unstable();
    let lateness = |&(n, woke): &Woke| {
        woke.checked_sub(timers.duration(n)).ok_or_else(|| Fault::Failed(format!("sleeper {n} woke early")))
    };
    let late = Late::of(woke.iter().map(lateness).collect::<Result<_, _>>()?);
    Ok(Pass { time, results: checksum(woke.iter().map(|&(n, _)| n as u64)), late })
}
