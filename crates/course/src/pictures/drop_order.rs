//! Chapter 10: what a cancelled task drops, and in which order.

use super::sketch::Sketch;
use crate::chapters::cancellation::drop_order::cancelled;
use crate::watch;

pub(super) fn draw() -> String {
    let seen = watch("", cancelled());
    let said = seen.said();
    let dropped: Vec<_> = said.iter().filter_map(|line| line.strip_prefix("main: drops the ")).collect();
    let place = |what: &str| dropped.iter().position(|dropped| *dropped == what).expect("it is dropped");

    let mut sketch = Sketch::new(
        720,
        330,
        "A future that is dropped at an await is a box in a box. The innermost box is emptied first. In each box the variables \
         are dropped in reverse order, and the arguments last.",
    );
    sketch.text(16, 30, "bold", "The future that is dropped");
    sketch.frame(16, 44, 420, 266, "plain");
    sketch.text(32, 68, "code", "paint_ceiling(_key)");
    sketch.frame(196, 200, 224, 94, "wait");
    sketch.text(208, 222, "code", "mix_paint()");
    for (what, x, y) in [("key", 32, 80), ("ladder", 32, 120), ("bucket", 32, 160), ("spoon", 208, 236)] {
        sketch.labelled(x, y, 120, "ready", what);
        sketch.text(x + 130, y + 20, "bold", &format!("{}.", place(what) + 1));
    }
    sketch.text(208, 286, "code", "sleep(3 s).await");
    sketch.text(32, 222, "code", "mix_paint()");
    sketch.text(32, 242, "code", "    .await");
    sketch.arrow((124, 236), (192, 236));

    sketch.text(470, 30, "bold", "The order of the drops");
    for (number, what) in (1..).zip(&dropped) {
        let y = 44 + 52 * (number - 1);
        sketch.labelled(470, y, 120, "ready", what);
        sketch.text(602, y + 20, "dim", &format!("{number}."));
        if number > 1 {
            sketch.arrow((530, y - 22), (530, y - 2));
        }
    }
    let second = seen.took().as_secs();
    sketch.text(470, 272, "dim", &format!("All at {second}.0 s, and no other"));
    sketch.text(470, 292, "dim", "line of the task runs.");
    sketch.finish()
}
