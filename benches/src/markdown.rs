//! The summary for people: Markdown that can be read as it is, in a terminal.

use crate::estimate::Estimate;
use crate::report::{GroupReport, Pair, Report, Row};
use crate::round::Lateness;
use paintdry_contenders::contender::Part;
use std::fmt::Write;

/// The whole summary. With `charts`, each group has a link to its chart, a file beside this one.
#[must_use]
pub fn summary(report: &Report, charts: bool) -> String {
    let mut text = String::from("# Runtimes compared\n\n");
    let _ = writeln!(text, "Measured on {}; seed {}.", report.machine, report.seed);
    if !report.machine.is_optimised {
        text.push_str("\n**Built without optimisation: the figures mean nothing.**\n");
    }
    if let Some(filter) = &report.filter {
        let _ = writeln!(text, "\nOnly these groups: {filter}.");
    }
    let _ = writeln!(text, "\n{}\n", report.method.join(" "));
    text.push_str(
        "How to read a table: the fastest contender is first. \"interval\" is that of the median. \"/ floor\" and \"/ fastest\" are \
         medians of ratios within a round, to the rows marked **floor** and **fastest** (the fastest full runtime: one that also \
         waits for sockets). **=** before a ratio: the two are a tie.\n",
    );
    for group in &report.groups {
        write_group(&mut text, group, charts);
    }
    text.push_str("\n## Versions\n\n");
    let versions: Vec<_> = report.machine.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let _ = writeln!(text, "{}.\n\n{FEATURES}", versions.join(", "));
    text
}

/// How the two were built whose features decide what they can do. A test holds it to the manifest.
const FEATURES: &str = "compio has the features `runtime`, `time`, `fs`, `net`, `io-uring` and `polling`. monoio has `iouring` and \
                        `sync`, and its `IoUringDriver`. Without `sync`, which is no default feature, a wake from another thread panics.";

fn write_group(text: &mut String, group: &GroupReport, charts: bool) {
    let head = &group.head;
    let _ = writeln!(text, "\n## {} (`{}`)\n\n{} {} rounds.\n", head.title, group.id, head.what, group.rounds);
    if charts {
        let _ = writeln!(text, "![{}]({}.svg)\n", head.title, group.id);
    }
    let has_late = group.rows.iter().any(|row| row.late.is_some());
    let mut header = vec!["", head.per.as_str(), "interval", "/ floor", "/ fastest", "threads", "kind", "how"];
    if has_late {
        header.splice(3..3, ["late, median", "99 %", "99.9 %", "last"]);
    }
    let mut cells: Vec<_> = group.rows.iter().map(|row| row_cells(group, row, has_late)).collect();
    if group.rows.iter().any(|row| row.server_cpu.is_some()) {
        header.splice(3..3, ["server's processor time", "client's"]);
        let of_cpu = |cpu: &Option<Estimate>| cpu.map(|cpu| with_interval(&cpu)).unwrap_or_default();
        for (cells, row) in cells.iter_mut().zip(&group.rows) {
            cells.splice(3..3, [of_cpu(&row.server_cpu), of_cpu(&row.client_cpu)]);
        }
    }
    table(text, &header, &cells);
    if !group.left_out.is_empty() {
        text.push_str("\nNot measured:\n\n");
        for left_out in &group.left_out {
            let state = if left_out.is_refused { "**refused**" } else { "absent" };
            let _ = writeln!(text, "- {} is {state}: {}.", left_out.name, left_out.reason);
        }
    }
    if !group.pairs.is_empty() {
        text.push_str("\nRatios within a round.");
        if group.pairs.iter().any(|pair| pair.to == format!("{} by hand", pair.of)) {
            text.push_str(" A runtime through the trait divided by the same by hand is the price of the trait: at most 1.03 is the aim.");
        }
        text.push_str("\n\n");
        let cells: Vec<_> = group.pairs.iter().map(pair_cells).collect();
        table(text, &["", "ratio", "interval"], &cells);
    }
}

fn row_cells(group: &GroupReport, row: &Row, has_late: bool) -> Vec<String> {
    let entrant = &row.entrant;
    let mut name = entrant.name.clone();
    let is_floor = name == group.head.floor;
    let is_fastest = group.fastest_full.as_ref() == Some(&entrant.name);
    if is_floor {
        name.push_str(" **floor**");
    }
    if is_fastest {
        name.push_str(" **fastest**");
    }
    let mut how = entrant.how.replace('<', "\\<"); // `Rc<Cell>` is no tag of HTML
    if !entrant.leaves_out.is_empty() {
        let parts: Vec<_> = entrant.leaves_out.iter().copied().map(part).collect();
        let _ = write!(how, "; no {}", parts.join(", no "));
    }
    let mut cells = vec![name, time(row.ns.median), interval(&row.ns, time)];
    if has_late {
        let figures: [fn(&Lateness) -> f64; 4] =
            [|late| late.median, |late| late.p99, |late| late.p999, |late| late.worst];
        cells.extend(figures.map(|figure| row.late.as_ref().map(|late| time(figure(late))).unwrap_or_default()));
    }
    cells.extend([
        ratio(row.to_floor.as_ref(), is_floor),
        ratio(row.to_fastest_full.as_ref(), is_fastest),
        entrant.threads.to_string(),
        entrant.kind.label().to_owned(),
        how,
    ]);
    cells
}

fn pair_cells(pair: &Pair) -> Vec<String> {
    vec![format!("{} / {}", pair.of, pair.to), ratio(Some(&pair.ratio), false), interval(&pair.ratio, factor)]
}

/// The ends of an interval; a dash if there were too few rounds for one.
pub(crate) fn interval(estimate: &Estimate, show: fn(f64) -> String) -> String {
    estimate.interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{} to {}", show(low), show(high)))
}

fn ratio(ratio: Option<&Estimate>, is_itself: bool) -> String {
    match ratio {
        _ if is_itself => "1".to_owned(),
        Some(ratio) => format!("{}{}", if ratio.is_tie() { "= " } else { "" }, factor(ratio.median)),
        None => String::new(),
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Yields => "yields",
        Part::Spawns => "spawns",
        Part::Sleeps => "sleep for each",
    }
}

/// A median and its interval in the same unit: `80.2 ns (78.0 to 91.2)`.
pub(crate) fn with_interval(estimate: &Estimate) -> String {
    let (count, unit) = in_unit(estimate.median);
    let in_same = |nanoseconds: f64| factor(nanoseconds * count / estimate.median);
    let interval = estimate.interval.map(|(low, high)| format!(" ({} to {})", in_same(low), in_same(high)));
    format!("{} {unit}{}", factor(count), interval.unwrap_or_default())
}

/// A ratio and its interval: `1.02 times (0.98 to 1.10)`.
pub(crate) fn times(ratio: &Estimate) -> String {
    format!("{} times ({})", factor(ratio.median), interval(ratio, factor))
}

/// Nanoseconds with three digits that count and a unit: `47.3 ns`, `1.10 ms`.
pub(crate) fn time(nanoseconds: f64) -> String {
    let (count, unit) = in_unit(nanoseconds);
    format!("{} {unit}", factor(count))
}

/// The count in the largest unit that fits, and the unit.
pub(crate) fn in_unit(nanoseconds: f64) -> (f64, &'static str) {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")];
    // 999.6 ns are 1.00 µs, not 1000 ns.
    let fits = units.into_iter().find(|(scale, _)| nanoseconds >= scale * 0.9995);
    fits.map_or((nanoseconds, "ns"), |(scale, unit)| (nanoseconds / scale, unit))
}

/// A ratio with three digits that count.
#[must_use]
pub fn factor(ratio: f64) -> String {
    let decimals = match ratio {
        ..9.995 => 2,
        ..99.95 => 1,
        _ => 0,
    };
    format!("{ratio:.decimals$}")
}

/// A table whose columns are as wide as their widest cell. Columns of figures stand to the right.
fn table(text: &mut String, header: &[&str], rows: &[Vec<String>]) {
    let header: Vec<_> = header.iter().map(|cell| (*cell).to_owned()).collect();
    let is_figure = |column: usize| {
        rows.iter().all(|row| row[column].trim_start_matches("= ").starts_with(|first: char| first.is_ascii_digit()))
    };
    let figures: Vec<bool> = (0..header.len()).map(|column| column > 0 && is_figure(column)).collect();
    let width = |column: usize| {
        let cells = rows.iter().chain([&header]).map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(3)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: &[String]| {
        let mut line = String::from("|");
        for (column, cell) in cells.iter().enumerate() {
            let width = widths[column];
            let _ = if figures[column] { write!(line, " {cell:>width$} |") } else { write!(line, " {cell:width$} |") };
        }
        line + "\n"
    };
    text.push_str(&line(&header));
    let rule = |column: usize| {
        let dashes = "-".repeat(widths[column] + 1);
        if figures[column] { format!("{dashes}:|") } else { format!(":{dashes}|") }
    };
    let _ = writeln!(text, "|{}", (0..header.len()).map(rule).collect::<String>());
    for row in rows {
        text.push_str(&line(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::whole_report;

    #[test]
    fn figures_have_three_digits_that_count() {
        let times = [0.0, 0.7, 9.996, 47.31, 999.4, 999.6, 1_100.0, 1.1e6, 2.5e9, 6e11].map(time);
        let expected =
            ["0.00 ns", "0.70 ns", "10.0 ns", "47.3 ns", "999 ns", "1.00 µs", "1.10 µs", "1.10 ms", "2.50 s", "600 s"];
        assert_eq!(times, expected);
    }

    #[test]
    fn the_features_are_those_of_the_manifest() {
        let manifest = include_str!("../../Cargo.toml");
        for (name, features) in [("compio", 6), ("monoio", 2)] {
            let line = manifest.lines().find(|line| line.starts_with(&format!("{name} = "))).expect("a line");
            assert!(line.contains("default-features = false"), "{line}");
            let built = line.split("features = [").nth(1).and_then(|rest| rest.split(']').next()).expect("features");
            let built: Vec<_> = built.split(", ").map(|feature| feature.replace('"', "`")).collect();
            assert_eq!(built.len(), features, "{built:?}");
            let said = FEATURES.split("monoio has").nth(usize::from(name == "monoio")).expect("a sentence of each");
            assert!(built.iter().all(|feature| said.contains(feature)), "{built:?} in {said}");
        }
    }

    #[test]
    fn what_a_server_and_its_client_cost_is_in_the_list() {
        let mut report = whole_report();
        assert!(!summary(&report, false).contains("server's"));
        let cpu = |ns| Estimate { median: ns, interval: Some((ns, ns)) };
        let row = &mut report.groups[0].rows[1];
        (row.server_cpu, row.client_cpu) = (Some(cpu(15.0)), Some(cpu(4.0)));
        let text = summary(&report, false);
        let cells: Vec<_> =
            text.lines().filter(|line| line.starts_with("| fast ")).flat_map(|line| line.split('|')).collect();
        let cells: Vec<_> = cells.into_iter().map(str::trim).collect();
        assert_eq!(cells[4..6], ["15.0 ns (15.0 to 15.0)", "4.00 ns (4.00 to 4.00)"], "{text}");
    }

    #[test]
    fn a_table_is_aligned_as_text() {
        let mut text = String::new();
        let rows = [["a", "1.00", "x"], ["long", "= 12.0", ""]].map(|row| row.map(str::to_owned).to_vec());
        table(&mut text, &["", "ratio", "how"], &rows);
        let expected = "\
|      |  ratio | how |
|:-----|-------:|:----|
| a    |   1.00 | x   |
| long | = 12.0 |     |
";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_markdown_has_every_row_every_reason_and_the_winner() {
        let text = summary(&whole_report(), true);
        for part in [
            "Measured on a processor, 2 cores (linux x86_64; governor performance; load 0.25), built by rustc 1.95.0; seed 9.",
            "Two tasks yield. 15 rounds.",
            "| floor **floor**  | 10.0 ns |",
            "| fast **fastest** | 20.0 ns | 20.0 ns to 40.0 ns |    2.00 |",
            "- gone is absent: there is no python3.",
            "- cheat is **refused**: 5 yields instead of 6.",
            "| slow / fast |  2.00 | 2.00 to 2.00 |",
            "; no spawns",
            "![Yields](yield-2.svg)",
            "tokio 1.54.1.",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
}
