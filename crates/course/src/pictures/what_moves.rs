//! Chapter 15: a swap leads an address to another value, and a box moves without the value in it.

use super::sketch::Sketch;

/// How wide a field of a palette is.
const FIELD: i32 = 60;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        366,
        "Two palettes, at 1000 and at 2000. The first holds the address 1004 of its own second colour. After a swap, the palette at \
         2000 holds this address, and it leads to a colour of the palette at 1000. Below, a pinned box moves from a variable to a Vec. \
         Both hold the address 5000, and the future at 5000 stays where it is.",
    );
    let (first, second) = (["red", "blue", "gold"], ["grey", "pink", "teal"]);
    for (x, head, words, upper, lower) in [
        (16, "before the swap", ["at 1000: first", "at 2000: second"], (first, "1004"), (second, "–")),
        (464, "after the swap", ["at 1000: second", "at 2000: first"], (second, "–"), (first, "1004")),
    ] {
        sketch.text(x, 28, "bold", head);
        for ((y, words), (colours, chosen)) in [48, 134].into_iter().zip(words).zip([upper, lower]) {
            sketch.text(x, y, "dim", words);
            palette(&mut sketch, (x, y + 8), colours, chosen);
        }
    }
    sketch.arrow((280, 118), (440, 118));
    sketch.text(360, 108, "middle code", "mem::swap");
    sketch.path("M226 86C226 112 106 112 106 90", "line");
    sketch.path("M674 142C674 112 554 118 554 90", "line dash");
    sketch.text(704, 194, "t-failed bold end", "leads to the other palette");

    sketch.rule((16, 212), (704, 212));
    sketch.text(16, 238, "bold", "a pinned box moves");
    sketch.labelled(16, 252, 180, "plain", "variable: 5000");
    sketch.labelled(16, 316, 180, "plain", "in the Vec: 5000");
    sketch.arrow((56, 282), (56, 314));
    sketch.text(70, 304, "", "move");
    sketch.text(464, 268, "dim", "the future, on the heap at 5000");
    palette(&mut sketch, (464, 276), first, "5004");
    sketch.path("M674 306C674 336 554 336 554 310", "line");
    sketch.path("M196 267L458 285", "line dash");
    sketch.path("M196 331L458 299", "line");
    sketch.text(704, 348, "t-done bold end", "stays where it is");
    sketch.finish()
}

/// Three colours, and the address that was noted.
fn palette(sketch: &mut Sketch, (x, y): (i32, i32), colours: [&str; 3], chosen: &str) {
    for (x, colour) in (x..).step_by(60).zip(colours) {
        sketch.frame(x, y, FIELD, 30, "plain");
        sketch.text(x + FIELD / 2, y + 20, "middle", colour);
    }
    let x = x + 3 * FIELD;
    sketch.frame(x, y, FIELD, 30, "wait");
    sketch.text(x + FIELD / 2, y + 20, "middle code", chosen);
}
