//! Chapter 1: three canvases, three ways, on one axis.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::blocking::{NAMES, a_thread_each, one_after_another};
use crate::{Canvas, DRYING, PAINTING, Seen, gather, watch, watch_blocking};

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        410,
        "Three canvases. One painter who waits in front of each: 9 seconds. A painter each: 3 seconds. \
         One painter who paints another while one dries: 5 seconds.",
    );
    let axis = Axis { x: 62, second: 64, lane: 24 };
    axis.seconds(&mut sketch, 9, 340);
    let ways = [
        ("One painter, who waits in front of each canvas", "hold", watch_blocking("", one_after_another)),
        ("Three painters", "hold", watch_blocking("", a_thread_each)),
        ("One painter, who paints another while one dries", "wait", watch("", taking_turns())),
    ];
    for (y, (title, waiting, seen)) in (24..).step_by(104).zip(ways) {
        way(&mut sketch, &axis, y, (title, waiting), &seen);
    }
    for (x, class, words) in
        [(62, "run", "is painted"), (186, "hold", "dries, a painter waits"), (390, "wait", "dries")]
    {
        axis.bar(&mut sketch, class, (x, x + 26), 376);
        sketch.text(x + 34, 389, "dim", words);
    }
    axis.bar(&mut sketch, "done", (490, 493), 376);
    sketch.text(501, 389, "dim", "is dry");
    sketch.finish()
}

/// What the next chapters arrive at.
async fn taking_turns() {
    let paintings = NAMES.map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    });
    gather(paintings).await;
}

/// One way to paint them: a title, and a lane for each canvas.
fn way(sketch: &mut Sketch, axis: &Axis, y: i32, (title, waiting): (&str, &str), seen: &Seen<()>) {
    sketch.text(16, y + 4, "bold", title);
    axis.rules(sketch, 9, (y + 10, y + 14 + 24 * 3 - 4));
    for (lane, name) in (y + 14..).step_by(24).zip(NAMES) {
        sketch.text(axis.x - 12, lane + 13, "end", name);
        let painted = seen.times_of(&format!("{name}: painted"))[0];
        let seen_dry = seen.times_of(&format!("{name}: dry"))[0];
        axis.bar(sketch, "run", (axis.at(painted.saturating_sub(PAINTING)), axis.at(painted)), lane);
        axis.bar(sketch, waiting, (axis.at(painted), axis.at(painted + DRYING)), lane);
        axis.bar(sketch, "done", (axis.at(seen_dry) - 3, axis.at(seen_dry)), lane);
    }
    let end = axis.at(seen.took());
    sketch.text(end + 10, y + 14 + 24 * 2 + 13, "bold", &format!("{} s", seen.took().as_secs()));
}
