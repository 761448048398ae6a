//! Chapter 5: a promise is fulfilled, broken or forgotten.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::promises::{broken, forgotten, fulfilled};
use crate::watch;
use paintdry_studio::RecordedRun;
use std::time::Duration;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        376,
        "Three runs of the tasks sky and main. Fulfilled: sky ends at second 3 and sends the value, and main gets Ok. Broken: sky \
         returns at second 1 and drops the promise, and main gets an error at second 1. Forgotten: sky ends at second 3, the \
         promise is neither sent nor dropped, and main waits for ever.",
    );
    let axis = Axis { x: 78, second: 90, lane: 26 };
    let ways = [
        ("Fulfilled", "done", "gets Ok(3 s)", watch("", fulfilled()).recorded("", "")),
        ("Broken", "failed", "gets Err(Canceled)", watch("", broken()).recorded("", "")),
        ("Forgotten", "", "waits for ever", watch("", forgotten()).recorded("", "")),
    ];
    for (y, (title, class, outcome, run)) in (30..).step_by(100).zip(ways) {
        way(&mut sketch, &axis, y, (title, class, outcome), &run);
    }
    axis.seconds(&mut sketch, 3, 322);
    for (x, class, words) in [(78, "run", "works"), (180, "wait", "waits")] {
        axis.bar(&mut sketch, class, (x, x + 26), 344);
        sketch.text(x + 34, 357, "dim", words);
    }
    sketch.arrow((296, 344), (296, 362));
    sketch.text(310, 357, "dim", "wakes main");
    sketch.finish()
}

/// One way: the lanes of both tasks, and what becomes of the promise.
fn way(sketch: &mut Sketch, axis: &Axis, y: i32, (title, class, outcome): (&str, &str, &str), run: &RecordedRun) {
    sketch.text(16, y, "bold", title);
    let seconds = i32::try_from(run.wall_ns / 1_000_000_000).expect("a picture shows seconds");
    axis.rules(sketch, seconds, (y + 8, y + 66));
    axis.lanes(sketch, run, &["sky", "main"], y + 14);
    let end = axis.at(Duration::from_nanos(run.wall_ns));
    let below = y + 14 + axis.lane;
    if class.is_empty() {
        // The run ends here because the watchdog ends it: the waiting does not.
        sketch.path(&format!("M{end} {}L{} {0}", below + 9, end + 44), "line dash");
        sketch.text(end + 54, y + 28, "dim", "the promise lies in a drawer");
        sketch.text(end + 54, below + 14, "t-failed bold", outcome);
        return;
    }
    let what = if class == "done" { "sends the value" } else { "returns early and drops the promise" };
    sketch.text(end + 22, y + 28, "dim", what);
    axis.bar(sketch, class, (end, end + 6), y + 14);
    axis.bar(sketch, class, (end, end + 6), below);
    sketch.arrow((end + 3, y + 33), (end + 3, below - 1));
    sketch.text(end + 22, below + 14, &format!("t-{class} bold"), outcome);
}
