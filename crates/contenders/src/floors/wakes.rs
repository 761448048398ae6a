//! The floor of a wake: two threads that unpark each other, and no runtime between.

use crate::contender::{Fault, Pass};
use crate::floors::block_on;
use crate::kits::wakes;
use crate::tally::Tally;

/// The task's side of the game, on a thread that parks.
pub(crate) fn parked_thread<T: Tally>(round_trips: u64) -> Result<Pass, Fault> {
    wakes::pass::<T>(round_trips, |player| Ok(block_on(player.play())))
}
