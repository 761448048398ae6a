//! `docs/compare.md` says nothing that the benches did not measure: each of its figures stands in the data beside it.

use paintdry_benches::files;
use paintdry_benches::markdown::{factor, summary};
use paintdry_benches::page::{Data, rewritten};
use paintdry_benches::profile::tables;
use std::collections::BTreeSet;
use std::fs;

fn read(file: &str) -> String {
    fs::read_to_string(files::docs().join(file)).unwrap_or_else(|error| panic!("docs/{file}: {error}"))
}

fn saved() -> Data {
    files::saved().unwrap_or_else(|error| panic!("{error}"))
}

/// Every figure of a text: a number with a unit, or a number of times.
fn figures(text: &str) -> BTreeSet<String> {
    const UNITS: [&str; 8] = ["ns", "µs", "ms", "s", "B", "times", "instructions", "misses"];
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

/// What the saved data says, in the words of the page: the benches' summary, its ratios and growths, the runs of `paintdry
/// scale`, the profiles, and what more tasks cost.
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
    known.extend(data.spawn_to_tokio().map(|ratio| format!("{} times", factor(ratio))));
    let heap = ["generator-by-hand", "generator-async"].into_iter().filter_map(|runtime| data.above_heap(runtime));
    known.extend(heap.map(|ratio| format!("{} times", factor(ratio))));
    for profile in &data.profiles.profiles {
        let functions = profile.functions.iter().map(|function| function.instructions);
        let counts = functions.chain([profile.instructions]);
        known.extend(counts.map(|count| format!("{count:.0} instructions")));
    }
    for row in &data.growths.rows {
        known.insert(format!("{:.0} instructions", row.instructions));
        known.extend([row.first_misses, row.second_misses].map(|misses| format!("{misses:.2} misses")));
    }
    for memory in &data.memories.rows {
        let parts = memory.parts.iter().flat_map(|part| [part.asked, part.taken]);
        known.extend(parts.chain([memory.taken()]).map(|bytes| format!("{bytes:.0} B")));
    }
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
    // The last digit of each row of a table, made another one; headers have digits, too, and are not figures.
    let after_rule = |line: &&str| !page.contains(&format!("{line}\n|---"));
    let sections = page.split("\n## ").filter(|section| !section.starts_with("What each gives"));
    let rows = sections.flat_map(str::lines).filter(is_figures).filter(after_rule);
    let mut tried = 0;
    for row in rows {
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
fn a_figure_that_nobody_measured_is_found() {
    let found = figures("a yield takes **47.3 ns**, (0.01 s) or 1,234 ns; 1.05 times as long, and 3 canvases");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["0.01 s", "1,234 ns", "1.05 times", "47.3 ns"]);
    assert!(!known().contains("47.3456 ns"));
}

#[test]
fn the_summary_beside_the_data_is_made_of_it() {
    assert!(read("compare/compare.md") == summary(&saved().report, true), "save the comparison again");
    assert!(read("compare/profile.md") == tables::page(&saved().profiles), "save the profiles again");
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
