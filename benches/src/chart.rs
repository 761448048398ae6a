//! One group as a bar chart in SVG: text as text, readable in light and in dark, and no meaning in colour alone.

use crate::markdown;
use crate::report::{GroupReport, Row};
use paintdry_contenders::axis::Axis;
use paintdry_contenders::contender::Kind;
use std::fmt::Write;

/// Height of a row, width of the names, of the bars and of the figures behind them, in pixels.
const ROW: f64 = 22.0;
const NAMES: f64 = 300.0;
const BARS: f64 = 460.0;
const FIGURES: f64 = 200.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 54.0;

/// The look of each kind: a pattern, and beside each bar its name.
const STYLE: &str = "
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 17px; font-weight: 600; }
.small { font-size: 12px; fill: #57606a; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.page { fill: #ffffff; }
.grid { stroke: #d0d7de; }
.bar { stroke: #1f2328; stroke-width: 1; }
.ink { stroke: #1f2328; stroke-width: 1.5; fill: none; }
.solid { fill: #4a78b5; } .empty { fill: none; } .hatch { fill: url(#hatch); } .dots { fill: url(#dots); }
.lines { fill: url(#lines); } .hatch-line { stroke: #4a78b5; stroke-width: 3; } .dot { fill: #4a78b5; } .pale { fill: #c4d4ea; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .small { fill: #9da7b1; } .page { fill: #0d1117; } .grid { stroke: #30363d; }
  .bar, .ink { stroke: #e6edf3; } .solid, .dot { fill: #5b8fd6; } .hatch-line { stroke: #5b8fd6; } .pale { fill: #2a4365; }
}
";

const PATTERNS: &str = "<defs>\
<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern>\
<pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><circle class=\"dot\" cx=\"3\" cy=\"3\" r=\"1.6\"/>\
</pattern><pattern id=\"lines\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
<line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\"/></pattern></defs>\n";

fn fill(kind: Kind) -> &'static str {
    match kind {
        Kind::Runtime => "solid",
        Kind::ByHand => "hatch",
        Kind::Floor => "empty",
        Kind::Peer => "dots",
        Kind::Python => "pale",
        Kind::Threads => "lines",
    }
}

/// The axis: logarithmic, because the slowest is a thousand times the fastest. Around all figures, with room to see the
/// shortest bar.
fn axis_of(rows: &[Row]) -> Axis {
    Axis::around(rows.iter().flat_map(|row| [row.ns.q1 * 0.8, row.ns.q3]), NAMES, NAMES + BARS)
}

/// The chart of a group.
pub(crate) fn svg(group: &GroupReport) -> String {
    let axis = axis_of(&group.rows);
    let rows = group.rows.len();
    let bottom = TOP + ROW * f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
    let (width, height) = (NAMES + BARS + FIGURES, bottom + BOTTOM);
    let title = escaped(&group.title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{title}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n{PATTERNS}\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n\
         <text class=\"title\" x=\"16\" y=\"28\">{title}</text>\n\
         <text class=\"small\" x=\"16\" y=\"48\">time for {}, median; the line is the middle half of the samples; \
         logarithmic: each grid line is ten times the one before</text>\n",
        escaped(&group.what),
        escaped(&group.per),
    );
    for (x, nanoseconds) in axis.ticks() {
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>\
             <text class=\"small middle\" x=\"{x:.1}\" y=\"{}\">{}</text>",
            TOP - 4.0,
            TOP - 8.0,
            decade_name(nanoseconds),
        );
    }
    for (place, row) in group.rows.iter().enumerate() {
        let top = TOP + ROW * f64::from(u32::try_from(place).unwrap_or(u32::MAX));
        bar(&mut svg, &axis, row, top);
    }
    legend(&mut svg, group, bottom + 20.0);
    svg.push_str("</svg>\n");
    svg
}

fn bar(svg: &mut String, axis: &Axis, row: &Row, top: f64) {
    let (left, end) = (NAMES, axis.place(row.ns.median));
    let (q1, q3) = (axis.place(row.ns.q1), axis.place(row.ns.q3));
    let (base, middle) = (top + 15.0, top + ROW / 2.0);
    let _ = writeln!(
        svg,
        "<text class=\"end\" x=\"{}\" y=\"{base}\">{}</text>\
         <rect class=\"bar {}\" x=\"{left}\" y=\"{}\" width=\"{:.1}\" height=\"{}\"/>\
         <line class=\"ink\" x1=\"{q1:.1}\" y1=\"{middle}\" x2=\"{q3:.1}\" y2=\"{middle}\"/>\
         <text x=\"{:.1}\" y=\"{base}\">{}</text><text class=\"small end\" x=\"{}\" y=\"{base}\">{}</text>",
        NAMES - 8.0,
        escaped(&row.name),
        fill(row.kind),
        top + 4.0,
        (end - left).max(1.0),
        ROW - 8.0,
        q3.max(end) + 6.0,
        markdown::time(row.ns.median),
        NAMES + BARS + FIGURES - 12.0,
        row.kind.label(),
    );
}

/// Each look that occurs, with its name.
fn legend(svg: &mut String, group: &GroupReport, top: f64) {
    let mut x = 16.0;
    for kind in [Kind::Runtime, Kind::ByHand, Kind::Threads, Kind::Floor, Kind::Peer, Kind::Python] {
        if group.rows.iter().any(|row| row.kind == kind) {
            let _ = writeln!(
                svg,
                "<rect class=\"bar {}\" x=\"{x}\" y=\"{top}\" width=\"22\" height=\"14\"/>\
                 <text class=\"small\" x=\"{}\" y=\"{}\">{}</text>",
                fill(kind),
                x + 28.0,
                top + 11.0,
                kind.label(),
            );
            x += 150.0;
        }
    }
}

/// `1 ns`, `10 ns` ... of a power of ten.
fn decade_name(nanoseconds: f64) -> String {
    if nanoseconds < 0.999 {
        return format!("{nanoseconds} ns");
    }
    let (count, unit) = markdown::in_unit(nanoseconds);
    format!("{count:.0} {unit}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;
    use crate::report::tests::two_rows;

    #[test]
    fn every_row_has_its_name_its_figure_and_its_kind_as_text() {
        let mut group = two_rows();
        group.rows[0].name = "a <b> & \"c\"".to_owned();
        let svg = svg(&group);
        for text in [">a &lt;b&gt; &amp; &quot;c&quot;</text>", ">10.0 ns</text>", ">20.0 ns</text>", ">floor</text>"] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn a_bar_grows_with_its_figure_and_stays_in_its_place() {
        let axis = axis_of(&two_rows().rows);
        let places = [1.0, 10.0, 20.0, 1e9].map(|figure| axis.place(figure));
        assert!(places.is_sorted() && places[0] >= NAMES && places[3] <= NAMES + BARS, "{places:?}");
        assert!(axis.place(10.0) > NAMES, "the shortest bar can be seen");
    }

    #[test]
    fn decades_have_names() {
        let names = [0.1, 1.0, 1e2, 1e3, 1e7, 1e9].map(decade_name);
        assert_eq!(names, ["0.1 ns", "1 ns", "100 ns", "1 µs", "10 ms", "1 s"]);
    }

    #[test]
    fn the_charts_beside_the_data_are_made_of_it() {
        for group in files::saved().expect("the saved data").report.groups {
            let path = files::docs().join("compare").join(format!("{}.svg", group.id));
            let saved = std::fs::read_to_string(&path).expect("a chart for each group");
            assert!(saved == svg(&group), "{} is another chart; `benches/save` makes it", path.display());
        }
    }
}
