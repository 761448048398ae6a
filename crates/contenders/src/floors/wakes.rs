//! The floor of a wake: two threads that unpark each other, and no runtime between.

use crate::contender::{Fault, Pass};
use crate::floors::block_on;
use crate::job::Wakes;
use crate::kits::wakes;
use crate::tally::Tally;

/// The task's side of the game, on a thread that parks.
pub(crate) fn parked_thread<T: Tally>(job: Wakes) -> Result<Pass, Fault> {
    wakes::pass::<T>(job, |player| Ok(block_on(player.play())))
}
