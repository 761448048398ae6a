//! The canvases on the event loop's own API: as generators written by hand, without what `async` adds to the loop, and as
//! futures, without what the trait adds.

use crate::scale::answer::measured;
use crate::scale::{Measured, NotDone, ScaleWorkload};
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Request, sleep};
use std::time::Duration;

/// A canvas that has been painted: it asks for one sleep, and then it is dry.
struct Canvas {
    /// How long it has to dry; `None` when it has asked.
    drying: Option<Duration>,
}

impl Generator for Canvas {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self.drying.take() {
            Some(drying) => GeneratorState::Yielded(Request::Sleep(drying)),
            None => GeneratorState::Complete(()),
        }
    }
}

/// Waits for all tasks in the order in which they were made, as [`EventLoop::gather`] does, without keeping results.
struct Join {
    tasks: Vec<LoopFuture<()>>,
    joined: usize,
}

impl Generator for Join {
    type Return = Result<(), Error>;

    fn resume(&mut self) -> GeneratorState<Result<(), Error>> {
        while let Some(task) = self.tasks.get(self.joined) {
            match task.take() {
                Ok(()) => self.joined += 1,
                Err(Error::NotReady) => return GeneratorState::Yielded(task.wait()),
                Err(error) => return GeneratorState::Complete(Err(error)),
            }
        }
        GeneratorState::Complete(Ok(()))
    }
}

/// As generators written by hand.
pub(crate) fn by_hand(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let canvas = |drying| Canvas { drying: Some(drying) };
    run(workload, size_of::<Canvas>(), |event_loop, drying| event_loop.create_task(canvas(drying)))
}

/// As futures.
pub(crate) fn with_async(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let canvas = |drying| async move { sleep(drying).await };
    let size = size_of_val(&canvas(Duration::ZERO));
    run(workload, size, |event_loop, drying| event_loop.create_task(canvas(drying)))
}

fn run(
    workload: &ScaleWorkload,
    size: usize,
    create_task: impl Fn(&EventLoop, Duration) -> Result<LoopFuture<()>, Error>,
) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let event_loop = EventLoop::new();
    measured(drying, 1, || {
        let canvases = (0..tasks).map(|_| create_task(&event_loop, drying));
        let tasks = canvases.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let joined = event_loop.run_until_complete(Join { tasks, joined: 0 });
        joined.and_then(|joined| joined).map_err(failed)?;
        Ok::<_, NotDone>(size)
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is an end of the error, and a `map_err` away")]
fn failed(error: Error) -> NotDone {
    NotDone::Failed(error.to_string())
}
