//! Pages for people: the check as text, and what both pages have in common.

use super::message::{cut, printable};
use super::report::passed;
use super::{CheckReport, Checked, DONE, NEXT, WRONG};
use crate::show::{flowed, shorten};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use std::path::Path;

/// The lines of a message on the page; the JSON has more.
const MOST_LINES: usize = 12;

/// How many columns standard output has; what is no terminal has as many as a terminal opens with.
pub(super) fn columns() -> usize {
    const NO_TERMINAL: u16 = 80;
    const NARROWEST: u16 = 30;
    const WIDEST: u16 = 120;
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    let columns = terminal.map_or(NO_TERMINAL, |(terminal_size::Width(columns), _)| columns);
    usize::from(columns.clamp(NARROWEST, WIDEST))
}

/// A path as it is shown.
pub(super) fn path(path: &Path) -> String {
    printable(&path.to_string_lossy()).replace('\n', "")
}

pub(super) fn bold(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// The page with its glyphs in colour. Whoever writes it takes the colour out where none is wanted.
pub(super) fn coloured(page: &str) -> String {
    let glyphs = [(DONE, AnsiColor::Green), (WRONG, AnsiColor::Red), (NEXT, AnsiColor::Yellow)];
    glyphs.iter().fold(page.to_owned(), |page, (glyph, colour)| {
        let style = colour.on_default().bold();
        page.replace(*glyph, &format!("{style}{glyph}{style:#}"))
    })
}

/// The check, in lines that fit `columns`, with escape codes for colour.
pub(super) fn check_page(report: &CheckReport, columns: usize) -> String {
    let mut page = bold(&format!("{} of {} exercises passed", report.passed, report.total)) + "\n";
    page += &flowed(["in", &path(&report.folder)], columns, "");
    page.push('\n');
    for (group, exercises) in report.groups() {
        let _ = writeln!(page, "\n{group}, {} of {}", passed(&exercises), exercises.len()); // to a String, it cannot fail
        for checked in exercises {
            page += &lines(checked, columns);
        }
    }
    page
}

/// An exercise with its verdict, and the start of its message.
fn lines(checked: &Checked, columns: usize) -> String {
    let glyph = coloured(&if checked.is_passed() { DONE } else { WRONG }.to_string());
    let mut lines = format!("  {glyph} {}", checked.name);
    if !checked.is_passed() {
        let _ = write!(lines, " {}", checked.verdict.words()); // as above
    }
    lines.push('\n');
    for line in cut(checked.message.as_deref().unwrap_or_default(), MOST_LINES).lines() {
        let line = format!("      {}", line.replace('\t', "    "));
        lines += wrapped(&line, columns).trim_end();
        lines.push('\n');
    }
    lines
}

/// A line that fits stays as it is: it may be code, or a column of times. A longer one is wrapped between words.
fn wrapped(line: &str, columns: usize) -> String {
    if line.chars().count() <= columns {
        return line.to_owned();
    }
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    let indent = shorten(&indent, columns / 2);
    let width = columns - indent.chars().count();
    let words = flowed(line.split_whitespace(), width, "");
    format!("{indent}{}", words.replace('\n', &format!("\n{indent}")))
}
