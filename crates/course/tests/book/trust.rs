//! Holds docs/trust.md to the code: each test that it names is there, and each figure that can be counted is right.

use crate::{read, root};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fs;
use std::path::Path;

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

/// Whether a test of this name is in the text, or a check of the conformance suite.
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
fn each_test_that_the_page_names_is_there() {
    let named = named(&read("docs/trust.md"));
    let mut wrong = Vec::new();
    for (file, name) in &named {
        let path = root().join("docs").join(file);
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        match fs::read_to_string(&path) {
            Ok(text) if !is_rust || has_test(&text, name) => {}
            Ok(_) => wrong.push(format!("there is no test `{name}` in {file}")),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    assert!(named.len() > 50, "they were found");
    assert!(wrong.is_empty(), "docs/trust.md:\n{}", wrong.join("\n"));
}

/// The page promises that a test holds each row, so none may be without one.
#[test]
fn each_promise_names_a_test() {
    let page = read("docs/trust.md");
    let tables = page.split("\n| promise | held by |").skip(1);
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

/// With thousands marked, as on the page.
fn figure(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

#[test]
fn each_figure_that_can_be_counted_is_right() {
    let page = read("docs/trust.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = |file: &str| read(file).lines().filter(|line| line.starts_with("| ")).count();
    let tables_of = |file: &str, heading: &str| read(file).matches(heading).count();
    let tests = |folder: &str| all_in(folder).matches("#[test]\n").count();
    let meaning = "docs/asyncio-meaning.md";
    let counted = [
        (rows(meaning) - tables_of(meaning, "| asyncio promises |"), "promises of asyncio"),
        (tests("crates/generator/tests/asyncio"), "tests on our loop"),
        (tests("crates/cli/tests/meaning"), "tests on the other runtimes"),
        (all_in("benches/python").matches("\n@scenario\n").count(), "scenarios"),
        (all_in("crates/core/src/conformance").matches("try_it: Box::new(").count(), "checks"),
        // Of those that are named there three are none: twice nothing, and something that is allowed.
        (all_in("crates/own-runtime/tests/faults").matches(": u8 = ").count() - 3, "faults of a learner's runtime"),
        (read("crates/generator/tests/suite_catches.rs").matches(": u8 = ").count() - 1, "faults of a loop"),
        (files_in("crates/generator/tests/mutants", "diff"), "mutants"),
        (files_in("fuzz/seeds/recording", "json") + files_in("fuzz/seeds/arguments", ""), "seeds"),
    ];
    for (number, what) in counted {
        let figure = format!("{} {what}", figure(number));
        assert!(page.contains(&figure), "docs/trust.md should say `{figure}`");
    }
}
