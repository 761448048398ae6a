//! The canvases on one runtime: a task for each, which sleeps once and is joined.

use crate::RunError;
use crate::paint::warmed_up;
use crate::scale::answer::measured;
use crate::scale::{Measured, NotDone, ScaleWorkload};
use crate::threads::gather_threads;
use paintdry_core::{Runtime, TaskError};
use std::thread;

pub(crate) fn on_runtime<R: Runtime>(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let runtime = warmed_up::<R>()?;
    // As little as a task can be: what it needs beside its future is the runtime's price.
    let canvas = move || async move { R::sleep(drying).await };
    measured(drying, runtime.threads(), || {
        runtime.run_until_complete(async {
            // Core's `gather` would also keep a result for each, which is more memory than some runtimes take.
            let tasks: Vec<_> = (0..tasks).map(|_| R::spawn(canvas())).collect();
            for (index, task) in tasks.into_iter().enumerate() {
                task.await.map_err(|error| failed(index, error))?;
            }
            Ok::<_, RunError>(size_of_val(&canvas()))
        })
    })
}

/// The error of one canvas.
pub(crate) fn failed(index: usize, error: TaskError) -> RunError {
    RunError::Task { task: format!("canvas {}", index + 1), error }
}

pub(crate) fn on_threads(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let canvas = move || thread::sleep(drying);
    measured(drying, tasks, || {
        for (index, ended) in gather_threads((0..tasks).map(|_| canvas))?.into_iter().enumerate() {
            ended.map_err(|error| failed(index, error))?;
        }
        Ok::<_, RunError>(size_of_val(&canvas))
    })
}

/// One canvas after another.
pub(crate) fn blocking(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    measured(drying, 1, || {
        (0..tasks).for_each(|_| thread::sleep(drying));
        Ok::<_, RunError>(0)
    })
}
