//! Chapter 6: a move breaks an address, and no index.

use super::sketch::Sketch;

/// The address at which the picture draws the first colour, before the move and after it.
const ADDRESSES: [i32; 2] = [1000, 5000];

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        330,
        "A value of three colours and a field that chooses the second one. The field holds its address, 1004. After a move the \
         colours are at 5000 to 5008, the field still holds 1004, and there is nothing of the value at that address. If the field \
         holds the index 1, it means the second colour before and after the move.",
    );
    sketch.text(16, 30, "bold", "chosen: the address 1004");
    value(&mut sketch, (16, 46), ADDRESSES[0], "1004");
    value(&mut sketch, (430, 46), ADDRESSES[1], "1004");
    sketch.arrow((304, 76), (416, 76));
    sketch.text(360, 66, "middle", "move");
    // Before the move the address leads to the second colour; afterwards to where that was.
    sketch.path("M254 92C254 140 116 140 116 96", "line");
    sketch.path("M668 92C668 180 134 180 134 96", "line dash");
    sketch.text(704, 182, "t-failed bold end", "stale: the colours have moved");

    sketch.text(16, 206, "bold", "chosen: the index 1");
    value(&mut sketch, (16, 222), ADDRESSES[0], "1");
    value(&mut sketch, (430, 222), ADDRESSES[1], "1");
    sketch.arrow((304, 252), (416, 252));
    sketch.text(360, 242, "middle", "move");
    for left in [0, 414] {
        let (from, to) = (254 + left, 125 + left);
        sketch.path(&format!("M{from} 268C{from} 308 {to} 308 {to} 272"), "line");
    }
    sketch.text(602, 320, "middle t-done bold", "still the second colour");
    sketch.finish()
}

/// Three colours with their addresses below, and the field.
fn value(sketch: &mut Sketch, (x, y): (i32, i32), address: i32, chosen: &str) {
    for (index, colour) in (0..).zip(["red", "blue", "gold"]) {
        let x = x + index * 72;
        sketch.frame(x, y, 72, 46, "plain");
        sketch.text(x + 36, y + 20, "middle", colour);
        sketch.text(x + 36, y + 38, "middle dim", &(address + 4 * index).to_string());
    }
    sketch.frame(x + 216, y, 66, 46, "wait");
    sketch.text(x + 249, y + 28, "middle code", chosen);
}
