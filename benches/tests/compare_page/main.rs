//! Holds `docs/compare.md` to the data beside it: the page has no figure that the benches did not measure.

use paintdry_benches::files;
use paintdry_benches::findings::{CLAIMS, Verdict};
use paintdry_benches::markdown::summary;
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

/// Every figure of a text that was measured in rounds: a number with a unit, or a number of times.
fn figures(text: &str) -> BTreeSet<String> {
    with_units(text, &["ns", "µs", "ms", "s", "B", "times"])
}

/// A page without its comments, as a reader sees it.
fn without_comments(page: &str) -> String {
    let mut parts = page.split("<!--");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once("-->").map_or("", |(_, text)| text));
    std::iter::once(first).chain(rest).collect()
}

/// Every number of a text with one of the units.
fn with_units(text: &str, units: &[&str]) -> BTreeSet<String> {
    let text = without_comments(text);
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let pairs = words.windows(2).map(|pair| (pair[0].trim_start_matches(['(', '*']), pair[1]));
    let with_unit = pairs.filter_map(|(number, unit)| {
        let unit = unit.trim_end_matches(['.', ',', ';', ':', ')', '*']);
        (!number.is_empty() && is_number(number) && units.contains(&unit)).then(|| format!("{number} {unit}"))
    });
    with_unit.collect()
}

/// What the saved data says, in the words of the page: the benches' summary, its ratios, the findings, and the runs of
/// `paintdry scale`.
fn known() -> BTreeSet<String> {
    let data = saved();
    let summary = summary(&data.report, true);
    let mut known = figures(&summary);
    let cells = summary.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('|'));
    let ratios = cells.map(|cell| cell.trim().trim_start_matches("= ")).filter(|cell| cell.parse::<f64>().is_ok());
    known.extend(ratios.map(|ratio| format!("{ratio} times")));
    known
        .extend(CLAIMS.iter().filter_map(|claim| claim.sentence(&data.report)).flat_map(|sentence| figures(&sentence)));
    known.extend(data.reruns.iter().flat_map(|rerun| &rerun.verdicts).flat_map(|(_, verdict)| figures(verdict)));
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

#[test]
fn every_size_in_the_text_on_choosing_is_in_its_footprint() {
    let page = read("which-runtime.md");
    let (text, footprint) = page.split_once("\n## Footprint\n").expect("the heading");
    let [text, footprint] = [text, footprint].map(|part| with_units(part, &["kB", "MB"]));
    assert!(text.len() > 2, "the text has sizes");
    assert!(text.is_subset(&footprint), "not in the table: {:?}", text.difference(&footprint));
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
fn every_inline_figure_of_the_page_on_choosing_is_made_of_the_data() {
    let page = read("which-runtime.md");
    let differences = differences(&page, &rewritten(&page, &saved()));
    assert!(differences.is_empty(), "run `cargo run -p paintdry-benches --example page`:\n{}", differences.join("\n"));
}

#[test]
fn every_finding_holds_in_the_saved_run_and_can_be_checked_quickly() {
    let report = saved().report;
    let mut seconds = 0.0;
    for claim in CLAIMS {
        assert_eq!(claim.verdict(&report), Verdict::Holds, "{}", claim.name());
        let group = report.group(claim.group).expect("it has a verdict");
        seconds += group.seconds * 19.0 / f64::from(u32::try_from(group.rounds).expect("a few dozen"));
    }
    assert!(seconds < 240.0, "--quick takes {seconds} s");
}

#[test]
fn an_inline_figure_that_cannot_be_followed_is_refused() {
    let refusal = |line: &str| page::rewritten(line, &saved()).expect_err("the marker is wrong").to_string();
    for (line, reason) in [
        ("a <!-- figure: yield-2 median, tokio -->1 ns", "needs ` -->` and"),
        ("<!-- figure: yield-2 median -->1 ns<!-- /figure -->", "needs a comma and a row"),
        ("<!-- figure: yield-2 median, nobody -->1 ns<!-- /figure -->", "was not measured"),
        ("<!-- figure: yield-2 mean, tokio -->1 ns<!-- /figure -->", "is no figure"),
    ] {
        assert!(refusal(line).contains(reason), "{}", refusal(line));
    }
}

#[test]
fn a_false_cell_is_found_in_every_table_of_figures() {
    let (page, data) = (read("compare.md"), saved());
    let tables = page.split("<!-- table: ").skip(1).filter_map(|text| text.split("\n\n").next());
    let rows = tables.flat_map(|table| table.lines().skip(3)); // after the marker, the header and the rule
    let rows = rows.filter(|row| row.contains(|c: char| c.is_ascii_digit()));
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
    let without_units = ["µs", "s", "times", "B"].iter().fold(translated.clone(), |page, unit| {
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
fn a_figure_that_was_not_measured_is_found() {
    let found = figures("a yield takes **47.3 ns**, (0.01 s) or 1,234 ns; 1.05 times as long, and 3 canvases");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["0.01 s", "1,234 ns", "1.05 times", "47.3 ns"]);
    assert!(!known().contains("47.3456 ns"));
}

#[test]
fn the_summary_beside_the_data_is_made_of_it() {
    assert!(read("compare/compare.md") == summary(&saved().report, true), "save the comparison again");
}

#[test]
fn no_row_of_the_list_opens_a_tag_of_html() {
    let list = read("compare/compare.md");
    assert!(list.contains("Rc\\<Cell>"), "there is a row with such a type");
    assert!(!list.replace("\\<", "").contains('<'), "a tag of HTML hides what it holds");
}

#[test]
fn every_picture_of_the_page_is_there() {
    let page = read("compare.md");
    let pictures: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let files = pictures.iter().filter(|file| !file.contains("://"));
    for file in files {
        let file = file.split('#').next().unwrap_or(file);
        assert!(files::docs().join(file).exists(), "docs/{file}");
    }
}
