//! The report as a page for people.

use crate::message::cut;
use crate::report::passed;
use crate::{Judged, Report};
use anstyle::{AnsiColor, Style};
use paintdry_terminal::show::{counted, flowed, shorten, width};
use std::fmt::Write;

/// The lines of a message on the page; the JSON has more.
const MOST_LINES: usize = 12;

fn bold(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// The report as a page for people, in lines that fit `columns`, with escape codes for colour.
#[must_use]
pub fn page(report: &Report, columns: usize) -> String {
    let mut page =
        bold(&format!("{} of {} passed", report.passed, counted(report.total as u64, "exercise", "exercises"))) + "\n";
    page += &flowed(["in", &report.folder], columns, "");
    page.push('\n');
    for (group, exercises) in report.groups() {
        let _ = writeln!(page, "\n{group}, {} of {}", passed(&exercises), exercises.len()); // to a String, it cannot fail
        for judged in exercises {
            page += &lines(judged, columns);
        }
    }
    page
}

/// An exercise with its verdict, and the start of its message.
fn lines(judged: &Judged, columns: usize) -> String {
    let (glyph, colour) = if judged.is_passed() { ('✓', AnsiColor::Green) } else { ('✗', AnsiColor::Red) };
    let style = colour.on_default().bold();
    let mut lines = format!("  {style}{glyph}{style:#} {}", judged.name);
    if !judged.is_passed() {
        let _ = write!(lines, " {}", judged.verdict.words()); // as above
    }
    lines.push('\n');
    for line in cut(judged.message.as_deref().unwrap_or_default(), MOST_LINES).lines() {
        let line = shorten(&format!("      {}", line.replace('\t', "    ")), MOST_LINES * columns);
        lines += wrapped(&line, columns).trim_end();
        lines.push('\n');
    }
    lines
}

/// A line that fits stays as it is. A longer one is wrapped between words, unless its columns mean something, as in
/// code or times. Such a line is cut.
fn wrapped(line: &str, columns: usize) -> String {
    let start = line.trim_start();
    if width(line) <= columns {
        return line.to_owned();
    }
    if start.contains("  ") || start.contains('|') {
        return shorten(line, columns);
    }
    let indent = shorten(&line[..line.len() - start.len()], columns / 2);
    let words = flowed(start.split_whitespace(), columns - width(&indent), "");
    format!("{indent}{}", words.replace('\n', &format!("\n{indent}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Exercise, Verdict};
    use paintdry_terminal::show::printable;
    use std::path::Path;
    use std::time::Duration;

    #[test]
    fn prose_is_wrapped_and_code_is_cut() {
        assert_eq!(wrapped("  it fits", 9), "  it fits");
        assert_eq!(wrapped("  it takes two lines", 12), "  it takes\n  two lines");
        assert_eq!(wrapped("2 | fn a() { y() }", 12), "2 | fn a()…");
        assert_eq!(wrapped("  1.0 s  sky: painted", 12), "  1.0 s  sk…");
        assert_eq!(wrapped(&format!("{}x", " ".repeat(100)), 40).trim(), "…x", "an indent leaves room");
    }

    #[test]
    fn the_page_fits_narrow_windows() {
        let mut report = Report::new(Path::new("/home/ada/paintdry/crates/exercises"), 2);
        let message = "it should take 3s and took 9s: no task waits for another\n\n  1.0 s  sky: painted\n".repeat(9);
        for (name, verdict, message) in
            [("backpressure1", Verdict::DoesNotCompile, Some(message)), ("paint1", Verdict::Passed, None)]
        {
            let exercise = Exercise { name: name.to_owned(), dir: Some("01_blocking".to_owned()), test: true };
            report.add(&exercise, Duration::ZERO, verdict, message);
        }
        for columns in [40, 80] {
            let page = printable(&page(&report, columns));
            assert!(page.lines().all(|line| line.chars().count() <= columns), "{page}");
            let start = format!("1 of 2 exercises passed\nin {}\n\n01_blocking, 1 of 2\n", report.folder);
            assert!(page.starts_with(&start), "{page}");
            assert!(page.contains("  ✗ backpressure1 does not compile\n      it should take 3s"), "{page}");
            assert!(page.contains("      … and 15 more lines\n  ✓ paint1\n"), "{page}");
        }
    }
}
