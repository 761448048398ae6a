//! The job `paint`, watched.

use super::sources::{PAINT, PAINT_BLOCKING, PaintLines};
use super::{WatchedJob, WatchedOutcome};
use crate::canvas_states::Painter;
use crate::outcome::Outcome;
use crate::paint::{Ended, PaintingTimer, outcome};
use crate::threads::gather_threads;
use crate::{PaintWorkload, RunError};
use paintdry_core::{Canvas, Painted, Runtime, gather, paint_blocking};
use paintdry_studio::{Clock, Studio, WatchedRun, at_line, name_task, now, sleep_blocking, work};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

/// What one painter needs.
#[derive(Clone, Copy)]
struct Setup {
    workload: PaintWorkload,
    lines: PaintLines,
    /// The strokes that are really made: none in virtual time, where a stroke costs what `--stroke-cost` says.
    strokes: u64,
    cost: Option<Duration>,
}

impl Setup {
    fn new(workload: &PaintWorkload, clock: Clock, source: &str) -> Self {
        let (strokes, cost) = match clock {
            Clock::Real => (workload.strokes, None),
            Clock::Virtual => (0, Some(workload.painting_cost())),
        };
        Self { workload: *workload, lines: PaintLines::of(source), strokes, cost }
    }

    fn canvas(&self) -> Canvas {
        Canvas::new(self.workload.drying)
    }
}

/// The clock of a painter, who reads it after the last stroke and at each look.
struct Looking<'a> {
    setup: Setup,
    painter: &'a Painter,
    timer: PaintingTimer,
    has_painted: AtomicBool,
}

impl<'a> Looking<'a> {
    fn begin(setup: Setup, painter: &'a Painter) -> Self {
        painter.begins();
        at_line(setup.lines.painting);
        Self { setup, painter, timer: PaintingTimer::begin(), has_painted: AtomicBool::new(false) }
    }

    fn now(&self) -> Duration {
        if self.has_painted.swap(true, Relaxed) {
            at_line(self.setup.lines.looking);
        } else {
            self.setup.cost.into_iter().for_each(work);
        }
        self.timer.ends_here();
        self.painter.looks();
        now()
    }

    fn end(&self, noted: Painted) -> (Duration, Painted) {
        self.painter.ends();
        (self.setup.cost.unwrap_or_else(|| self.timer.ends_here()), noted)
    }
}

pub(super) fn on_runtime<R: Runtime>(workload: &PaintWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let studio = job.watching.studio::<R>();
    let threads = studio.threads();
    let setup = Setup::new(workload, job.watching.clock, PAINT);
    let painters = (0..workload.canvases).map(|canvas| {
        let painter = Painter::new(job.states, canvas);
        async move {
            name_task(&name(canvas));
            let looking = Looking::begin(setup, &painter);
            let sleep = move |duration| {
                at_line(setup.lines.sleeping);
                Studio::<R>::sleep(duration)
            };
            let look = || looking.now();
            let noted = paintdry_core::paint(setup.canvas(), setup.strokes, setup.workload.poll, look, sleep).await;
            looking.end(noted)
        }
    });
    let WatchedRun { result, wall, tasks, events, resources } = studio.run(gather::<Studio<R>, _>(painters));
    let watched = WatchedRun { result: Ok(()), wall, tasks, events, resources };
    let outcome = match result {
        Ok(ended) => outcome(threads, wall, ended).map(Outcome::Paint),
        Err(stalled) => Err(RunError::Stalled(stalled)),
    };
    WatchedOutcome { outcome, threads, source: PAINT, watched }
}

/// The painter of the functions that block their thread.
fn paint_and_wait(setup: Setup, painter: &Painter) -> (Duration, Painted) {
    let looking = Looking::begin(setup, painter);
    let sleep = |duration| {
        at_line(setup.lines.sleeping);
        sleep_blocking(duration);
    };
    let noted = paint_blocking(setup.canvas(), setup.strokes, setup.workload.poll, || looking.now(), sleep);
    looking.end(noted)
}

pub(super) fn blocking(workload: &PaintWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let setup = Setup::new(workload, job.watching.clock, PAINT_BLOCKING);
    let studio = job.watching.blocking_studio(1);
    let canvases = 0..workload.canvases;
    let paint = |canvas| studio.task(&name(canvas)).run(|| paint_and_wait(setup, &Painter::new(job.states, canvas)));
    let ended = canvases.map(paint).collect();
    seen(1, studio.end(), Ok(ended))
}

pub(super) fn on_threads(workload: &PaintWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let setup = Setup::new(workload, job.watching.clock, PAINT_BLOCKING);
    let studio = job.watching.blocking_studio(workload.canvases);
    // All are announced before the first begins: until each has begun, virtual time does not move.
    let tasks: Vec<_> = (0..workload.canvases).map(|canvas| studio.task(&name(canvas))).collect();
    let painters = tasks.into_iter().enumerate().map(|(canvas, task)| {
        let painter = Painter::new(job.states, canvas);
        move || task.run(|| paint_and_wait(setup, &painter))
    });
    let ended =
        gather_threads(painters).map(|ended| ended.into_iter().map(|ended| ended.and_then(|ended| ended)).collect());
    seen(workload.canvases, studio.end(), ended)
}

fn seen(threads: usize, watched: WatchedRun<()>, ended: Result<Vec<Ended>, RunError>) -> WatchedOutcome {
    let outcome = ended.and_then(|ended| outcome(threads, watched.wall, ended)).map(Outcome::Paint);
    WatchedOutcome { outcome, threads, source: PAINT_BLOCKING, watched }
}

fn name(canvas: usize) -> String {
    format!("canvas {}", canvas + 1)
}
