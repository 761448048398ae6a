//! Chapter 10: a scope that owns three tasks. One of them fails.

use super::lanes::{Axis, stretches};
use super::sketch::Sketch;
use crate::chapters::cancellation::scope::scope;
use crate::{milliseconds, watch};

pub(super) fn draw() -> String {
    let run = watch("", scope()).recorded("", "");
    let mut sketch = Sketch::new(
        720,
        298,
        "A scope owns the tasks sea, sky and sun. Sea fails at 1 s, and puts its cart away until 1.3 s. Then the scope cancels \
         sky and sun. Each takes 0.3 s to put its cart away, one after the other, and the scope ends last.",
    );
    let axis = Axis { x: 104, second: 270, lane: 38 };
    for time in [0, 1_000, 1_300, 1_600, 1_900] {
        let x = axis.at(milliseconds(time));
        sketch.rule((x, 198), (x, 210));
        sketch.text(x, 228, "middle dim", &format!("{} s", milliseconds(time).as_secs_f64()));
    }

    sketch.text(axis.x - 12, 74, "bold end", "scope");
    for (class, from, to) in stretches(&run, "main").into_iter().filter(|(_, from, to)| to > from) {
        axis.bar(&mut sketch, class, (axis.at(from), axis.at(to)), 54);
    }
    axis.lanes(&mut sketch, &run, &["sea", "sky", "sun"], 92);
    for y in [107, 145, 183] {
        sketch.path(&format!("M46 82L28 82L28 {y}L58 {y}"), "line");
    }
    let at = |time| axis.at(milliseconds(time));
    sketch.text(at(1_300), 30, "middle bold", "the scope cancels sky and sun");
    for (from, to) in [(38, 129), (130, 167)] {
        sketch.arrow((at(1_300), from), (at(1_300), to));
    }
    sketch.text(at(1_300) + 8, 112, "t-failed bold", "failed at 1 s");
    sketch.text(at(1_600) + 8, 150, "", "cancelled");
    sketch.text(at(1_900) + 8, 188, "", "cancelled");
    sketch.text(at(1_900) + 8, 74, "bold", "ends last");
    for (x, class, words) in
        [(60, "wait", "waits"), (180, "ready", "in the queue"), (340, "run", "puts its cart away (0.3 s)")]
    {
        axis.bar(&mut sketch, class, (x, x + 26), 250);
        sketch.text(x + 34, 270, "dim", words);
    }
    sketch.finish()
}
