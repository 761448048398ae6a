//! The page in the book: its findings and its table are those of the labelled programs.

use paintdry_diagnose::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// For each group: how many programs have had each [`Judgement`](crate::label::Judgement).
pub(crate) type Table = Vec<(&'static str, [usize; 6])>;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The names of the programs whose findings the page shows.
pub(crate) fn shown() -> BTreeSet<String> {
    let page = fs::read_to_string(docs().join("diagnose.md")).expect("the page");
    page.lines().filter_map(|line| Some(found_in(line)?.to_owned())).collect()
}

fn found_in(line: &str) -> Option<&str> {
    line.strip_prefix("<!-- found: ")?.strip_suffix(" -->")
}

fn rows(table: &Table) -> String {
    let mut rows =
        "| programs | faulty | found | missed | no trace | sound | silent | with a hint | blamed |\n".to_owned();
    rows += "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    let mut all = [0; 6];
    for (_, counts) in table {
        (0..6).for_each(|at| all[at] += counts[at]);
    }
    for (group, [found, missed, unseen, silent, hinted, blamed]) in table.iter().chain([&("**all**", all)]) {
        let (faulty, sound) = (found + missed + unseen, silent + hinted + blamed);
        let _ = writeln!(
            rows,
            "| {group} | {faulty} | {found} | {missed} | {unseen} | {sound} | {silent} | {hinted} | {blamed} |"
        );
    }
    rows
}

/// The page as it has to be: behind each marker the finding or the table.
fn made(page: &str, findings: &BTreeMap<String, String>, table: &Table) -> String {
    let mut made = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        made += line;
        made.push('\n');
        let is_old = |line: &str, ends: fn(&str) -> bool| !ends(line);
        if let Some(name) = found_in(line) {
            if lines.peek() == Some(&"```text") {
                lines.next();
                while lines.next_if(|line| is_old(line, |line| line == "```")).is_some() {}
                lines.next();
            }
            let text = findings.get(name).unwrap_or_else(|| panic!("no program is called {name}"));
            let _ = writeln!(made, "```text\n{}\n```", text.trim_end());
        } else if line == "<!-- table -->" {
            while lines.next_if(|line| line.starts_with('|')).is_some() {}
            made += &rows(table);
        }
    }
    made
}

/// Compares the page, and leaves what it should be if it is another.
pub(crate) fn check(findings: &BTreeMap<String, String>, table: &Table) {
    let page = fs::read_to_string(docs().join("diagnose.md")).expect("the page");
    for kind in Kind::ALL {
        assert!(page.contains(&format!("<!-- kind: {} -->", kind.name())), "the page does not show {}", kind.name());
        let (chapter, anchor) = kind.chapter().split_once('#').unwrap_or((kind.chapter(), ""));
        let chapter = fs::read_to_string(docs().join(chapter)).expect("the chapter");
        assert!(anchor.is_empty() || chapter.lines().any(|line| anchor_of(line) == anchor), "{}", kind.chapter());
    }
    let made = made(&page, findings, table);
    if made != page {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagnose.md");
        fs::write(&place, made).expect("it can be written");
        panic!("docs/diagnose.md has other findings or figures; take {}", place.display());
    }
}

/// The anchor of a heading, as mdbook makes it.
fn anchor_of(line: &str) -> String {
    let Some(heading) = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim()) else {
        return String::new();
    };
    let kept = heading.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        _ if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    kept.collect()
}
