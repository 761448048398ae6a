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

mod figure;
mod text;

pub(crate) use figure::{times, with_interval};
pub use text::Rerun;

use crate::report::{GroupReport, Report};
use figure::{MISSING, figure};
use serde_json::Value;
use std::fmt;
use std::fmt::Write;

/// What was saved beside the page.
#[derive(Debug)]
pub struct Data {
    /// `compare.json`.
    pub report: Report,
    /// `scale.json`.
    pub scale: Value,
    /// `reruns.json`: what other runs said of the findings.
    pub reruns: Vec<Rerun>,
    /// The table of footprints in `which-runtime.md`, with its header, cell by cell.
    pub footprint: Vec<Vec<String>>,
}

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

impl Data {
    /// How many threads the row has in the groups of these columns: `1`, or `1 to 100`.
    fn threads(&self, name: &str, columns: &[&str]) -> String {
        let groups = columns.iter().filter_map(|column| self.group(column.split(' ').next()?));
        let threads: Vec<_> = groups.filter_map(|group| Some(group.row(name)?.entrant.threads)).collect();
        match (threads.iter().min(), threads.iter().max()) {
            (Some(few), Some(many)) if few < many => format!("{few} to {many}"),
            (Some(few), _) => few.to_string(),
            _ => MISSING.to_owned(),
        }
    }

    fn group(&self, id: &str) -> Option<&GroupReport> {
        self.report.group(id)
    }

    /// The run of `paintdry scale` of one runtime with as many tasks as `source` says: `scale-100000`.
    fn run(&self, runtime: &str, source: &str) -> Option<&Value> {
        let tasks: u64 = source.strip_prefix("scale-")?.parse().ok()?;
        self.scale["runs"].as_array()?.iter().find(|run| run["runtime"] == runtime && run["tasks"] == tasks)
    }

    /// How many seconds the last of the sleepers of `paintdry scale` was late.
    fn above_ideal(&self, runtime: &str, source: &str) -> Option<f64> {
        let run = self.run(runtime, source)?;
        Some((run["wall_ns"].as_f64()? - run["ideal_ns"].as_f64()?) / 1e9)
    }

    /// The bytes of a task in `paintdry scale`.
    fn memory(&self, runtime: &str, source: &str) -> Option<f64> {
        self.run(runtime, source)?["bytes_per_task"].as_f64()
    }
}
