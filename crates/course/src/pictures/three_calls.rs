//! Chapter 16: where the future of a painter is, for three ways to call it.

use super::sketch::Sketch;

/// A way to call a painter: what the task holds, and what is below.
struct Call {
    name: &'static str,
    holds: [&'static str; 2],
    class: &'static str,
    price: [&'static str; 2],
}

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        286,
        "With a type parameter, the task holds the future of Patient. With dyn, the task holds a pointer, and the future is in a box \
         on the heap. With an enum, the task has room for the larger of the futures of Patient and Hasty.",
    );
    let calls = [
        Call {
            name: "impl Painter",
            holds: ["the future", "of Patient"],
            class: "wait",
            price: ["no box", "one type of painter"],
        },
        Call {
            name: "Box<dyn AnyPainter>",
            holds: ["a pointer", "(two words)"],
            class: "ready",
            price: ["a box for each call", "any painter"],
        },
        Call {
            name: "enum OneOfTwo",
            holds: ["room for the larger:", "Patient or Hasty"],
            class: "wait",
            price: ["no box", "the painters it names"],
        },
    ];
    for (x, call) in (16..).step_by(236).zip(&calls) {
        let middle = x + 108;
        sketch.text(middle, 30, "middle code bold", call.name);
        sketch.frame(x, 44, 216, 92, "plain");
        sketch.text(x + 10, 64, "dim", "the task");
        sketch.frame(x + 20, 74, 176, 50, call.class);
        for (y, words) in [95, 115].into_iter().zip(call.holds) {
            sketch.text(middle, y, "middle", words);
        }
        for (y, words) in [244, 266].into_iter().zip(call.price) {
            sketch.text(middle, y, "middle", words);
        }
    }
    let x = 252;
    sketch.frame(x + 20, 164, 176, 50, "wait");
    sketch.text(x + 108, 185, "middle", "the future");
    sketch.text(x + 108, 205, "middle", "of Patient");
    sketch.text(x + 210, 194, "dim", "on the heap");
    sketch.arrow((x + 108, 124), (x + 108, 162));
    sketch.finish()
}
