//! A chart in SVG: the frame, the texts and the lines that the charts of `scale` and of the benches share. Text stays text, and
//! it can be read in light and in dark.

use crate::axis::Axis;
use std::fmt::{Display, Write};

const STYLE: &str = "\
svg { color-scheme: light dark; background: #fff; fill: #1c1c1c; stroke: none; font: 12px sans-serif }
.strong { font-weight: bold } .quiet { fill: #595959 } .end { text-anchor: end } .middle { text-anchor: middle }
.grid { stroke: #d4d4d4 } .line { stroke: #767676 } .ink { stroke: #1c1c1c; stroke-width: 1.5 }
.floor { stroke: #0b5394; stroke-dasharray: 4 3 } .empty { fill: #fff; stroke: #0b5394; stroke-width: 1.5 } .full { fill: #4a86c8; stroke: #0b5394 }
.pale { fill: #b9cde4; stroke: #0b5394 }
@media (prefers-color-scheme: dark) {
svg { background: #161616; fill: #ececec } .quiet { fill: #b0b0b0 } .grid { stroke: #3c3c3c } .line { stroke: #8c8c8c }
.ink { stroke: #ececec } .floor { stroke: #7db8f0 } .empty { fill: #161616; stroke: #7db8f0 } .full { fill: #3f7fbf; stroke: #7db8f0 }
.pale { fill: #2a4365; stroke: #7db8f0 }
}";

/// A chart that is being drawn, in pixels from the top left corner.
#[derive(Debug)]
pub struct Chart(String);

impl Chart {
    /// The frame: its size, its title, which is also drawn, what the picture shows in words, and a line under the title.
    pub fn new(width: f64, height: f64, title: &str, description: &str, line: &str) -> Self {
        let mut chart = Self(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"t d\">\n\
             <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>\n{STYLE}\n</style>\n",
            escaped(title),
            escaped(description),
        ));
        chart.text(20.0, 26.0, "strong", title);
        chart.text(20.0, 44.0, "quiet", line);
        chart
    }

    /// Words at a place; their class says how they look, and which end of them is there.
    pub fn text(&mut self, x: f64, y: f64, class: &str, words: &str) {
        self.element(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\">{}</text>", escaped(words)));
    }

    /// A shape, by the commands that draw it.
    pub fn path(&mut self, class: &str, commands: impl Display) {
        self.element(format_args!("<path class=\"{class}\" d=\"{commands}\"/>"));
    }

    /// A line for each power of ten from `top` to `bottom`, with its name at the height `names`.
    pub fn grid(&mut self, axis: &Axis, (top, bottom): (f64, f64), names: f64, name: impl Fn(f64) -> String) {
        for (x, value) in axis.ticks() {
            self.path("grid", format_args!("M{x:.1} {top:.1}V{bottom:.1}"));
            self.text(x, names, "quiet middle", &name(value));
        }
    }

    fn element(&mut self, element: impl Display) {
        let _ = writeln!(self.0, "{element}"); // to a String, it cannot fail
    }

    /// The whole chart.
    #[must_use]
    pub fn svg(self) -> String {
        self.0 + "</svg>\n"
    }
}

/// `text` as it is written in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
