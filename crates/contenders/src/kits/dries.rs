//! For passes in which canvases dry: the tasks, and the pass that says how large one is.

use crate::contender::{Fault, Pass};
use crate::job::Dries;
use crate::tally::Tally;
use std::time::{Duration, Instant};

/// The tasks, on a runtime with this `sleep`. Each is as little as a task can be, so that the memory it takes beside its future is
/// the runtime's price. So the sleep is counted here, and not by a future around it.
pub(crate) fn canvases<T: Tally, S: Future>(
    job: Dries,
    sleep: impl Fn(Duration) -> S + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = ()>> {
    let drying = job.drying;
    (0..job.tasks).map(move |_| {
        T::spawned(1);
        async move {
            sleep(drying).await;
            T::slept(1);
        }
    })
}

/// Times `run`, which runs `tasks` and gives an item for each that has ended. Fails if they had ended too early.
pub(crate) fn pass<I: ExactSizeIterator>(
    job: Dries,
    tasks: I,
    run: impl FnOnce(I) -> Result<Vec<()>, Fault>,
) -> Result<Pass, Fault> {
    let start = Instant::now();
    let dry = run(tasks)?.len() as u64;
    let time = start.elapsed();
    checked(job, Pass { task_bytes: Some(size_of::<I::Item>()), ..Pass::new(time, dry) })
}

/// The pass, if all canvases are dry, and none was too early.
pub(crate) fn checked(job: Dries, pass: Pass) -> Result<Pass, Fault> {
    if pass.results != job.tasks as u64 {
        return Err(Fault::Failed(format!("only {} of {} canvases are dry", pass.results, job.tasks)));
    }
    if pass.time < job.drying {
        let reason = "its tasks had ended before the canvases were dry, so its sleeps are short";
        return Err(Fault::Failed(reason.to_owned()));
    }
    Ok(pass)
}
