//! A function's text on the left, and on the right the states of the value that it is between two resumes.

use super::sketch::Sketch;

/// A place where the function can pause or end.
pub(super) struct Place {
    /// The line of the text that the state belongs to, from 0. A line behind the last one is the end.
    pub(super) line: usize,
    /// The name of the state.
    pub(super) name: &'static str,
    /// The variables that it keeps.
    pub(super) keeps: &'static str,
    /// The colour of its box.
    pub(super) class: &'static str,
}

/// The function and its three states. `steps` says what leads from the first to the second, from there to itself, and to the end.
pub(super) fn draw(title: &str, heads: [&str; 2], text: &[&str], places: &[Place; 3], steps: [&str; 3]) -> String {
    let mut sketch = Sketch::new(720, 342, title);
    sketch.text(16, 32, "bold", heads[0]);
    sketch.text(BOX, 32, "bold", heads[1]);
    for (line, code) in text.iter().enumerate() {
        sketch.text(16, baseline(line), "code", code);
    }
    for place in places {
        let code = text.get(place.line).copied().unwrap_or(END);
        if code == END {
            sketch.text(16, baseline(place.line), "dim", END);
        }
        let middle = middle(place);
        sketch.path(&format!("M{} {middle}H{}", 24 + width(code), BOX - 6), "line dash");
        sketch.frame(BOX, middle - HALF, WIDTH, HALF * 2, place.class);
        let name_at = if place.keeps.is_empty() { middle + 5 } else { middle - 4 };
        sketch.text(BOX + WIDTH / 2, name_at, "code bold middle", place.name);
        sketch.text(BOX + WIDTH / 2, middle + 16, "code middle", place.keeps);
    }
    let [first, second, last] = places.each_ref().map(middle);
    for ((from, to), step) in [(first, second), (second, last)].into_iter().zip([steps[0], steps[2]]) {
        sketch.arrow((DOWN, from + HALF), (DOWN, to - HALF - 1));
        sketch.text(DOWN + 10, i32::midpoint(from, to) + 5, "", step);
    }
    let right = BOX + WIDTH;
    sketch.path(&format!("M{right} {}c40 -4 40 24 1 20", second - 10), "line");
    sketch.text(704, second - HALF - 8, "end", steps[1]);
    sketch.finish()
}

/// The lines of the function that begins with `first`, up to an empty line.
pub(super) fn function<'a>(file: &'a str, first: &str) -> Vec<&'a str> {
    let lines: Vec<_> =
        file.lines().skip_while(|line| !line.starts_with(first)).take_while(|line| !line.is_empty()).collect();
    assert!(!lines.is_empty(), "no line begins with {first}");
    lines
}

/// Where the boxes begin, how wide they are, and half of their height.
const BOX: i32 = 420;
const WIDTH: i32 = 230;
const HALF: i32 = 24;

/// Where the arrows from box to box are.
const DOWN: i32 = BOX + 60;

/// The words for the place behind the last line.
const END: &str = "(the end)";

fn baseline(line: usize) -> i32 {
    84 + 32 * i32::try_from(line).expect("a function is short")
}

fn middle(place: &Place) -> i32 {
    baseline(place.line) - 5
}

/// How wide a line of code is.
fn width(code: &str) -> i32 {
    i32::try_from(code.chars().count() * 17 / 2).expect("a line is short")
}
