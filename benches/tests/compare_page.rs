//! `docs/compare.md` says nothing that the benches did not measure: each of its figures stands in the data beside it.

use paintdry_benches::markdown::summary;
use paintdry_benches::report::Report;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn docs(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file)
}

fn read(file: &str) -> String {
    fs::read_to_string(docs(file)).unwrap_or_else(|error| panic!("docs/{file}: {error}"))
}

fn report() -> Report {
    serde_json::from_str(&read("compare/compare.json")).expect("compare.json is a report")
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

/// What the saved data says, in the words of the page: the benches' summary, its ratios, and the runs of `paintdry scale`.
fn known() -> BTreeSet<String> {
    let summary = summary(&report(), true);
    let mut known = figures(&summary);
    let cells = summary.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('|'));
    let ratios = cells.map(|cell| cell.trim().trim_start_matches("~ ")).filter(|cell| cell.parse::<f64>().is_ok());
    known.extend(ratios.map(|ratio| format!("{ratio} times")));
    let scale: Value = serde_json::from_str(&read("compare/scale.json")).expect("scale.json is JSON");
    for run in scale["runs"].as_array().expect("it has runs") {
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
fn a_figure_that_nobody_measured_is_found() {
    let found = figures("a yield takes **47.3 ns**, (0.01 s) or 1,234 ns; 1.05 times as long, and 3 canvases");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["0.01 s", "1,234 ns", "1.05 times", "47.3 ns"]);
    assert!(!known().contains("47.3456 ns"));
}

#[test]
fn the_summary_beside_the_data_is_made_of_it() {
    assert!(read("compare/compare.md") == summary(&report(), true), "save the comparison again");
}

#[test]
fn every_picture_of_the_page_is_there() {
    let page = read("compare.md");
    let pictures: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let files = pictures.iter().filter(|file| !file.contains("://"));
    for file in files {
        assert!(docs(file).exists(), "docs/{file}");
    }
}
