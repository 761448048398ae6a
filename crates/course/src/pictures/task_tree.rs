//! Chapter 10: a scope that owns three tasks, of which one fails.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::cancellation::scope::scope;
use crate::{milliseconds, watch};

pub(super) fn draw() -> String {
    let run = watch("", scope()).recorded("", "");
    let mut sketch = Sketch::new(
        720,
        270,
        "A scope owns the tasks sea, sky and sun. Sea fails after one second. The scope cancels sky and sun, waits until their \
         destructors have run, and ends last.",
    );
    let axis = Axis { x: 120, second: 260, lane: 38 };
    axis.rules(&mut sketch, 2, (24, 196));
    axis.seconds(&mut sketch, 2, 216);
    axis.lanes(&mut sketch, &run, &["main", "sea", "sky", "sun"], 32);
    for y in [85, 123, 161] {
        sketch.path(&format!("M40 66L40 {y}L72 {y}"), "line");
    }
    sketch.text(16, 58, "bold", "scope:");
    let at = |time| axis.at(milliseconds(time));
    sketch.text(at(1_320), 92, "t-failed bold", "fails at 1 s, ends at 1.3 s");
    sketch.text(at(1_620), 130, "bold", "cancelled");
    sketch.text(at(1_920), 168, "bold", "cancelled");
    sketch.text(at(1_920), 54, "bold", "ends last");
    for (x, class, words) in
        [(60, "wait", "waits"), (180, "ready", "in the queue"), (340, "run", "runs its destructor")]
    {
        axis.bar(&mut sketch, class, (x, x + 26), 232);
        sketch.text(x + 34, 250, "dim", words);
    }
    sketch.finish()
}
