//! The floor of a wake: two threads that unpark each other, and no runtime between.

use crate::contender::{Fault, Pass};
use crate::floors::block_on;
use crate::groups::wakes;
use crate::tally::Tally;
use std::time::Instant;

/// The task's side of the game, on a thread that parks.
///
/// # Errors
/// If the thread did not come to its end.
pub fn parked_thread<T: Tally>(rounds: u64) -> Result<Pass, Fault> {
    let (player, opponent) = wakes::game::<T>(rounds)?;
    let start = Instant::now();
    let caught = block_on(player.play(rounds));
    let time = start.elapsed();
    opponent.end()?;
    Ok(Pass::new(time, caught))
}
