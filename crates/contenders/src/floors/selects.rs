//! The floor of a select: boxed futures in a queue, with a waker that does nothing.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, Turn, poll};
use crate::kits::selects::{self, Select};
use crate::kits::{pass, take_turns};
use crate::tally::Tally;

struct OfFutures;

impl Select for OfFutures {
    fn yield_now() -> impl Future<Output = ()> + Send {
        Turn::default()
    }
}

pub(crate) fn boxed_futures<T: Tally>(tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    pass(|| {
        let tasks = selects::tasks::<T, OfFutures>(tasks, rounds);
        Ok(take_turns(tasks.map(|task| -> BoxedFuture<'_, u64> { Box::pin(task) }).collect(), poll))
    })
}
