//! Holds `docs/compare.md` and `docs/which-runtime.md` to the data: every figure is that of its row, and what they say of the figures
//! follows from them.

mod claims;
mod refusals;

use paintdry_benches::files;
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

/// What of a page is written by hand: all but the tables, texts and inline figures that are made of the data, and the table of
/// footprints, which is data.
fn by_hand(page: &str) -> String {
    let mut text = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("<!-- text: ") || line.starts_with("<!-- table: ") || line.starts_with("| | crates |") {
            while lines.next_if(|line| !line.is_empty()).is_some() {}
            continue;
        }
        let mut parts = line.split("<!-- figure: ");
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            text.push_str(part.split_once("<!-- /figure -->").map_or("", |(_, rest)| rest));
        }
        text.push('\n');
    }
    text
}

/// Every number of a text with a unit of what is measured.
fn figures(text: &str) -> BTreeSet<String> {
    const UNITS: [&str; 9] = ["ns", "µs", "ms", "s", "B", "kB", "MB", "%", "times"];
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

/// A figure that a hand wrote would be found "somewhere in the data" and may be that of another row. So there is none.
#[test]
fn no_figure_is_written_by_hand() {
    for (page, not_measured) in [("compare.md", &[] as &[&str]), ("which-runtime.md", &["0.1 MB"])] {
        let figures = figures(&by_hand(&read(page)));
        let unknown: Vec<_> = figures.iter().filter(|figure| !not_measured.contains(&figure.as_str())).collect();
        assert!(unknown.is_empty(), "{page}: take them from the data, `<!-- figure: … -->`: {unknown:?}");
    }
}

#[test]
fn a_figure_that_is_written_by_hand_is_found() {
    let page = "a yield takes **47.3 ns**, (0.01 s) or 1,234 ns; 1.05 times as long, and 3 canvases\n\
                <!-- table: yield-2 median -->\n| | a |\n|---|---|\n| tokio | 1 ns |\n\n\
                <!-- text: where -->\nIt took 2 ns.\n\n\
                it is <!-- figure: yield-2 median, tokio -->3 ns<!-- /figure --> and 4 ns, or 5 kB";
    let found = figures(&by_hand(page));
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["0.01 s", "1,234 ns", "1.05 times", "4 ns", "47.3 ns", "5 kB"]);
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
