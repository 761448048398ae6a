//! One group as a dot plot in SVG, narrow enough for a phone: no meaning is in colour alone.
//!
//! The axis is logarithmic, because the slowest contender is a thousand times slower than the fastest. So a contender is a dot: the
//! length of a bar from a logarithmic zero would mean nothing.

use crate::markdown::{self, factor};
use crate::report::{GroupReport, Row};
use paintdry_contenders::axis::Axis;
use paintdry_contenders::chart::Chart;
use paintdry_contenders::contender::Kind;

/// All in pixels: the width of the chart, the margin at both sides, the first row, a row, and the gap between two runtimes.
const WIDTH: f64 = 400.0;
const MARGIN: f64 = 20.0;
const TOP: f64 = 104.0;
const ROW: f64 = 36.0;
const GAP: f64 = 10.0;

/// The chart of a group.
pub(crate) fn svg(group: &GroupReport) -> String {
    let rows = by_runtime(&group.rows);
    let ends = |row: &Row| row.ns.interval.map_or([row.ns.median; 2], |(low, high)| [low, high]);
    let axis = Axis::around(group.rows.iter().flat_map(ends), MARGIN, WIDTH - MARGIN);
    let gaps = rows.windows(2).filter(|pair| family(pair[0]) != family(pair[1])).count();
    let bottom = TOP + ROW * float(rows.len()) + GAP * float(gaps);
    let line = format!("Time for {}; dot: median, line: interval.", group.head.per);
    let mut chart = Chart::new(WIDTH, bottom + 14.0, &group.head.title, &group.head.what, &line);
    chart.text(MARGIN, 60.0, "quiet", "×: times the fastest full runtime; =: a tie with it.");
    chart.grid(&axis, (TOP - 12.0, bottom), TOP - 18.0, decade_name);
    if let Some(floor) = group.row(&group.head.floor) {
        let x = axis.place(floor.ns.median);
        chart.path("floor", format_args!("M{x:.1} {:.1}V{bottom:.1}", TOP - 12.0));
    }
    let mut top = TOP;
    for (place, row) in rows.iter().enumerate() {
        if place > 0 && family(rows[place - 1]) != family(row) {
            top += GAP;
        }
        dot(&mut chart, &axis, group, row, top);
        top += ROW;
    }
    chart.svg()
}

/// The rows, those of one runtime together, in the order of the best row of each.
fn by_runtime(rows: &[Row]) -> Vec<&Row> {
    let mut families: Vec<&str> = Vec::new();
    for row in rows {
        if !families.contains(&family(row)) {
            families.push(family(row));
        }
    }
    families.iter().flat_map(|name| rows.iter().filter(move |row| family(row) == *name)).collect()
}

/// The runtime of a row, by the beginning of its name: `tokio` of `tokio-multi by hand`. All floors are one.
fn family(row: &Row) -> &str {
    let name = row.entrant.name.as_str();
    match row.entrant.kind {
        Kind::Floor | Kind::Threads => "floor",
        _ if name.starts_with("generator") => "generator",
        _ => name.split([' ', ',', '-']).next().unwrap_or(name),
    }
}

fn dot(chart: &mut Chart, axis: &Axis, group: &GroupReport, row: &Row, top: f64) {
    let class = match row.entrant.kind {
        Kind::Runtime => "full",
        Kind::Floor | Kind::Threads => "empty",
        Kind::ByHand | Kind::Peer | Kind::Python => "pale",
    };
    let is_fastest = group.fastest_full.as_ref() == Some(&row.entrant.name);
    let label = match row.to_fastest_full {
        _ if is_fastest => "fastest".to_owned(),
        Some(ratio) if ratio.is_tie() => "=".to_owned(),
        Some(ratio) => format!("{}×", factor(ratio.median)),
        None => String::new(),
    };
    let (words, middle) = (top + 12.0, top + 22.0);
    chart.text(MARGIN, words, "", &row.entrant.name);
    chart.text(WIDTH - MARGIN - 60.0, words, "end", &markdown::time(row.ns.median));
    chart.text(WIDTH - MARGIN, words, "quiet end", &label);
    if let Some((low, high)) = row.ns.interval {
        chart.path("ink", format_args!("M{:.1} {middle:.1}H{:.1}", axis.place(low), axis.place(high)));
    }
    let left = axis.place(row.ns.median) - 5.0;
    chart.path(class, format_args!("M{left:.1} {middle:.1}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"));
}

/// `1 ns`, `10 ns` ... of a power of ten.
fn decade_name(nanoseconds: f64) -> String {
    if nanoseconds < 0.999 {
        return format!("{nanoseconds} ns");
    }
    let (count, unit) = markdown::in_unit(nanoseconds);
    format!("{count:.0} {unit}")
}

#[expect(clippy::cast_precision_loss, reason = "rows are counted in dozens")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;
    use crate::report::tests::{two_rows, whole_report};

    #[test]
    fn every_row_has_its_name_its_figure_and_its_ratio_as_text() {
        let mut group = whole_report().groups.remove(0);
        group.rows[0].entrant.name = "a <b> & \"c\"".to_owned();
        let svg = svg(&group);
        for text in [">a &lt;b&gt; &amp; &quot;c&quot;</text>", ">10.0 ns</text>", ">fastest</text>", ">2.00×</text>"]
        {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn the_rows_of_a_runtime_are_together() {
        let mut group = whole_report().groups.remove(0);
        for (row, name) in group.rows.iter_mut().zip(["tokio", "smol by hand", "tokio-multi by hand"]) {
            (row.entrant.name, row.entrant.kind) = (name.to_owned(), Kind::ByHand);
        }
        let names: Vec<_> = by_runtime(&group.rows).iter().map(|row| row.entrant.name.as_str()).collect();
        assert_eq!(names, ["tokio", "tokio-multi by hand", "smol by hand"]);
    }

    #[test]
    fn the_floor_is_a_line_and_a_dot_is_right_of_a_smaller_one() {
        let group = two_rows();
        let svg = svg(&group);
        assert_eq!(svg.matches("class=\"floor\"").count(), 1);
        let dots: Vec<f64> = svg
            .split("d=\"M")
            .filter(|path| path.contains("a5 5"))
            .filter_map(|path| path.split(' ').next()?.parse().ok())
            .collect();
        assert!(dots.len() == 2 && dots[0] < dots[1], "{dots:?}");
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
