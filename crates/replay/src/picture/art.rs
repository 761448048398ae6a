//! The pictures that the painters paint: the brush strokes of the page.

use super::svg::number;
use std::fmt::Write;

pub(super) const WIDTH: f64 = 100.0;
pub(super) const HEIGHT: f64 = 70.0;
const STROKES: usize = 34;

/// A sky, a sea, a sunset, a meadow, lavender, a forest.
const PALETTES: [[&str; 4]; 6] = [
    ["#8ec5e8", "#b9def2", "#5fa8d3", "#fefefe"],
    ["#1f6f8b", "#2d93ad", "#124e63", "#8fd3d1"],
    ["#f6bd60", "#f28482", "#f7ede2", "#e76f51"],
    ["#a7c957", "#6a994e", "#f2e8cf", "#386641"],
    ["#b8a1d9", "#8d72b8", "#e7dcf5", "#6b4e9b"],
    ["#2f5d50", "#52796f", "#84a98c", "#cad2c5"],
];
const SUNSET: usize = 2;

/// Pseudorandom numbers from 0 to 1, by the page's linear congruential generator.
fn random(state: &mut u64) -> f64 {
    *state = *state * 16_807 % 2_147_483_647;
    *state as f64 / 2_147_483_647.0
}

/// The strokes of one picture, of which this share is painted.
pub(super) fn strokes(number_of_picture: usize, painted: f64) -> String {
    let mut state = 17 + 31 * number_of_picture as u64;
    let mut next = || random(&mut state);
    let palette = PALETTES[number_of_picture % PALETTES.len()];
    let has_sun = number_of_picture % PALETTES.len() == SUNSET;
    let all = STROKES + usize::from(has_sun);
    let shown = (painted * all as f64).round() as usize;
    let mut svg = String::new();
    for at in 0..shown.min(STROKES) {
        let y = 6.0 + 58.0 * (at as f64 / STROKES as f64) + next() * 6.0 - 3.0;
        let (x, width) = (4.0 + next() * 10.0, 60.0 + next() * 22.0);
        let mut bend = || number(next() * 6.0 - 3.0);
        let (third, half) = (number(width / 3.0), number(width / 2.0));
        let path = format!("M{} {}q{third} {} {half} {}t{half} {}", number(x), number(y), bend(), bend(), bend());
        let colour = palette[(next() * 4.0) as usize % 4];
        let thick = number(4.0 + next() * 5.0);
        let _ = write!(svg, r#"<path d="{path}" stroke="{colour}" stroke-width="{thick}"/>"#);
    }
    if has_sun && shown == all {
        svg += r##"<circle cx="50" cy="36" r="14" fill="#ffd166" stroke="none"/>"##;
    }
    svg
}

/// The middle colour of a picture, for a cell of the mosaic.
pub(super) fn colour(number_of_picture: usize) -> &'static str {
    PALETTES[number_of_picture % PALETTES.len()][number_of_picture % 2]
}
