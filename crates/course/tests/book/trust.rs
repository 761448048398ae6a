//! Holds docs/trust.md and docs/trust-promises.md to the code: each test that it names exists, and each figure that the code contains or that can be counted
//! is right.

use crate::{read, root};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fs;
use std::path::Path;

/// The text of both pages, without line breaks.
fn both_pages() -> String {
    let pages = read("docs/trust.md") + &read("docs/trust-promises.md");
    pages.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every link with its text, if that is code.
fn named(page: &str) -> Vec<(String, String)> {
    let mut named = Vec::new();
    let mut link: Option<String> = None;
    for event in crate::parser(page) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url.to_string()),
            Event::Code(code) => named.extend(link.iter().map(|file| (file.clone(), code.to_string()))),
            Event::End(TagEnd::Link) => link = None,
            _ => {}
        }
    }
    named
}

/// Whether the text has a test with this name, or the conformance suite such a check.
fn has_test(text: &str, name: &str) -> bool {
    let is_test = |before: &str| {
        let mut attributes = before.lines().rev().map(str::trim).take_while(|line| line.starts_with("#["));
        attributes.any(|line| line == "#[test]")
    };
    let is_check =
        |line: &str| line.contains("try_it: Box::new(") && line.split(|c| !is_in_name(c)).any(|word| word == name);
    let declared = format!("fn {name}(");
    text.match_indices(&declared).any(|(at, _)| is_test(text[..at].trim_end_matches(' '))) || text.lines().any(is_check)
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn each_test_that_a_page_names_is_there() {
    let mut wrong = Vec::new();
    let pages = [("docs/trust-promises.md", 50), ("docs/leaving-async-std.md", 8), ("docs/asyncio-meaning.md", 25)];
    for (page, fewest) in pages {
        let named = named(&read(page));
        for (file, name) in named.iter().filter(|(file, _)| !file.starts_with("http")) {
            let path = root().join("docs").join(file);
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            match fs::read_to_string(&path) {
                Ok(text) if !is_rust || has_test(&text, name) => {}
                Ok(_) => wrong.push(format!("{page}: there is no test `{name}` in {file}")),
                Err(error) => wrong.push(format!("{page}: {file}: {error}")),
            }
        }
        assert!(named.len() >= fewest, "they were found in {page}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page says that a test holds each row, so each row needs one.
#[test]
fn each_guarantee_names_a_test() {
    let page = read("docs/trust-promises.md");
    let tables = page.split("\n| guarantee | held by |").skip(1);
    let rows: Vec<_> =
        tables.flat_map(|table| table.lines().skip(2).take_while(|line| line.starts_with("| "))).collect();
    assert!(rows.len() > 30, "they were found");
    for row in rows {
        assert!(row.contains("](../"), "no test is named here: {row}");
    }
}

/// All files below a folder, one after the other.
fn all_in(folder: &str) -> String {
    let mut text = String::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text += &fs::read_to_string(&path).unwrap_or_default();
            }
        }
    }
    text
}

fn files_in(folder: &str, extension: &str) -> usize {
    let entries = fs::read_dir(root().join(folder)).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths.filter(|path| path.extension().unwrap_or_default() == Path::new(extension)).count()
}

/// With a thousands separator, as on the page.
fn figure(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

#[test]
fn each_figure_that_can_be_counted_is_right() {
    let page = both_pages();
    let rows = |file: &str| read(file).lines().filter(|line| line.starts_with("| ")).count();
    let tables_of = |file: &str, heading: &str| read(file).matches(heading).count();
    let tests = |folder: &str| all_in(folder).matches("#[test]\n").count();
    let meaning = "docs/asyncio-meaning-tables.md";
    let counted = [
        (rows(meaning) - tables_of(meaning, "| asyncio promises |"), "guarantees of asyncio"),
        (tests("crates/generator/tests/asyncio"), "tests on our loop"),
        (tests("crates/cli/tests/meaning"), "tests on the other runtimes"),
        (all_in("benches/python").matches("\n@scenario\n").count(), "scenarios"),
        (all_in("crates/conformance/src").matches("try_it: Box::new(").count(), "checks"),
        // Three of those named there are no faults: twice nothing, and something that is allowed.
        (all_in("crates/own-runtime/tests/faults").matches(": u8 = ").count() - 3, "faults of a learner's runtime"),
        (files_in("crates/generator/tests/mutants", "diff"), "mutants"),
        (files_in("fuzz/seeds/recording", "json") + files_in("fuzz/seeds/arguments", ""), "seeds"),
    ];
    for (number, what) in counted {
        let figure = format!("{} {what}", figure(number));
        assert!(page.contains(&figure), "docs/trust.md or docs/trust-promises.md should say `{figure}`");
    }
}

/// The figures that the code contains: the file, how much it tries, and how the page says so.
const WRITTEN: [(&str, &str, &str); 18] = [
    (
        "crates/studio/tests/properties/programs.rs",
        "holds(&programs(), 60,",
        "random programs | 60 in each test run, each on six",
    ),
    (
        "crates/studio/tests/properties/amap.rs",
        "holds(&jobs(), 100,",
        "random jobs of amap | 100 in each test run, on each of six",
    ),
    ("crates/studio/tests/properties/recording.rs", "holds(&recordings(), 60,", "random recordings | 60 whole"),
    (
        "crates/studio/tests/properties/recording.rs",
        "holds(&damaged, 100,",
        "60 whole and 100 damaged ones in each test run",
    ),
    (
        "crates/studio/tests/watched/virtual_time.rs",
        "for round in 0..10_000 {",
        "virtual time | 10,000 rounds in each test run",
    ),
    (
        "crates/cli/tests/lines/main.rs",
        "holds(&any_line(), 20_000 / THREADS,",
        "random command lines | 20,000 read and",
    ),
    ("crates/cli/tests/lines/main.rs", "holds(&small_line(), 120 / THREADS,", "read and 120 run in each test run"),
    ("crates/cli/tests/command/interrupted.rs", "for moment in 0..60 {", "The 76 moments of Ctrl-C: 60 in a run"),
    ("crates/cli/tests/command/interrupted.rs", "const FILES: [&str; 4]", "4 while files are opened"),
    ("crates/cli/tests/command/interrupted.rs", "(1..=12).for_each(|pieces|", "12 while it draws"),
    ("crates/generator/tests/waking.rs", "for _ in 0..2_000 {", "races the loop try 2,000 times each"),
    ("crates/generator/tests/waking.rs", "for _ in 0..200 {", "the one with a parked loop 200 times"),
    ("crates/conformance/src/checks/load.rs", "const LONGEST: usize = 100_000;", "for chains of 100,000"),
    ("crates/conformance/src/checks/load.rs", "const DEPTH: usize = 1_000;", "1,000 nested coroutines"),
    (
        "crates/tokio/tests/conformance.rs",
        "_load::<paintdry_tokio::MultiThread>(20_000)",
        "The load is 20,000 tasks side by side",
    ),
    (".github/workflows/nightly.yml", "fuzz/seeds/recording -- -runs=100000 ", "at most 100,000 recordings"),
    (".github/workflows/nightly.yml", "fuzz/seeds/arguments -- -runs=10000 ", "and 10,000 command lines each night"),
    (".github/workflows/nightly.yml", "TIMES: 3", "mutants of the loop, each three times"),
];

#[test]
fn each_figure_of_the_code_is_on_the_page() {
    let page = both_pages();
    for (file, written, figure) in WRITTEN {
        assert!(
            read(file).contains(written),
            "{file} has no `{written}` any more; what do docs/trust.md and docs/trust-promises.md say of it?"
        );
        assert!(page.contains(figure), "docs/trust.md or docs/trust-promises.md should say `{figure}`");
    }
}

/// The page names the suite as a whole, but has a row for each check under faults and load.
#[test]
fn each_check_under_faults_and_load_has_its_row() {
    let page = read("docs/trust-promises.md");
    let mut checks = 0;
    for file in ["cancelling", "panicking", "closing", "load"] {
        for line in read(&format!("crates/conformance/src/checks/{file}.rs")).lines() {
            let Some((_, check)) = line.split_once("try_it: Box::new(") else { continue };
            let name = check.split(|c| !is_in_name(c)).find(|word| !["move", "runtime", "log", ""].contains(word));
            let name = name.expect("it is a function");
            checks += 1;
            assert!(
                page.contains(&format!("[`{name}`](../crates/conformance/src/checks/{file}.rs)")),
                "{file}: {name}"
            );
        }
    }
    assert!(checks > 15, "they are found");
}
