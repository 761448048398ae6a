//! Other runtimes of Rust, with the feature `peers`. They are made for `io_uring`, and can do without.

use crate::RunError;
use crate::scale::answer::measured;
use crate::scale::drying::failed;
use crate::scale::{Measured, NotDone, ScaleWorkload};
use paintdry_core::TaskError;

pub(crate) fn compio(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let runtime = compio::runtime::Runtime::new().map_err(|error| refused(&error))?;
    let canvas = move || compio::time::sleep(drying);
    runtime.block_on(async { compio::runtime::spawn(async {}).await }).map_err(|_| failed(0, TaskError::Cancelled))?;
    measured(drying, 1, || {
        runtime.block_on(async {
            let tasks: Vec<_> = (0..tasks).map(|_| compio::runtime::spawn(canvas())).collect();
            for (index, task) in tasks.into_iter().enumerate() {
                task.await.map_err(|_| failed(index, TaskError::Cancelled))?;
            }
            Ok::<_, RunError>(size_of_val(&canvas()))
        })
    })
}

pub(crate) fn monoio(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let builder = monoio::RuntimeBuilder::<monoio::FusionDriver>::new().enable_timer();
    let mut runtime = builder.build().map_err(|error| refused(&error))?;
    // Its sleep fixes the moment when it is made, as tokio's does: in the task, as for the others.
    let canvas = move || async move { monoio::time::sleep(drying).await };
    runtime.block_on(async { monoio::spawn(async {}).await });
    measured(drying, 1, || {
        runtime.block_on(async {
            let tasks: Vec<_> = (0..tasks).map(|_| monoio::spawn(canvas())).collect();
            for task in tasks {
                task.await; // a panic in a task ends the process
            }
            Ok::<_, RunError>(size_of_val(&canvas()))
        })
    })
}

/// The system does not give what the runtime needs, such as `io_uring` in a container.
fn refused(error: &std::io::Error) -> NotDone {
    NotDone::NotRun(format!("it cannot start here: {error}"))
}
