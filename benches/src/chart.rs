//! One group as a bar chart in SVG: no meaning is in colour alone.

use crate::markdown;
use crate::report::{GroupReport, Row};
use paintdry_contenders::axis::Axis;
use paintdry_contenders::chart::Chart;
use paintdry_contenders::contender::Kind;

/// Height of a row, width of the names, of the bars and of the figures behind them, in pixels.
const ROW: f64 = 22.0;
const NAMES: f64 = 260.0;
const BARS: f64 = 460.0;
const FIGURES: f64 = 200.0;
const WIDTH: f64 = NAMES + BARS + FIGURES;
const TOP: f64 = 76.0;

/// The axis: logarithmic, because the slowest is a thousand times the fastest. Around all figures, with room to see the
/// shortest bar.
fn axis_of(rows: &[Row]) -> Axis {
    Axis::around(rows.iter().flat_map(|row| [row.ns.q1 * 0.8, row.ns.q3]), NAMES, NAMES + BARS)
}

/// The chart of a group.
pub(crate) fn svg(group: &GroupReport) -> String {
    let axis = axis_of(&group.rows);
    let top_of = |row: usize| TOP + ROW * f64::from(u32::try_from(row).unwrap_or(u32::MAX));
    let bottom = top_of(group.rows.len());
    let line = format!(
        "time for {}, median; the line is the middle half of the samples; logarithmic: each grid line is ten times the one \
         before",
        group.per
    );
    let mut chart = Chart::new(WIDTH, bottom + 20.0, &group.title, &group.what, &line);
    chart.grid(&axis, (TOP - 4.0, bottom), TOP - 8.0, decade_name);
    for (place, row) in group.rows.iter().enumerate() {
        bar(&mut chart, &axis, row, top_of(place));
    }
    chart.svg()
}

fn bar(chart: &mut Chart, axis: &Axis, row: &Row, top: f64) {
    let (q1, q3, end) = (axis.place(row.ns.q1), axis.place(row.ns.q3), axis.place(row.ns.median));
    let (base, middle) = (top + 15.0, top + ROW / 2.0);
    let class = match row.kind {
        Kind::Runtime => "full",
        Kind::Floor => "empty",
        Kind::ByHand | Kind::Peer | Kind::Python | Kind::Threads => "pale",
    };
    chart.text(NAMES - 8.0, base, "end", &row.name);
    chart.path(class, format_args!("M{NAMES} {:.1}h{:.1}v{}H{NAMES}z", top + 4.0, (end - NAMES).max(1.0), ROW - 8.0));
    chart.path("ink", format_args!("M{q1:.1} {middle:.1}H{q3:.1}"));
    chart.text(q3.max(end) + 6.0, base, "", &markdown::time(row.ns.median));
    chart.text(WIDTH - 12.0, base, "quiet end", row.kind.label());
}

/// `1 ns`, `10 ns` ... of a power of ten.
fn decade_name(nanoseconds: f64) -> String {
    if nanoseconds < 0.999 {
        return format!("{nanoseconds} ns");
    }
    let (count, unit) = markdown::in_unit(nanoseconds);
    format!("{count:.0} {unit}")
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
            assert!(saved == svg(&group), "{} is another chart; the example `page` draws it", path.display());
        }
    }
}
