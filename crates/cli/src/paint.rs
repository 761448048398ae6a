//! The job `paint` on one runtime: the canvases side by side, or one after another.

use crate::canvas_states::{CanvasStates, Painter};
use crate::threads::gather_threads;
use crate::{PaintWorkload, RunError};
use cpu_time::ThreadTime;
use paintdry_core::{Canvas, Painted, Runtime, TaskError, clock, gather, paint_blocking};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

/// The outcome of painting on one runtime. Times count from the start of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaintOutcome {
    /// How many threads ran the painters.
    pub threads: usize,
    /// From the start until every canvas was dry, without starting the runtime.
    pub wall: Duration,
    /// The processor time of each painting, in the order of the canvases.
    pub paintings: Vec<Duration>,
    /// What each painter noted, in the order of the canvases.
    pub canvases: Vec<Painted>,
}

/// The processor time of one painting, noted when the painter first reads the clock: after the last
/// stroke. Painting never awaits, so it begins and ends on one thread. Time in which other threads kept that thread from running
/// does not count.
pub(crate) struct PaintingTimer {
    begun: Duration,
    took: OnceLock<Duration>,
}

impl PaintingTimer {
    pub(crate) fn begin() -> Self {
        Self { begun: processor_time(), took: OnceLock::new() }
    }

    pub(crate) fn ends_here(&self) -> Duration {
        *self.took.get_or_init(|| processor_time().saturating_sub(self.begun))
    }
}

/// The clock of a painter, who reads it after the last stroke and at each look.
fn looking(timer: &PaintingTimer, painter: &Painter, now: impl Fn() -> Duration) -> impl Fn() -> Duration {
    move || {
        timer.ends_here();
        painter.looks();
        now()
    }
}

/// The processor time of this thread; zero if the system does not report it, and then painting counts as free.
fn processor_time() -> Duration {
    ThreadTime::try_now().map_or(Duration::ZERO, |time| time.as_duration())
}

/// A started runtime that has run a task: some runtimes start their threads only with their first task.
pub(crate) fn warmed_up<R: Runtime>() -> Result<R, RunError> {
    let runtime = R::start();
    let ended = runtime.run_until_complete(async { R::spawn(async {}).await });
    ended.map_err(|error| RunError::Task { task: "a first empty task".to_owned(), error })?;
    Ok(runtime)
}

pub(crate) fn on_runtime<R: Runtime>(
    workload: &PaintWorkload,
    states: Option<&Arc<CanvasStates>>,
) -> Result<PaintOutcome, RunError> {
    let PaintWorkload { canvases, drying, poll, strokes, .. } = *workload;
    let runtime = warmed_up::<R>()?;
    let now = clock();
    let painters = (0..canvases).map(|canvas| {
        let painter = Painter::new(states, canvas);
        async move {
            painter.begins();
            let timer = PaintingTimer::begin();
            let looking = looking(&timer, &painter, now);
            let noted = paintdry_core::paint(Canvas::new(drying), strokes, poll, looking, R::sleep).await;
            painter.ends();
            (timer.ends_here(), noted)
        }
    });
    let ended = runtime.run_until_complete(gather::<R, _>(painters));
    let wall = now();
    outcome(runtime.threads(), wall, ended)
}

/// The painter of the functions that block their thread.
fn paint_and_wait(workload: &PaintWorkload, painter: &Painter, now: impl Fn() -> Duration) -> (Duration, Painted) {
    painter.begins();
    let timer = PaintingTimer::begin();
    let looking = looking(&timer, painter, now);
    let canvas = Canvas::new(workload.drying);
    let noted = paint_blocking(canvas, workload.strokes, workload.poll, looking, thread::sleep);
    painter.ends();
    (timer.ends_here(), noted)
}

pub(crate) fn blocking(workload: &PaintWorkload, states: Option<&Arc<CanvasStates>>) -> Result<PaintOutcome, RunError> {
    let now = clock();
    let canvases = 0..workload.canvases;
    let ended = canvases.map(|canvas| Ok(paint_and_wait(workload, &Painter::new(states, canvas), now))).collect();
    let wall = now();
    outcome(1, wall, ended)
}

pub(crate) fn on_threads(
    workload: &PaintWorkload,
    states: Option<&Arc<CanvasStates>>,
) -> Result<PaintOutcome, RunError> {
    let workload = *workload;
    let now = clock();
    let painters = (0..workload.canvases).map(|canvas| {
        let painter = Painter::new(states, canvas);
        move || paint_and_wait(&workload, &painter, now)
    });
    let ended = gather_threads(painters)?;
    let wall = now();
    outcome(workload.canvases, wall, ended)
}

/// A painter's result: the processor time of its painting, and its notes.
pub(crate) type Ended = Result<(Duration, Painted), TaskError>;

/// All canvases, each with the processor time of its painting, or the error of the first painter that did not end.
pub(crate) fn outcome(threads: usize, wall: Duration, ended: Vec<Ended>) -> Result<PaintOutcome, RunError> {
    let (mut paintings, mut canvases) = (Vec::new(), Vec::new());
    for (canvas, ended) in ended.into_iter().enumerate() {
        let (painting, painted) =
            ended.map_err(|error| RunError::Task { task: format!("canvas {}", canvas + 1), error })?;
        paintings.push(painting);
        canvases.push(painted);
    }
    Ok(PaintOutcome { threads, wall, paintings, canvases })
}
