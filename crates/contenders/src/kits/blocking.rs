//! For passes that hand closures to threads that may block: the closures, and the task that hands them out.

use crate::contender::Fault;
use crate::job::{Blocking, double};
use crate::kits;
use crate::tally::Tally;
use std::num::NonZero;
use std::thread;

/// The closure of this number. It counts where it runs.
pub(crate) fn call<T: Tally>(n: usize) -> u64 {
    T::spawned(1);
    double(n as u64)
}

/// Hands out the closures, batch by batch, and gives their results: the body of the task. `call` takes the number of a closure to
/// the runtime's own function, and `output` reads what its handle gives.
pub(crate) async fn batches<H: Future>(
    job: Blocking,
    call: impl Fn(usize) -> H,
    output: impl Fn(H::Output) -> Result<u64, Fault>,
) -> Result<Vec<u64>, Fault> {
    let mut outputs = Vec::with_capacity(job.calls);
    for batch in job.batches() {
        outputs.extend(kits::joined(batch, |n| Ok(call(n)), &output).await?);
    }
    Ok(outputs)
}

/// How many threads a pool has that does not grow by itself.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
