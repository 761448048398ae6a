//! The floor of a cancel: boxed futures in a list, which are polled once and then dropped.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, block_on, poll};
use crate::kits::cancels;
use crate::tally::Tally;

pub(crate) fn boxed_futures<T: Tally>(tasks: usize) -> Result<Pass, Fault> {
    let spawn = |task| {
        let mut task: BoxedFuture<'_, ()> = Box::pin(task);
        cancels::no_output(poll(&mut task))?;
        Ok(task)
    };
    block_on(cancels::pass::<T, _>(tasks, spawn, cancels::drop_all))
}
