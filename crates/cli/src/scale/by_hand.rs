//! The canvases as generators written by hand, on the event loop's own API: what `async` adds to the loop is left out.

use crate::scale::answer::measured;
use crate::scale::{Measured, NotDone, ScaleWorkload};
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Request};
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

pub(crate) fn by_hand(workload: &ScaleWorkload) -> Result<Measured, NotDone> {
    let ScaleWorkload { tasks, drying } = *workload;
    let event_loop = EventLoop::new();
    measured(drying, 1, || {
        let canvases = (0..tasks).map(|_| event_loop.create_task(Canvas { drying: Some(drying) }));
        let tasks = canvases.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let joined = event_loop.run_until_complete(Join { tasks, joined: 0 });
        joined.and_then(|joined| joined).map_err(failed)?;
        Ok::<_, NotDone>(size_of::<Canvas>())
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is an end of the error, and a `map_err` away")]
fn failed(error: Error) -> NotDone {
    NotDone::Failed(error.to_string())
}
