//! The texts of the programs, and the lines at which a task can be.

use paintdry_core::{AMAP_TEXT, PAINT_TEXT};
use paintdry_studio::Source;
use std::sync::LazyLock;

pub(super) const PAINT: &str = "paint";
pub(super) const PAINT_BLOCKING: &str = "paint_blocking";
pub(super) const AMAP: &str = "amap";
pub(super) const MAP_AND_YIELD: &str = "map_and_yield";

const PAINT_FILE: &str = "crates/core/src/paint.rs";

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let functions = [
        (PAINT, PAINT_FILE, PAINT_TEXT, "pub async fn paint("),
        (PAINT_BLOCKING, PAINT_FILE, PAINT_TEXT, "pub fn paint_blocking("),
        (AMAP, "crates/core/src/amap.rs", AMAP_TEXT, "pub async fn amap<"),
        (MAP_AND_YIELD, "crates/cli/src/amap.rs", include_str!("../amap.rs"), "pub(crate) fn map_and_yield("),
    ];
    functions.into_iter().filter_map(|(name, file, text, head)| Source::function(name, file, text, head)).collect()
});

/// The sources of these names, each once.
pub(crate) fn sources<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Source> {
    let names: Vec<_> = names.into_iter().collect();
    SOURCES.iter().filter(|source| names.contains(&source.name.as_str())).cloned().collect()
}

/// Where a painter can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct PaintLines {
    pub(super) painting: u32,
    pub(super) looking: u32,
    pub(super) sleeping: u32,
}

impl PaintLines {
    pub(super) fn of(name: &str) -> Self {
        Self {
            painting: line(name, "canvas.paint("),
            looking: line(name, "while !canvas.is_dry("),
            sleeping: line(name, "sleep(poll)"),
        }
    }
}

/// Where a task of amap can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct AmapLines {
    pub(super) applying: u32,
    pub(super) yielding: u32,
}

impl AmapLines {
    pub(super) fn of(name: &str) -> Self {
        Self { applying: line(name, "results.push(function("), yielding: line(name, "yield_now()") }
    }
}

/// A test checks that there is such a line.
fn line(name: &str, words: &str) -> u32 {
    SOURCES.iter().find(|source| source.name == name).and_then(|source| source.line_of(words)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_those_of_the_texts() {
        for name in [PAINT, PAINT_BLOCKING] {
            let lines = PaintLines::of(name);
            let numbers = [lines.painting, lines.looking, lines.sleeping];
            let texts = numbers.map(|number| PAINT_TEXT.lines().nth(number as usize - 1).expect("it is there").trim());
            let wait = if name == PAINT { "sleep(poll).await;" } else { "sleep(poll);" };
            let expected = ["let painted_at = canvas.paint(strokes, &now);", "while !canvas.is_dry(now()) {", wait];
            assert_eq!(texts, expected, "{name}");
        }
        for (name, text) in [(AMAP, AMAP_TEXT), (MAP_AND_YIELD, include_str!("../amap.rs"))] {
            let lines = AmapLines::of(name);
            let texts = [lines.applying, lines.yielding];
            let texts = texts.map(|number| text.lines().nth(number as usize - 1).expect("it is there").trim());
            let pause = if name == AMAP { "yield_now().await;" } else { "yield_now();" };
            assert_eq!(texts, ["results.push(function(item));", pause], "{name}");
        }
        assert_eq!(sources([PAINT, MAP_AND_YIELD, PAINT]).len(), 2);
    }
}
