//! A card: a group of runs that did the same, with its names, its scene, its lanes and its end.

use super::canvases::{Canvas, canvases};
use super::crowd::{draw_mosaic, draw_shelves, height_of_shelves};
use super::easels::Scene;
use super::finding::{ending, group_name, what_it_does};
use super::lanes::{Lanes, MOST};
use super::pace::Moment;
use super::run::Run;
use super::svg::{number, text};
use super::words::shorten;
use paintdry_studio::RecordedWorkload;
use std::fmt::Write;

/// The columns of a card, from its left edge.
const NAMES: f64 = 16.0;
const SCENE: f64 = 200.0;
const SCENE_WIDTH: f64 = 398.0;
const LANES: f64 = 618.0;
const LANES_WIDTH: f64 = 166.0;
const END: f64 = 846.0;
pub(super) const WIDTH: f64 = 860.0;
/// Between a card's edge and its scene.
const PADDING: f64 = 7.0;
const ERROR: f64 = 24.0;
/// As many letters fit below each other.
const LINE: usize = 25;
const NAME_LINE: usize = 19;

/// What all cards share.
pub(super) struct Stage<'a> {
    pub(super) workload: &'a RecordedWorkload,
    pub(super) runs: &'a [Run<'a>],
    pub(super) skipped: &'a [(u64, u64)],
    /// The end of the axis: nanoseconds, or events if no time passes.
    pub(super) end: f64,
}

/// One group, ready to be drawn at any moment.
#[derive(Debug)]
pub(super) struct Card {
    name: Vec<String>,
    does: Vec<String>,
    /// The number of the run that is drawn.
    pub(super) run: usize,
    canvases: Vec<Canvas>,
    error: Option<String>,
    pub(super) height: f64,
}

impl Card {
    pub(super) fn new(workload: &RecordedWorkload, runs: &[Run<'_>], group: &[usize]) -> Self {
        let run = &runs[group[0]];
        let canvases = if let RecordedWorkload::Paint(job) = workload { canvases(run, job) } else { Vec::new() };
        let tasks = run.tasks().count();
        let scene = match workload {
            RecordedWorkload::Paint(_) if tasks > 7 && tasks <= MOST => 150.0,
            RecordedWorkload::Amap(_) if tasks <= MOST => height_of_shelves(tasks),
            RecordedWorkload::Program { .. } => (tasks.min(MOST) as f64 * 18.0).max(72.0),
            _ => 118.0,
        };
        let error = run.recorded.error.as_deref().map(|error| shorten(error.trim(), 115));
        let name = in_lines(&group_name(runs, group), NAME_LINE);
        let does = in_lines(&what_it_does(workload, run), LINE);
        let inside = scene.max((name.len() * 20 + does.len() * 16) as f64);
        let height = inside + 2.0 * PADDING + if error.is_some() { ERROR } else { 0.0 };
        Self { name, does, run: group[0], canvases, error, height }
    }

    /// Draws it with its upper left corner at the origin.
    pub(super) fn draw(&self, svg: &mut String, stage: &Stage<'_>, moment: Moment) {
        let run = &stage.runs[self.run];
        let (done, ns) = (moment.done(run), moment.ns(run) as f64);
        let is_over = done > 0 && done >= run.size();
        let height = number(self.height);
        let _ = write!(svg, r#"<rect class="card" x=".5" y=".5" width="859" height="{height}" rx="12"/>"#);
        let mut top = PADDING;
        if let Some(error) = &self.error {
            if is_over {
                text(svg, NAMES, 22.0, "bad-text", error);
            }
            top += ERROR;
        }
        let inside = self.height - top - PADDING;
        self.draw_names(svg, top + inside / 2.0);
        let scene = self.draw_scene(stage, (done, ns), inside);
        let _ = write!(svg, r#"<g transform="translate({SCENE} {})">{scene}</g>"#, number(top));
        let are_named = matches!(stage.workload, RecordedWorkload::Program { .. });
        let (left, width) = if are_named { (SCENE, LANES + LANES_WIDTH - SCENE) } else { (LANES, LANES_WIDTH) };
        let _ = write!(svg, r#"<g transform="translate({left} {})">"#, number(top + 10.0));
        let lanes = Lanes { run, end: stage.end, skipped: stage.skipped, moment, are_named };
        lanes.draw(svg, width, inside - 20.0);
        *svg += "</g>";
        if is_over {
            let class = if run.recorded.error.is_none() { "mono end done-text" } else { "mono end bad-text" };
            text(svg, END, top + inside / 2.0 + 7.0, class, &ending(run));
        }
    }

    fn draw_names(&self, svg: &mut String, middle: f64) {
        let mut y = middle - (self.name.len() * 20 + self.does.len() * 16) as f64 / 2.0 + 14.0;
        for line in &self.name {
            text(svg, NAMES, y, "serif name", line);
            y += 20.0;
        }
        for line in &self.does {
            text(svg, NAMES, y, "dim", line);
            y += 16.0;
        }
    }

    fn draw_scene(&self, stage: &Stage<'_>, (done, ns): (usize, f64), height: f64) -> String {
        let run = &stage.runs[self.run];
        let is_crowd = run.tasks().count() > MOST;
        let mut svg = String::new();
        match stage.workload {
            RecordedWorkload::Program { .. } => {}
            _ if is_crowd => draw_mosaic(&mut svg, run, &self.canvases, (done, ns), (SCENE_WIDTH, height)),
            RecordedWorkload::Amap(job) => draw_shelves(&mut svg, run, job.items, done, SCENE_WIDTH, height),
            RecordedWorkload::Paint(job) => {
                let drying = job.drying.as_nanos() as f64;
                let scene = Scene { run, canvases: &self.canvases, drying, done, ns };
                scene.draw(&mut svg, SCENE_WIDTH, height);
            }
        }
        svg
    }
}

/// At most three lines of about so many characters, because a file of text cannot know how wide its letters will be.
fn in_lines(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(shorten(word, width)),
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2].push('…');
    }
    lines
}
