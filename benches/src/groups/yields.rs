//! The cost of a yield: `amap`, K tasks side by side.

use crate::contender::Fault;
use crate::job::checksum;
use futures::channel::oneshot;

/// The writing half of a promise, which a task is handed.
pub type Promise = oneshot::Sender<Vec<u64>>;
/// The reading half.
pub type Promised = oneshot::Receiver<Vec<u64>>;

/// A promise for each task. They are made before the clock starts.
#[must_use]
pub fn promises(tasks: usize) -> (Vec<Promise>, Vec<Promised>) {
    (0..tasks).map(|_| oneshot::channel()).unzip()
}

/// The checksum of what stands on the promises, after the clock was read.
///
/// # Errors
/// If a promise was broken, or not kept yet.
pub fn results(promised: Vec<Promised>) -> Result<u64, Fault> {
    let own = |mut promised: Promised| match promised.try_recv() {
        Ok(Some(results)) => Ok(checksum(results)),
        _ => Err(Fault::Failed("a task ended without its results".to_owned())),
    };
    Ok(checksum(promised.into_iter().map(own).collect::<Result<Vec<_>, _>>()?))
}
