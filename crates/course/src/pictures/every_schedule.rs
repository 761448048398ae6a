//! Beside the chapters: all orders of the turns of two painters, and those that lose a stroke.

use super::sketch::Sketch;
use crate::chapters::every_schedule::every_order;

/// What a painter does in each turn.
const TURNS: [&str; 3] = ["mixes", "reads", "writes"];

pub(super) fn draw() -> String {
    let orders = every_order();
    let (good, bad): (Vec<_>, Vec<_>) = orders.iter().partition(|(_, strokes)| **strokes == 2);
    let is_lost_there = |order: &str| {
        let met = |turns: usize| (order[..turns].matches('a').count(), order[..turns].matches('b').count());
        met(4) == (2, 2)
    };
    assert!(orders.iter().all(|(order, strokes)| is_lost_there(order) == (*strokes == 1)), "as the picture says");

    let mut sketch = Sketch::new(
        720,
        424,
        "A grid: each step to the right is a turn of ada, each step down a turn of bob. Twenty paths lead from one corner to the \
         other. The twelve that pass the point at which both have read lose a stroke.",
    );
    grid(&mut sketch);
    sketch.text(330, 30, "bold", &format!("{} orders keep both strokes", good.len()));
    thumbs(&mut sketch, 44, "done", &good);
    sketch.text(330, 202, "bold", &format!("{} orders lose one", bad.len()));
    thumbs(&mut sketch, 216, "failed", &bad);
    sketch.finish()
}

/// The large grid, with the turns at its edges.
fn grid(sketch: &mut Sketch) {
    const STEP: i32 = 70;
    let at = |turns: i32| 76 + turns * STEP;
    sketch.text(at(0), 30, "bold", "ada's turns");
    sketch.text(12, at(0) + 6, "bold", "bob's");
    for (turn, what) in (0..).zip(TURNS) {
        sketch.text(at(turn) + STEP / 2, 60, "middle", what);
        sketch.text(at(0) - 10, at(turn) + STEP / 2 + 5, "end", what);
    }
    for line in 0..=3 {
        sketch.rule((at(line), at(0)), (at(line), at(3)));
        sketch.rule((at(0), at(line)), (at(3), at(line)));
    }
    sketch.path(&format!("M{} {}L{} {}", at(0), at(0), at(1) - 8, at(0)), "line");
    sketch.path(&format!("M{} {}L{} {}", at(0), at(0), at(0), at(1) - 8), "line");
    sketch.frame(at(2) - 9, at(2) - 9, 18, 18, "failed");
    sketch.text(24, at(3) + 36, "", "Both have read here, and neither");
    sketch.text(24, at(3) + 58, "", "has written: each path through");
    sketch.text(24, at(3) + 80, "", "this point loses a stroke.");
    sketch.arrow((at(2) - 30, at(3) + 18), (at(2) - 4, at(2) + 12));
}

/// A small grid for each order, with its path.
fn thumbs(sketch: &mut Sketch, top: i32, class: &str, orders: &[(&String, &u32)]) {
    const STEP: i32 = 17;
    for (place, (order, _)) in (0..).zip(orders) {
        let (mut x, mut y) = (330 + place % 4 * 96, top + place / 4 * 70);
        sketch.frame(x, y, 3 * STEP + 3, 3 * STEP + 3, "plain");
        for turn in order.chars() {
            let (dx, dy) = if turn == 'a' { (STEP, 0) } else { (0, STEP) };
            sketch.bar(x, y, dx + 4, dy + 4, class);
            (x, y) = (x + dx, y + dy);
        }
    }
}
