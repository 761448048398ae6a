//! Chapter 13: two full channels in a circle, and what a buffer does with a stream of futures.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::channels::buffered::{DRYINGS, as_they_dry, given, in_order};
use crate::{Seen, watch};
use std::time::Duration;

/// Each side waits for room in a channel that only the other side empties.
pub(super) fn deadlock() -> String {
    let mut sketch = Sketch::new(
        720,
        236,
        "A circle. Main waits for room in the channel of the orders, which holds orders 4 and 5. Only the painter empties it. The \
         painter holds canvas 3, and waits for room in the channel of the canvases, which holds canvases 1 and 2. Only main empties \
         it, and main does not before it has sent order 6.",
    );
    sketch.labelled(24, 102, 110, "wait", "main");
    sketch.labelled(586, 102, 110, "wait", "painter");
    channel(&mut sketch, 40, "orders", ["5", "4"]);
    channel(&mut sketch, 164, "canvases", ["1", "2"]);
    sketch.path("M79 100L79 55L286 55", "line dash");
    sketch.text(92, 46, "t-wait bold", "order 6 waits for room");
    sketch.path("M430 55L641 55L641 100", "line dash");
    sketch.text(446, 46, "dim", "takes no order now");
    sketch.path("M641 134L641 179L434 179", "line dash");
    sketch.text(446, 200, "t-wait bold", "canvas 3 waits for room");
    sketch.path("M290 179L79 179L79 134", "line dash");
    sketch.text(92, 200, "dim", "takes no canvas now");
    sketch.finish()
}

/// A channel with room for two messages, and both.
fn channel(sketch: &mut Sketch, y: i32, name: &str, messages: [&str; 2]) {
    for (x, message) in [(292, messages[0]), (360, messages[1])] {
        sketch.labelled(x, y, 66, "ready", message);
    }
    sketch.text(359, if y < 100 { y - 10 } else { y + 50 }, "middle bold", name);
}

/// The same canvases in `buffered` and in `buffer_unordered`: when each dries, and when the stream gives it.
pub(super) fn buffered() -> String {
    let mut sketch = Sketch::new(
        720,
        346,
        "Four canvases on two racks. With buffered, the sea is dry at 1 s and keeps its rack until the stream gives it, after the \
         sky, at 3 s. The last canvas comes at 5 s. With buffer_unordered, each canvas comes when it is dry, and the last at 4 s.",
    );
    let axis = Axis { x: 84, second: 110, lane: 26 };
    part(&mut sketch, &axis, 28, "buffered(2): in the order of the futures", watch("", given(in_order())));
    part(&mut sketch, &axis, 168, "buffer_unordered(2): as they are ready", watch("", given(as_they_dry())));
    axis.seconds(&mut sketch, 5, 304);
    for (x, class, words) in
        [(84, "wait", "dries"), (180, "ready", "is dry, and keeps its rack"), (420, "done", "is given")]
    {
        axis.bar(&mut sketch, class, (x, x + if class == "done" { 6 } else { 26 }), 318);
        sketch.text(x + 34, 331, "dim", words);
    }
    sketch.finish()
}

/// One of the two: a lane for each canvas.
fn part(sketch: &mut Sketch, axis: &Axis, y: i32, title: &str, seen: Seen<Vec<(&'static str, Duration)>>) {
    let time = |name: &str, what: &str| seen.times_of(&format!("{name}: {what}")).first().copied().unwrap_or_default();
    let dryings = DRYINGS.map(|(name, _)| (name, time(name, "dries"), time(name, "dry")));
    let given = seen.result();
    sketch.text(16, y, "bold", title);
    axis.rules(sketch, 5, (y + 8, y + 118));
    for (y, (name, begin, dry)) in (y + 14..).step_by(26).zip(dryings) {
        let at = given.iter().find(|(given, _)| *given == name).map_or(dry, |(_, at)| *at);
        let [begin, dry, at] = [begin, dry, at].map(|time| axis.at(time));
        sketch.text(axis.x - 12, y + 14, "end", name);
        axis.bar(sketch, "wait", (begin, dry), y);
        if at > dry {
            axis.bar(sketch, "ready", (dry, at), y);
        }
        axis.bar(sketch, "done", (at - 6, at), y);
    }
}
