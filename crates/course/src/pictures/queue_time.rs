//! Chapter 11: wall time, polled time and queue time of two tasks.

use super::lanes::{Axis, stretches};
use super::sketch::Sketch;
use crate::chapters::measuring::{beside, in_one_go};
use crate::watch;
use std::time::Duration;

/// The parts of a task's wall time, in the order in which they are drawn.
const PARTS: [(&str, &str); 3] = [("run", "polled"), ("ready", "in the queue"), ("wait", "waiting")];

pub(super) fn draw() -> String {
    let run = watch("", beside(in_one_go())).recorded("", "");
    let mut sketch = Sketch::new(
        720,
        368,
        "A heartbeat beside a task that works for a second in one go. Both are shown in time, and then as sums: wall time is \
         polled time, queue time and waiting time.",
    );
    let axis = Axis { x: 100, second: 196, lane: 40 };
    sketch.text(16, 28, "bold", "In time");
    axis.rules(&mut sketch, 3, (40, 118));
    axis.lanes(&mut sketch, &run, &["work", "heartbeat"], 40);
    axis.seconds(&mut sketch, 3, 138);

    sketch.text(16, 178, "bold", "In sum");
    for (y, task) in (190..).step_by(62).zip(["work", "heartbeat"]) {
        sketch.text(axis.x - 12, y + 21, "end", task);
        let mut from = Duration::ZERO;
        let mut words = Vec::new();
        for (class, name) in PARTS {
            let parts = stretches(&run, task).into_iter().filter(|(part, ..)| *part == class);
            let sum = parts.map(|(_, from, to)| to.saturating_sub(from)).sum::<Duration>();
            if !sum.is_zero() {
                axis.bar(&mut sketch, class, (axis.at(from), axis.at(from + sum)), y);
            }
            words.push(format!("{} s {name}", sum.as_secs_f64()));
            from += sum;
        }
        sketch.text(axis.x, y + 50, "", &format!("{} s wall time = {}", from.as_secs_f64(), words.join(" + ")));
    }
    for (x, (class, name)) in [100, 220, 380].into_iter().zip(PARTS) {
        axis.bar(&mut sketch, class, (x, x + 26), 326);
        sketch.text(x + 34, 347, "dim", name);
    }
    sketch.finish()
}
