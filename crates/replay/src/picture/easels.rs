//! The scene of `paint`: a canvas on its easel for each task, and a painter for each thread.

use super::art;
use super::canvases::{Canvas, Look};
use super::run::{Run, State};
use super::svg::{number, rectangle, text};
use super::words::{shorten, task_name};
use std::fmt::Write;

/// Of one canvas with its painter. A scene is drawn in these units, and scaled into its box.
const CELL: (f64, f64) = (168.0, 148.0);
const LEFT: f64 = 10.0;
const PAINTER: f64 = 130.0;
/// A row has at most this many cells; the fewest keeps a single one from filling the card.
const CELLS_A_ROW: usize = 7;
const FEWEST_CELLS: usize = 3;

pub(super) struct Scene<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) canvases: &'a [Canvas],
    pub(super) drying: f64,
    pub(super) done: usize,
    pub(super) ns: f64,
}

impl Scene<'_> {
    /// Draws it into a box of this size.
    pub(super) fn draw(&self, svg: &mut String, width: f64, height: f64) {
        let rows = self.canvases.len().div_ceil(CELLS_A_ROW).max(1);
        let across = self.canvases.len().div_ceil(rows).max(FEWEST_CELLS);
        let scale = (width / (across as f64 * CELL.0)).min(height / (rows as f64 * CELL.1));
        let top = (height - rows as f64 * CELL.1 * scale) / 2.0;
        let _ = write!(svg, r#"<g transform="translate(0 {}) scale({scale:.4})">"#, number(top));
        let place = |at: usize| ((at % across) as f64 * CELL.0, (at / across) as f64 * CELL.1);
        for at in 0..self.canvases.len() {
            self.draw_easel(svg, at, place(at), across > 5);
        }
        for (at, thread) in self.run.painters.iter().enumerate() {
            self.draw_painter(svg, *thread, at, place);
        }
        *svg += "</g>";
    }

    fn draw_easel(&self, svg: &mut String, at: usize, (x, y): (f64, f64), is_small: bool) {
        let canvas = &self.canvases[at];
        let seen = canvas.appearance(self.run, self.done, self.ns);
        let look = match seen.look {
            Look::Blank => "frame",
            Look::Ready => "frame of-ready",
            Look::Painting => "frame of-painting",
            Look::Wet => "frame of-wet",
            Look::Dry => "frame of-dry",
            Look::Failed => "frame of-failed",
        };
        let _ = write!(svg, r#"<g transform="translate({} {})">"#, number(x + LEFT), number(y + 8.0));
        *svg += r#"<path class="wood" d="M18 72L2 108M82 72L98 108M50 72V104"/>"#;
        let ledge = rectangle(-6.0, art::HEIGHT + 1.0, art::WIDTH + 12.0, 5.0);
        let blank = rectangle(0.0, 0.0, art::WIDTH, art::HEIGHT);
        let _ = write!(
            svg,
            r#"<path class="ledge" d="{ledge}"/><g clip-path="url(#art)"><path class="blank" d="{blank}"/>"#
        );
        let _ = write!(svg, r#"<g class="strokes">{}</g>"#, art::strokes(at, seen.painted));
        if seen.wet > 0.0 {
            let opacity = number(0.8 * seen.wet);
            let gloss = "M-10 60L60-14H84L14 84H-10ZM72 78L112 34V48L86 78Z";
            let _ = write!(svg, r#"<path class="gloss" fill-opacity="{opacity}" d="{gloss}"/>"#);
        }
        let _ = write!(svg, r#"</g><rect class="{look}" x="-1.5" y="-1.5" width="103" height="73" rx="3"/>"#);
        let name = task_name(self.run.recorded, canvas.task);
        if is_small {
            let short = name.rsplit(' ').next().unwrap_or_default();
            text(svg, 50.0, 128.0, "middle small", &shorten(short, 6));
        } else {
            text(svg, 50.0, 122.0, "middle label", &shorten(&name, 18));
            text(svg, 50.0, 139.0, "middle label dim", &seen.words(self.drying));
        }
        *svg += "</g>";
    }

    /// Two painters who stand at one canvas stand side by side.
    fn draw_painter(
        &self,
        svg: &mut String,
        thread: u32,
        number_of_painter: usize,
        place: impl Fn(usize) -> (f64, f64),
    ) {
        let own = |stretch: &&super::run::Stretch| stretch.thread == Some(thread) && !self.run.is_helper(stretch.task);
        let begun = self.run.stretches.partition_point(|stretch| stretch.from < self.done);
        let last = self.run.stretches[..begun].iter().rev().find(own);
        let at = last.and_then(|last| self.canvases.iter().position(|canvas| canvas.task == last.task)).unwrap_or(0);
        let state = last.filter(|last| last.to >= self.done).map(|last| last.state);
        let looks_like = self.canvases.get(at).map(|canvas| canvas.appearance(self.run, self.done, self.ns).look);
        let shift = if last.is_none() { number_of_painter * 14 } else { number_of_painter % 3 * 5 };
        let (x, y) = place(at);
        let (x, y) = (number(x + LEFT + PAINTER - 5.0 + shift as f64), number(y + 54.0));
        let class = if state.is_none() { r#" class="idle""# } else { "" };
        let _ = write!(svg, r#"<g transform="translate({x} {y})"{class}><circle r="9" class="ink"/>"#);
        *svg += r#"<path class="ink" d="M-9 34q0-22 9-22q9 0 9 22z"/>"#;
        if state == Some(State::Running) && looks_like == Some(Look::Painting) {
            // The arm goes up and down while the picture grows.
            let seen = self.canvases[at].appearance(self.run, self.done, self.ns);
            let lift = 7.0 * (seen.painted * 40.0).sin().abs();
            let _ = write!(
                svg,
                r#"<g transform="translate(0 {})"><path class="arm" d="M4 18L-20 7"/><path class="brush" d="M-20 7L-32 2"/></g>"#,
                number(lift)
            );
        } else {
            *svg += r#"<path class="arm" d="M-2 18L-6 34"/>"#;
        }
        if state == Some(State::Blocking) {
            text(svg, 0.0, -14.0, "middle label dim", "waits");
        }
        *svg += "</g>";
    }
}
