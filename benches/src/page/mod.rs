//! Fills `docs/compare.md` with the figures and the findings that the benches saved.
//!
//! The page decides which tables, rows and columns it has. A comment on the line above a table names the figure of each
//! column, and the first cell of each row names a contender:
//!
//! ```markdown
//! <!-- table: yield-2 median, yield-100 median -->
//! | | 2 tasks | 100 |
//! |---|---:|---:|
//! | tokio | 80.2 ns | 32.4 ns |
//! ```
//!
//! No heading is read, so that the page can be reworded and translated. A comment `<!-- text: findings -->` is followed by a
//! paragraph that is written here: `findings`, `sight`, `where`, `scale` or `reruns`. Within a line, a figure is between two
//! comments: `<!-- figure: yield-2 median, tokio -->80.2 ns<!-- /figure -->`. Every figure of the page is in one of these three,
//! so it is that of its row.

mod data;
mod figure;
mod text;

pub use data::{Data, Rerun};

use data::MISSING;
use figure::figure;
use std::fmt;
use std::fmt::Write;

/// A table whose marker cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTable {
    /// The line of the marker, counted from 1.
    pub line: usize,
    /// What is wrong and what to do, as a sentence.
    pub reason: String,
}

impl fmt::Display for BadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table after line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for BadTable {}

/// The page with the figures of `data` in every table that has a marker.
///
/// # Errors
/// If a marker has no table, names an unknown figure, or names too few or too many of them.
pub fn rewritten(page: &str, data: &Data) -> Result<String, BadTable> {
    let mut text = String::new();
    let mut lines = page.lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let bad_table = |reason| BadTable { line: number, reason };
        let _ = writeln!(text, "{}", inline(line, data).map_err(bad_table)?);
        if let Some(name) = line.strip_prefix("<!-- text: ").and_then(|rest| rest.strip_suffix(" -->")) {
            while lines.next_if(|(line, _)| !line.is_empty()).is_some() {}
            text.push_str(&data.text(name).ok_or_else(|| BadTable {
                line: number,
                reason: format!("there is no text `{name}`; write findings, sight, where, scale or reruns"),
            })?);
            continue;
        }
        let Some(marker) = line.strip_prefix("<!-- table: ").and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let columns: Vec<_> = marker.split(", ").collect();
        for part in ["header", "rule"] {
            let (line, _) = lines
                .next_if(|(line, _)| cells(line).len() == columns.len() + 1)
                .ok_or_else(|| bad_table(format!("its {part} needs {} cells", columns.len() + 1)))?;
            let _ = writeln!(text, "{line}");
        }
        let mut names = Vec::new();
        while let Some((line, _)) = lines.next_if(|(line, _)| line.starts_with('|')) {
            let name = cells(line)[0];
            let threads = || Ok(data.threads(name, &columns));
            let figure = |column: &&str| if *column == "threads" { threads() } else { figure(column, name, data) };
            let figures = columns.iter().map(figure).collect::<Result<Vec<_>, _>>();
            let _ = writeln!(text, "| {name} | {} |", figures.map_err(bad_table)?.join(" | "));
            names.push(name);
        }
        let fastest =
            columns.iter().filter_map(|column| data.group(column.strip_suffix(" cell")?)?.fastest_full.as_deref());
        if let Some(hidden) = fastest.into_iter().find(|fastest| !names.contains(fastest)) {
            let reason =
                format!("the row `{hidden}`, which would be bold, is not there; add it, or write `plain`, not `cell`");
            return Err(bad_table(reason));
        }
    }
    Ok(text)
}

/// A line with its inline figures.
///
/// # Errors
/// If one is unknown, was not measured, or has no end: the reason, as a sentence.
fn inline(line: &str, data: &Data) -> Result<String, String> {
    const END: &str = "<!-- /figure -->";
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, marked)) = rest.split_once("<!-- figure: ") {
        let unfinished = || format!("an inline figure needs ` -->` and `{END}`");
        let (name, marked) = marked.split_once(" -->").ok_or_else(unfinished)?;
        let (_, after) = marked.split_once(END).ok_or_else(unfinished)?;
        let (column, row) = name.split_once(", ").ok_or_else(|| format!("`{name}` needs a comma and a row"))?;
        let figure = figure(column, row, data)?;
        if figure == MISSING {
            return Err(format!("`{name}` was not measured; correct the marker, or leave it out"));
        }
        let _ = write!(text, "{before}<!-- figure: {name} -->{figure}{END}");
        rest = after;
    }
    Ok(text + rest)
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}
