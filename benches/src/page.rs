//! Fills the tables of `docs/compare.md` with the figures that the benches saved.
//!
//! The page decides which tables, rows and columns it has. A comment on the line above a table names the figure of each
//! column, and the first cell of each row names a contender:
//!
//! ```markdown
//! <!-- table: yield-2 median, yield-100 median, yield growth -->
//! | | 2 tasks | 100 | growth |
//! |---|---:|---:|---:|
//! | tokio | 80.2 ns | 32.4 ns | 4.39 times |
//! ```
//!
//! No heading is read, so that the page can be reworded and translated.

use crate::markdown::{factor, time};
use crate::report::{GroupReport, Report};
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
        let _ = writeln!(text, "{line}");
        let Some(marker) = line.strip_prefix("<!-- table: ").and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let columns: Vec<_> = marker.split(", ").collect();
        let bad_table = |reason| BadTable { line: number, reason };
        for part in ["header", "rule"] {
            let (line, _) = lines
                .next_if(|(line, _)| cells(line).len() == columns.len() + 1)
                .ok_or_else(|| bad_table(format!("its {part} needs {} cells", columns.len() + 1)))?;
            let _ = writeln!(text, "{line}");
        }
        while let Some((line, _)) = lines.next_if(|(line, _)| line.starts_with('|')) {
            let name = cells(line)[0];
            let figures = columns.iter().map(|column| figure(column, name, data)).collect::<Result<Vec<_>, _>>();
            let _ = writeln!(text, "| {name} | {} |", figures.map_err(bad_table)?.join(" | "));
        }
    }
    Ok(text)
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// The figure of the contender `name` in a column; a dash if it was not measured.
///
/// # Errors
/// If the column is unknown: the reason, as a sentence.
fn figure(column: &str, name: &str, data: &Data) -> Result<String, String> {
    let (source, what) = column.split_once(' ').unwrap_or((column, ""));
    let group =
        || data.group(source).ok_or_else(|| format!("`compare.json` has no group `{source}`; correct the marker"));
    let row = || group().map(|group| group.row(name));
    let times = |ratio: Option<f64>| ratio.map(|ratio| format!("{} times", factor(ratio)));
    let figure = match (source, what) {
        ("yield", "growth") => times(data.growth(name)),
        ("scale", "above-ideal") => data.above_ideal(name).map(|seconds| format!("{seconds:.2} s")),
        ("scale", "memory") => data.memory(name).map(|bytes| format!("{bytes:.0} B")),
        (_, "median") => row()?.map(|row| time(row.ns.median)),
        (_, "last-late") => row()?.and_then(|row| row.late).map(|late| time(late.worst)),
        (_, "threads") => row()?.map(|row| row.threads.to_string()),
        (_, "to-by-hand") => times(ratio(group()?, name, &format!("{name} by hand"))),
        (_, "to-one-thread") => {
            let (without_number, _) = name.rsplit_once(", ").unwrap_or((name, ""));
            times(ratio(group()?, name, &format!("{without_number}, 1")))
        }
        _ => {
            return Err(format!(
                "`{column}` is no figure; write `yield growth`, `scale above-ideal`, `scale memory`, or a group with \
                 `median`, `last-late`, `threads`, `to-by-hand` or `to-one-thread`"
            ));
        }
    };
    Ok(figure.unwrap_or_else(|| "–".to_owned()))
}

/// The ratio of two rows within a round.
fn ratio(group: &GroupReport, of: &str, to: &str) -> Option<f64> {
    Some(group.pairs.iter().find(|pair| pair.of == of && pair.to == to)?.ratio.median)
}

impl Data {
    fn group(&self, id: &str) -> Option<&GroupReport> {
        self.report.groups.iter().find(|group| group.id == id)
    }

    /// The cost of a yield with a million tasks, divided by the cost with ten thousand.
    #[must_use]
    pub fn growth(&self, name: &str) -> Option<f64> {
        let median = |group| Some(self.group(group)?.row(name)?.ns.median);
        Some(median("yield-1000000")? / median("yield-10000")?)
    }

    fn run(&self, runtime: &str) -> Option<&Value> {
        self.scale["runs"].as_array()?.iter().find(|run| run["runtime"] == runtime)
    }

    /// How many seconds the last of the sleepers of `paintdry scale` was late.
    fn above_ideal(&self, runtime: &str) -> Option<f64> {
        let run = self.run(runtime)?;
        Some((run["wall_ns"].as_f64()? - run["ideal_ns"].as_f64()?) / 1e9)
    }

    /// The bytes of a task in `paintdry scale`.
    fn memory(&self, runtime: &str) -> Option<f64> {
        self.run(runtime)?["bytes_per_task"].as_f64()
    }
}
