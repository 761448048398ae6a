//! The scenes of many small things: the items of `amap`, and a mosaic for a crowd of tasks.

use super::art;
use super::canvases::{Canvas, Look};
use super::run::{Run, State};
use super::svg::{number, rectangle, text};
use super::words::{shorten, task_name};
use std::collections::BTreeMap;
use std::fmt::Write;

const ITEMS_DRAWN: usize = 60;
/// From more tasks than this, only some are drawn.
const CELLS_DRAWN: usize = 2_000;

/// The height of the shelves of so many tasks.
pub(super) fn height_of_shelves(tasks: usize) -> f64 {
    (tasks as f64 * 26.0).clamp(78.0, 182.0)
}

/// A shelf for each task, whose items fill one by one.
pub(super) fn draw_shelves(svg: &mut String, run: &Run<'_>, items: u64, done: usize, width: f64, height: f64) {
    let row = height / run.tasks().count().max(1) as f64;
    let boxes = usize::try_from(items).unwrap_or(usize::MAX).clamp(1, ITEMS_DRAWN);
    let (left, size) = (70.0, (row - 5.0).min(24.0));
    let step = ((width - left) / boxes as f64).min(36.0);
    for (at, task) in run.tasks().enumerate() {
        let y = (at as f64 + 0.5) * row - size / 2.0;
        text(svg, left - 10.0, y + size / 2.0 + 4.5, "end", &shorten(&task_name(run.recorded, task), 9));
        let full = (share_done(run, task, done) * boxes as f64).round() as usize;
        let is_busy = matches!(run.state(task, done), State::Running | State::Blocking);
        let now = is_busy.then(|| full.saturating_sub(1));
        for item in 0..boxes {
            let class = if now == Some(item) {
                "run"
            } else if item < full {
                "done"
            } else {
                "item"
            };
            let (x, y) = (number(left + item as f64 * step), number(y));
            let (width, size) = (number((step - 4.0).max(1.5)), number(size));
            let _ = write!(svg, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{size}" rx="3"/>"#);
        }
        if let Some(item) = now {
            let (x, y) = (number(left + item as f64 * step + (step - 4.0) / 2.0), number(y + size / 2.0));
            let _ = write!(svg, r#"<circle class="hand" cx="{x}" cy="{y}" r="5"/>"#);
        }
    }
}

/// A task comes to its lines once for each item, so its place among them tells how many items it has done.
fn share_done(run: &Run<'_>, task: usize, done: usize) -> f64 {
    if run.state(task, done) == State::Done {
        return 1.0;
    }
    let lines = &run.lines[task];
    lines.partition_point(|line| *line < done) as f64 / lines.len().max(1) as f64
}

/// A cell for each task, with its state as its look.
pub(super) fn draw_mosaic(
    svg: &mut String,
    run: &Run<'_>,
    canvases: &[Canvas],
    (done, ns): (usize, f64),
    (width, height): (f64, f64),
) {
    let tasks: Vec<_> = run.tasks().collect();
    let tasks: Vec<_> = tasks.iter().step_by(tasks.len().div_ceil(CELLS_DRAWN).max(1)).collect();
    let fits = |cell: f64| (width / cell).floor() * (height / cell).floor() >= tasks.len() as f64;
    let mut cell = 28.0;
    while cell > 2.0 && !fits(cell) {
        cell -= 0.5;
    }
    let across = (width / cell) as usize;
    let size = cell - if cell > 6.0 { 1.5 } else { 0.5 };
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    let mut gloss = String::new();
    for (at, task) in tasks.iter().enumerate() {
        let (x, y) = ((at % across) as f64 * cell, (at / across) as f64 * cell);
        let canvas = canvases.binary_search_by_key(*task, |canvas| canvas.task).ok().map(|at| &canvases[at]);
        let fill = match run.state(**task, done) {
            State::Absent => "#ddd4c2",
            State::Ready => "#a86a12",
            State::Running | State::Blocking => "#bd4a32",
            State::Waiting => "#3a76a4",
            State::Done if canvas.is_some() => art::colour(at),
            State::Done => "#507f36",
        };
        paths.entry(fill).or_default().push_str(&rectangle(x, y, size, size));
        let seen = canvas.map(|canvas| canvas.appearance(run, done, ns)).filter(|seen| seen.look == Look::Wet);
        if let Some(seen) = seen {
            let (opacity, top) = (number(0.1 + 0.6 * seen.wet), rectangle(x, y, size, size / 2.0));
            let _ = write!(gloss, r##"<path fill="#fff" fill-opacity="{opacity}" d="{top}"/>"##);
        }
    }
    for (fill, path) in paths {
        let _ = write!(svg, r#"<path fill="{fill}" d="{path}"/>"#);
    }
    *svg += &gloss;
}
