//! Chapter 7: a tree of calls, and what lives across an await.

use super::sketch::Sketch;

/// The tree of the gallery: one function waits, and all functions above it are async.
pub(super) fn call_tree() -> String {
    let mut sketch = Sketch::new(
        720,
        360,
        "A tree of calls. The plain function visit calls block_on with the future of the async function paint_all. paint_all awaits \
         the async function paint_one. paint_one calls the plain function mix and awaits the async function until_dry, which waits \
         for the bell.",
    );
    let plain = |sketch: &mut Sketch, x, y, name: &str| sketch.labelled(x, y, 170, "plain", name);
    let colours = |sketch: &mut Sketch, x, y, name: &str| sketch.labelled(x, y, 170, "wait", name);
    plain(&mut sketch, 150, 24, "fn visit");
    colours(&mut sketch, 150, 104, "async fn paint_all");
    colours(&mut sketch, 150, 184, "async fn paint_one");
    plain(&mut sketch, 30, 280, "fn mix");
    colours(&mut sketch, 270, 280, "async fn until_dry");
    for (from, to, words) in [
        ((235, 54), (235, 102), "block_on(…)"),
        ((235, 134), (235, 182), ".await"),
        ((210, 214), (130, 278), ""),
        ((260, 214), (340, 278), ".await"),
    ] {
        sketch.arrow(from, to);
        sketch.text(i32::midpoint(from.0, to.0) + 18, i32::midpoint(from.1, to.1) + 4, "code", words);
    }
    sketch.text(88, 250, "code", "mix(14)");
    sketch.text(340, 44, "dim", "the edge: a plain function");
    sketch.text(340, 124, "dim", "async because paint_one is");
    sketch.text(340, 204, "dim", "async because until_dry is");
    sketch.text(452, 292, "t-wait bold", "waits for the bell:");
    sketch.text(452, 312, "t-wait bold", "the colour starts here");
    sketch.text(30, 336, "dim", "computes, does not wait");
    // How the colour spreads.
    sketch.path("M640 270C700 220 700 150 610 122", "line dash");
    sketch.text(500, 164, "dim", "it spreads upwards");
    sketch.finish()
}

/// The text of `portrait` in `across_an_await.rs`, and how long each of its variables lives.
pub(super) fn across_an_await() -> String {
    let text = include_str!("../chapters/across_an_await.rs");
    let lines = text.lines().skip_while(|line| !line.contains("fn portrait")).take_while(|line| *line != "}");
    let code: Vec<&str> = lines.map(|line| line.trim_start_matches("pub ")).collect();
    let row = |words: &str| {
        let row = code.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("no line has {words}"));
        50 + 20 * i32::try_from(row).expect("there are few lines")
    };
    let mut sketch = Sketch::new(
        720,
        274,
        "The function portrait, and a bar for each variable from its first line to its last. The bars of name, strokes and paint \
         cross the await, so they are fields of the future; paint is not Send. The bar of sketch ends before the await, so its \
         4,096 bytes are no part of the future.",
    );
    sketch.code(16, 50, &code);
    let (end, stop) = (row("format!") + 6, row(".await"));
    sketch.rule((16, stop + 6), (704, stop + 6));
    sketch.rule((16, stop - 15), (704, stop - 15));
    sketch.text(256, stop, "dim", "it stops here");
    let variables = [
        ("name", row("fn portrait"), end, ["a field", ""], "done"),
        ("sketch", row("let sketch"), row("sketch.len()") + 6, ["no field", ""], "ready"),
        ("strokes", row("let strokes"), end, ["a field", ""], "done"),
        ("paint", row("let paint"), end, ["a field,", "not Send"], "failed"),
    ];
    for (x, (name, from, to, words, class)) in (452..).step_by(72).zip(variables) {
        sketch.text(x, 24, "middle bold", name);
        sketch.bar(x - 6, from - 12, 12, to - from + 12, class);
        for (y, words) in [234, 254].into_iter().zip(words) {
            sketch.text(x, y, &format!("middle t-{class}"), words);
        }
    }
    sketch.text(16, 234, "dim", "in the future while it waits:");
    sketch.finish()
}
