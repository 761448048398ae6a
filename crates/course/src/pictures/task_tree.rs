//! Chapter 10: a scope that owns three tasks. One of them fails.

use super::lanes::{Axis, stretches};
use super::sketch::Sketch;
use crate::chapters::cancellation::scope::scope;
use crate::{milliseconds, watch};
use std::time::Duration;

pub(super) fn draw() -> String {
    let run = watch("", scope()).recorded("", "");
    let mut sketch = Sketch::new(
        720,
        270,
        "A scope owns the tasks sea, sky and sun. Sea fails after one second. The scope cancels sky and sun, waits until their \
         destructors have run, and ends last.",
    );
    let axis = Axis { x: 104, second: 270, lane: 38 };
    let end = axis.at(Duration::from_nanos(run.wall_ns));
    axis.rules(&mut sketch, 1, (24, 184));
    sketch.rule((end, 24), (end, 184));
    axis.seconds(&mut sketch, 1, 204);
    sketch.text(end, 204, "middle dim", &format!("{} s", Duration::from_nanos(run.wall_ns).as_secs_f64()));

    sketch.text(axis.x - 12, 52, "bold end", "scope");
    for (class, from, to) in stretches(&run, "main") {
        axis.bar(&mut sketch, class, (axis.at(from), axis.at(to)), 32);
    }
    axis.lanes(&mut sketch, &run, &["sea", "sky", "sun"], 70);
    for y in [85, 123, 161] {
        sketch.path(&format!("M46 60L28 60L28 {y}L58 {y}"), "line");
    }
    let after = |time| axis.at(milliseconds(time)) + 8;
    sketch.text(after(1_300), 90, "t-failed bold", "fails at 1 s");
    sketch.text(after(1_600), 128, "", "cancelled");
    sketch.text(after(1_900), 166, "", "cancelled");
    sketch.text(after(1_900), 52, "bold", "ends last");
    for (x, class, words) in
        [(60, "wait", "waits"), (180, "ready", "in the queue"), (340, "run", "runs its destructor")]
    {
        axis.bar(&mut sketch, class, (x, x + 26), 224);
        sketch.text(x + 34, 244, "dim", words);
    }
    sketch.finish()
}
