//! Chapter 4: the painter as an async function, and the variants of the enum that the compiler makes.

use super::places::{Place, draw as places, function};

pub(super) fn draw() -> String {
    let text = function(include_str!("../chapters/from_yield_to_await.rs"), "pub async fn painter");
    let text: Vec<_> = text.iter().map(|line| line.trim_start_matches("pub ")).collect();
    places(
        "The async function painter, and the variants of the enum that the compiler makes of it. Unresumed, which keeps name, is \
         the place before the first line. Suspend0, which keeps name, canvas and the sleep, is the place at the await. \
         The first poll paints, and leads from Unresumed to Suspend0. A poll while the canvas is wet leads from Suspend0 to \
         Suspend0; the one when it is dry leads to Returned.",
        ["You write: a function", "The compiler makes: an enum"],
        &text,
        &[
            Place { line: 0, name: "Unresumed", keeps: "name", class: "plain" },
            Place { line: 4, name: "Suspend0", keeps: "name, canvas, the sleep", class: "wait" },
            Place { line: 7, name: "Returned", keeps: "", class: "done" },
        ],
        ["poll: paints", "poll: still wet", "poll: is dry"],
    )
}
