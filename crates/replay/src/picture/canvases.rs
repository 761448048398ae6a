//! What happened to each canvas of a run of `paint`, and what it looks like at a moment.

use super::run::{Run, State};
use super::words::unit_for;
use paintdry_studio::{EventKind, PaintWorkload};

/// A canvas of a task, with the events at which it was begun, painted and found dry.
#[derive(Debug)]
pub(super) struct Canvas {
    pub(super) task: usize,
    begins: Option<usize>,
    pub(super) painted: Option<usize>,
    dry: Option<usize>,
    begins_ns: f64,
    painted_ns: f64,
    dry_ns: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Blank,
    Ready,
    Painting,
    Wet,
    Dry,
    Failed,
}

/// How a canvas looks: the share that is painted, how wet it is (1 just painted, 0 dry), and how long it has to dry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Appearance {
    pub(super) look: Look,
    pub(super) painted: f64,
    pub(super) wet: f64,
    left: f64,
    /// Its task is ready to look whether it is dry, and its painter is busy.
    wants_a_look: bool,
}

/// The canvases of a run, one for each task that paints.
pub(super) fn canvases(run: &Run<'_>, job: &PaintWorkload) -> Vec<Canvas> {
    let mut canvases: Vec<_> = (0..run.recorded.tasks.len()).map(Canvas::blank).collect();
    for (number, event) in run.recorded.events.iter().enumerate() {
        let canvas = &mut canvases[event.task as usize];
        let ends_painting = {
            use EventKind::{Block, Complete, Pending, Timer, Yield};
            matches!(event.what, Timer { .. } | Block | Pending | Yield | Complete)
        };
        // A task paints in its first poll, until it first waits, blocks, yields or ends.
        if matches!(event.what, EventKind::Poll { .. }) && canvas.begins.is_none() {
            (canvas.begins, canvas.begins_ns) = (Some(number), event.ns as f64);
        }
        if ends_painting && canvas.begins.is_some() && canvas.painted.is_none() {
            (canvas.painted, canvas.painted_ns) = (Some(number), event.ns as f64);
            canvas.dry_ns = canvas.painted_ns + job.drying.as_nanos() as f64;
        }
        if event.what == EventKind::Complete {
            canvas.dry = Some(number);
        }
    }
    canvases.into_iter().filter(|canvas| !run.is_helper(canvas.task)).collect()
}

impl Canvas {
    fn blank(task: usize) -> Self {
        let never = f64::INFINITY;
        Self { task, begins: None, painted: None, dry: None, begins_ns: never, painted_ns: never, dry_ns: never }
    }

    pub(super) fn appearance(&self, run: &Run<'_>, done: usize, ns: f64) -> Appearance {
        let has = |event: Option<usize>| event.is_some_and(|event| event < done);
        let seen = |look, painted| Appearance { look, painted, wet: 0.0, left: 0.0, wants_a_look: false };
        let painted = if has(self.painted) { 1.0 } else { 0.0 };
        if !has(self.begins) {
            return seen(if run.state(self.task, done) == State::Ready { Look::Ready } else { Look::Blank }, 0.0);
        }
        if has(self.dry) {
            return seen(Look::Dry, 1.0);
        }
        if run.end(self.task, done).is_some_and(|(_, is_good)| !is_good) {
            return seen(Look::Failed, painted);
        }
        if painted == 0.0 {
            let length = self.painted_ns - self.begins_ns;
            let is_known = length > 0.0 && length.is_finite();
            return seen(Look::Painting, if is_known { ((ns - self.begins_ns) / length).clamp(0.0, 1.0) } else { 0.0 });
        }
        let (left, drying) = ((self.dry_ns - ns).max(0.0), self.dry_ns - self.painted_ns);
        let wants_a_look = run.state(self.task, done) == State::Ready;
        Appearance { look: Look::Wet, painted, wet: if drying > 0.0 { left / drying } else { 0.0 }, left, wants_a_look }
    }
}

impl Appearance {
    /// What the label below the canvas says about it. `drying` is how long any canvas dries.
    pub(super) fn words(&self, drying: f64) -> String {
        let (size, name) = unit_for(drying);
        match self.look {
            Look::Blank => "not begun".to_owned(),
            Look::Ready => "ready".to_owned(),
            Look::Painting => "being painted".to_owned(),
            Look::Wet if self.wants_a_look => {
                (if self.left > 0.0 { "wet, wants a look" } else { "dry, wants a look" }).to_owned()
            }
            Look::Wet if self.left > 0.0 => format!("dry in {:.1}\u{a0}{name}", self.left / size),
            Look::Wet => "dry, unseen".to_owned(),
            Look::Dry => "dry".to_owned(),
            Look::Failed => "failed".to_owned(),
        }
    }
}
