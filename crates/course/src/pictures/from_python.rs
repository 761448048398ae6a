//! From Python: three canvases that are painted in a moment, blocking and async, drawn from a run of core's two painters.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::from_python::{NAMES, POLL};
use crate::{DRYING, gather, milliseconds, now, sleep, sleep_blocking, watch, watch_blocking, work};
use paintdry_core::{Canvas, Painted, paint, paint_blocking};
use std::time::Duration;

/// What Python needs for the strokes, about.
const PAINTING: Duration = milliseconds(30);

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        308,
        "Three canvases on one thread. Blocking, the painter waits beside each, and they dry one after another: 6 seconds. \
         Async, they dry at the same time: 2 seconds.",
    );
    let axis = Axis { x: 62, second: 94, lane: 24 };
    axis.seconds(&mut sketch, 6, 234);
    let blocking = watch_blocking("", one_after_another);
    way(&mut sketch, &axis, 24, ("Blocking: one after another", "hold"), &blocking.result());
    let with_async = watch("", at_the_same_time());
    way(&mut sketch, &axis, 128, ("Async: all three at the same time, on one thread", "wait"), &with_async.result());
    for (x, width, class, words) in [
        (62, 4, "run", "is painted"),
        (178, 26, "hold", "dries, the thread waits"),
        (408, 26, "wait", "dries, the thread is free"),
    ] {
        axis.bar(&mut sketch, class, (x, x + width), 270);
        sketch.text(x + width + 8, 283, "dim", words);
    }
    sketch.finish()
}

fn one_after_another() -> Vec<Painted> {
    let paint = |_| {
        work(PAINTING);
        paint_blocking(Canvas::new(DRYING), 0, POLL, now, sleep_blocking)
    };
    NAMES.map(paint).into()
}

async fn at_the_same_time() -> Vec<Painted> {
    let painters = NAMES.map(|_| async {
        work(PAINTING);
        paint(Canvas::new(DRYING), 0, POLL, now, sleep).await
    });
    gather(painters).await
}

/// One way to paint them: a title, and a lane for each canvas.
fn way(sketch: &mut Sketch, axis: &Axis, y: i32, (title, waiting): (&str, &str), canvases: &[Painted]) {
    sketch.text(16, y + 4, "bold", title);
    axis.rules(sketch, 6, (y + 10, y + 14 + 24 * 3 - 4));
    let mut end = 0;
    for ((y, name), canvas) in (y + 14..).step_by(24).zip(NAMES).zip(canvases) {
        sketch.text(axis.x - 12, y + 13, "end", name);
        let begun = canvas.painted_at.saturating_sub(PAINTING);
        axis.bar(sketch, waiting, (axis.at(canvas.painted_at), axis.at(canvas.dry_at)), y);
        axis.bar(sketch, "run", (axis.at(begun), axis.at(canvas.painted_at) + 1), y);
        end = axis.at(canvas.dry_at);
    }
    let took = canvases.iter().map(|canvas| canvas.dry_at.as_secs()).max().unwrap_or_default();
    sketch.text(end + 10, y + 14 + 24 * 2 + 13, "bold", &format!("{took} s"));
}
