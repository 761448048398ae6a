//! Chapter 17: what becomes of the canvases when a workshop closes, in three ways.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::shutdown::draining::{ORDERS, WITH_A_FRESCO, drains, goes_home};
use crate::{Seen, seconds, watch};
use paintdry_generator::EventLoop;
use paintdry_studio::EventKind;
use std::time::Duration;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        364,
        "The bell rings at second 4. If main goes home at once, the sun and the tree are cut off, and the boat and the bird forgotten. \
         If the workshop drains, the sun and the tree are done at second 6, and the boat and the bird are given back. If one of the \
         canvases is a fresco, it is cut off at second 9, when the limit is over.",
    );
    let axis = Axis { x: 62, second: 58, lane: 30 };
    let limit = seconds(5);
    let parts = [
        ("main goes home: boat and bird are forgotten", watch("", goes_home::<EventLoop>())),
        ("drains: boat and bird are given back", watch("", drains::<EventLoop>(ORDERS, limit))),
        ("drains, with a fresco that takes 100 s", watch("", drains::<EventLoop>(WITH_A_FRESCO, limit))),
    ];
    for (y, (title, seen)) in (28..).step_by(100).zip(&parts) {
        part(&mut sketch, &axis, y, title, seen);
    }
    axis.seconds(&mut sketch, 9, 318);
    for (x, class, words) in [(62, "done", "done"), (160, "failed", "cut off")] {
        sketch.frame(x, 332, 24, 18, class);
        sketch.text(x + 32, 346, "dim", words);
    }
    sketch.frame(290, 330, 2, 22, "head");
    sketch.text(302, 346, "dim", "the bell rings");
    sketch.finish()
}

/// One way to close: a lane for each painter, with a box for each canvas.
fn part(sketch: &mut Sketch, axis: &Axis, y: i32, title: &str, seen: &Seen<()>) {
    sketch.text(16, y, "bold", title);
    axis.rules(sketch, 9, (y + 8, y + 72));
    for (y, painter) in (y + 12..).step_by(30).zip(["ada", "bob"]) {
        sketch.text(axis.x - 10, y + 18, "end", painter);
        for (canvas, begun, end, is_done) in canvases(seen, painter) {
            let (from, to) = (axis.at(begun), axis.at(end));
            sketch.frame(from + 1, y, (to - from - 2).max(4), 26, if is_done { "done" } else { "failed" });
            sketch.text(i32::midpoint(from, to), y + 18, "middle", &canvas);
        }
    }
    sketch.frame(axis.at(seconds(4)) - 1, y + 8, 2, 66, "head");
}

/// The canvases that this painter has begun: name, begin, end, and whether it is done.
fn canvases(seen: &Seen<()>, painter: &str) -> Vec<(String, Duration, Duration, bool)> {
    let mut canvases: Vec<(String, Duration, Duration, bool)> = Vec::new();
    for event in seen.events().iter().filter(|event| seen.tasks()[event.task as usize] == painter) {
        let EventKind::Note(text) = &event.what else { continue };
        let at = Duration::from_nanos(event.ns);
        match text.split_once(": ") {
            Some((name, "begun")) => canvases.push((name.to_owned(), at, seen.took(), false)),
            Some((_, "done")) => {
                if let Some((.., end, is_done)) = canvases.last_mut() {
                    (*end, *is_done) = (at, true);
                }
            }
            _ => {}
        }
    }
    canvases
}
