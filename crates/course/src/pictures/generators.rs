//! Chapter 2: the painter in Python, and beside it the states of the painter in Rust.

use super::places::{Place, draw as places, function};

pub(super) fn draw() -> String {
    places(
        "The Python painter, and the states of the Rust painter. Blank, which keeps name, is the place before the first line. \
         Drying, which keeps canvas, is the place at the yield. The first resume paints, and leads from Blank to Drying. \
         A resume while the canvas is wet leads from Drying to Drying; the one when it is dry completes the painter.",
        ["In Python: one function", "In Rust: a value with a state"],
        &function(include_str!("../../../../docs/python/painter.py"), "def painter"),
        &[
            Place { line: 0, name: "Painter::Blank", keeps: "name", class: "plain" },
            Place { line: 4, name: "Painter::Drying", keeps: "canvas", class: "wait" },
            Place { line: 7, name: "(complete)", keeps: "", class: "done" },
        ],
        ["resume: paints", "resume: still wet", "resume: is dry"],
    )
}
