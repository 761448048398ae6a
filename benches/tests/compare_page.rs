//! Holds `docs/compare.md` to the data beside it: the page has no figure that the benches did not measure.

use paintdry_benches::files;
use paintdry_benches::markdown::{factor, summary};
use paintdry_benches::page::{self, Data};
use std::collections::BTreeSet;
use std::fs;

fn read(file: &str) -> String {
    fs::read_to_string(files::docs().join(file)).unwrap_or_else(|error| panic!("docs/{file}: {error}"))
}

fn saved() -> Data {
    files::saved().unwrap_or_else(|error| panic!("{error}"))
}

/// The page with the figures of the data in its tables.
fn rewritten(page: &str, data: &Data) -> String {
    page::rewritten(page, data).unwrap_or_else(|error| panic!("docs/compare.md: {error}"))
}

/// Every figure of a text: a number with a unit, or a number of times.
fn figures(text: &str) -> BTreeSet<String> {
    const UNITS: [&str; 6] = ["ns", "µs", "ms", "s", "B", "times"];
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let pairs = words.windows(2).map(|pair| (pair[0].trim_start_matches(['(', '*']), pair[1]));
    let with_unit = pairs.filter_map(|(number, unit)| {
        let unit = unit.trim_end_matches(['.', ',', ';', ':', ')', '*']);
        (!number.is_empty() && is_number(number) && UNITS.contains(&unit)).then(|| format!("{number} {unit}"))
    });
    with_unit.collect()
}

/// What the saved data says, in the words of the page: the benches' summary, its ratios and growths, and the runs of
/// `paintdry scale`.
fn known() -> BTreeSet<String> {
    let data = saved();
    let summary = summary(&data.report, true);
    let mut known = figures(&summary);
    let cells = summary.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('|'));
    let ratios = cells.map(|cell| cell.trim().trim_start_matches("~ ")).filter(|cell| cell.parse::<f64>().is_ok());
    known.extend(ratios.map(|ratio| format!("{ratio} times")));
    let rows = data.report.groups.iter().flat_map(|group| &group.rows);
    let growths = rows.filter_map(|row| data.growth(&row.name));
    known.extend(growths.map(|growth| format!("{} times", factor(growth))));
    for run in data.scale["runs"].as_array().expect("it has runs") {
        if let (Some(wall), Some(ideal)) = (run["wall_ns"].as_f64(), run["ideal_ns"].as_f64()) {
            known.insert(format!("{:.2} s", (wall - ideal) / 1e9));
        }
        known.extend(run["bytes_per_task"].as_f64().map(|bytes| format!("{bytes:.0} B")));
    }
    known
}

#[test]
fn every_figure_of_the_page_is_in_the_data() {
    let (page, known) = (figures(&read("compare.md")), known());
    assert!(page.len() > 50, "the page has figures");
    let unknown: Vec<_> = page.difference(&known).collect();
    assert!(unknown.is_empty(), "not in docs/compare: {unknown:?}");
}

#[test]
fn every_figure_of_the_page_on_choosing_is_in_the_data() {
    let (page, known) = (figures(&read("which-runtime.md")), known());
    assert!(page.len() > 15, "the page has figures");
    let unknown: Vec<_> = page.difference(&known).collect();
    assert!(unknown.is_empty(), "not in docs/compare: {unknown:?}");
}

/// Where two texts differ, line by line.
fn differences(page: &str, wanted: &str) -> Vec<String> {
    let pairs = page.lines().zip(wanted.lines()).filter(|(is, wanted)| is != wanted);
    let mut differences: Vec<_> = pairs.map(|(is, wanted)| format!("  is     {is}\n  wanted {wanted}")).collect();
    if page.lines().count() != wanted.lines().count() {
        differences.push("  a table has another number of rows".to_owned());
    }
    differences
}

#[test]
fn every_table_of_the_page_is_made_of_the_data() {
    let page = read("compare.md");
    let differences = differences(&page, &rewritten(&page, &saved()));
    assert!(differences.is_empty(), "run `cargo run -p paintdry-benches --example page`:\n{}", differences.join("\n"));
}

#[test]
fn a_false_cell_is_found_in_every_table_of_figures() {
    let (page, data) = (read("compare.md"), saved());
    let is_figures =
        |line: &&str| line.starts_with('|') && line.contains(|c: char| c.is_ascii_digit()) && !line.contains("---");
    // A header may have digits too, but no figures.
    let after_rule = |line: &&str| !page.contains(&format!("{line}\n|---"));
    let rows = page.lines().filter(is_figures).filter(after_rule);
    let mut tried = 0;
    for row in rows {
        // The same row with another last digit.
        let at = row.rfind(|c: char| c.is_ascii_digit()).expect("it has a digit");
        let other = if row[at..].starts_with('1') { "2" } else { "1" };
        let false_row = format!("{}{other}{}", &row[..at], &row[at + 1..]);
        let false_page = page.replacen(row, &false_row, 1);
        assert_ne!(rewritten(&false_page, &data), false_page, "{false_row}");
        tried += 1;
    }
    assert!(tried > 80, "{tried} rows");
}

#[test]
fn no_table_depends_on_a_heading() {
    let (page, data) = (read("compare.md"), saved());
    let is_header = |line: &str| line.starts_with("| |");
    let translated = page.lines().map(|line| match line {
        _ if line.starts_with('#') => "## Überschrift".to_owned(),
        _ if is_header(line) => format!("| |{}", " Spalte |".repeat(line.matches('|').count() - 2)),
        _ => line.to_owned(),
    });
    let translated = translated.collect::<Vec<_>>().join("\n") + "\n";
    let without_units = ["ns", "µs", "ms", "times", "B"].iter().fold(translated.clone(), |page, unit| {
        assert!(page.contains(&format!(" {unit} |")), "a table has {unit}");
        page.replace(&format!(" {unit} |"), " |")
    });
    assert_eq!(differences(&translated, &rewritten(&without_units, &data)), [""; 0]);
}

#[test]
fn a_marker_that_cannot_be_followed_is_refused_with_its_line() {
    let refusal = |page: &str| page::rewritten(page, &saved()).expect_err("the marker is wrong").to_string();
    let unknown = refusal("a\n<!-- table: yield-2 mean -->\n| | a |\n|---|---|\n| tokio | 1 |\n");
    assert!(unknown.starts_with("the table after line 2: `yield-2 mean` is no figure; write"), "{unknown}");
    let unknown = refusal("<!-- table: yield-3 median -->\n| | a |\n|---|---|\n| tokio | 1 |\n");
    assert!(unknown.ends_with("`compare.json` has no group `yield-3`; correct the marker"), "{unknown}");
    for page in ["<!-- table: wake median -->\n", "<!-- table: wake median -->\n| | a | b |\n|---|---|---|\n"] {
        assert_eq!(refusal(page), "the table after line 1: its header needs 2 cells");
    }
}

#[test]
fn a_figure_that_nobody_measured_is_found() {
    let found = figures("a yield takes **47.3 ns**, (0.01 s) or 1,234 ns; 1.05 times as long, and 3 canvases");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["0.01 s", "1,234 ns", "1.05 times", "47.3 ns"]);
    assert!(!known().contains("47.3456 ns"));
}

#[test]
fn the_summary_beside_the_data_is_made_of_it() {
    assert!(read("compare/compare.md") == summary(&saved().report, true), "save the comparison again");
}

#[test]
fn every_picture_of_the_page_is_there() {
    let page = read("compare.md");
    let pictures: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let files = pictures.iter().filter(|file| !file.contains("://"));
    for file in files {
        assert!(files::docs().join(file).exists(), "docs/{file}");
    }
}
