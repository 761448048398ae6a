//! The job `paint` on one runtime: the canvases side by side, or one after another.

use crate::canvas_states::{CanvasStates, Painter};
use crate::threads::gather_threads;
use crate::{PaintWorkload, RunError};
use paintdry_core::{Canvas, Painted, Runtime, TaskError, clock, gather, paint_blocking};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// What came of painting on one runtime. Times count from the start of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaintOutcome {
    /// How many threads ran the painters.
    pub threads: usize,
    /// From the start until every canvas was dry. Starting the runtime is not part of it.
    pub wall: Duration,
    /// All the painting, added up: from each painter's beginning to its last stroke. Where several threads paint on
    /// too few cores, the time in which one is held up is part of it.
    pub painting: Duration,
    /// The painting that took the least; zero if there was none.
    pub fastest_painting: Duration,
    /// What each painter noted, in the order of the canvases.
    pub canvases: Vec<Painted>,
}

/// How long it takes to paint one canvas of `strokes` on this machine: the fastest of a few paintings, or a single one
/// where that takes long.
#[must_use]
pub fn painting_time(strokes: u64) -> Duration {
    const PAINTINGS: usize = 7;
    const ENOUGH: Duration = Duration::from_millis(300);
    let start = clock();
    let paint = || Canvas::new(Duration::ZERO).paint(strokes, clock());
    let mut fastest = paint();
    for _ in 1..PAINTINGS {
        if start() < ENOUGH {
            fastest = fastest.min(paint());
        }
    }
    fastest
}

/// A started runtime that has run a task: some start their threads with the first one only.
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
    let PaintWorkload { canvases, drying, poll, strokes } = *workload;
    let runtime = warmed_up::<R>()?;
    let now = clock();
    let painters = (0..canvases).map(|canvas| {
        let painter = Painter::new(states, canvas);
        async move {
            painter.begins();
            let begun = now();
            let looking = || {
                painter.looks();
                now()
            };
            let noted = paintdry_core::paint(Canvas::new(drying), strokes, poll, looking, R::sleep).await;
            painter.ends();
            (begun, noted)
        }
    });
    let ended = runtime.run_until_complete(gather::<R, _>(painters));
    let wall = now();
    outcome(runtime.threads(), wall, ended)
}

/// The painter of the functions that hold their thread.
fn paint_and_wait(workload: &PaintWorkload, painter: &Painter, now: impl Fn() -> Duration) -> (Duration, Painted) {
    painter.begins();
    let begun = now();
    let looking = || {
        painter.looks();
        now()
    };
    let canvas = Canvas::new(workload.drying);
    let noted = paint_blocking(canvas, workload.strokes, workload.poll, looking, thread::sleep);
    painter.ends();
    (begun, noted)
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

/// All canvases, or the error of the first painter that did not end. With each comes the time at which its painter
/// began.
fn outcome(
    threads: usize,
    wall: Duration,
    ended: Vec<Result<(Duration, Painted), TaskError>>,
) -> Result<PaintOutcome, RunError> {
    let (mut times, mut canvases) = (Vec::new(), Vec::new());
    for (canvas, ended) in ended.into_iter().enumerate() {
        let (begun, painted) =
            ended.map_err(|error| RunError::Task { task: format!("canvas {}", canvas + 1), error })?;
        times.push(painted.painted_at.saturating_sub(begun));
        canvases.push(painted);
    }
    let fastest_painting = times.iter().min().copied().unwrap_or_default();
    Ok(PaintOutcome { threads, wall, painting: times.iter().sum(), fastest_painting, canvases })
}
