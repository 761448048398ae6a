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
//! paragraph that is written here: `findings`, `where` or `reruns`. Within a line, a figure is between two comments:
//! `<!-- figure: yield-2 median, tokio -->80.2 ns<!-- /figure -->`.

use crate::estimate::Estimate;
use crate::findings::{CLAIMS, Claim, Verdict};
use crate::markdown::{factor, in_unit, interval, time};
use crate::report::{GroupReport, Report, Row};
use serde::{Deserialize, Serialize};
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
}

/// What a run at another time or place said of the findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rerun {
    /// When it began.
    pub begun: String,
    /// Where.
    pub machine: String,
    /// With which options.
    pub options: String,
    /// For each claim, in the words of its row.
    pub verdicts: Vec<(String, String)>,
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
                reason: format!("there is no text `{name}`; write findings, where or reruns"),
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
        while let Some((line, _)) = lines.next_if(|(line, _)| line.starts_with('|')) {
            let name = cells(line)[0];
            let figures = columns.iter().map(|column| figure(column, name, data)).collect::<Result<Vec<_>, _>>();
            let _ = writeln!(text, "| {name} | {} |", figures.map_err(bad_table)?.join(" | "));
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

/// In a table, the figure of a row that was not measured.
const MISSING: &str = "–";

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
        (_, "above-ideal") => data.above_ideal(name, source).map(|seconds| format!("{seconds:.2} s")),
        (_, "memory") => data.memory(name, source).map(|bytes| format!("{bytes:.0} B")),
        (_, "median") => row()?.map(|row| time(row.ns.median)),
        (_, "cell") => row()?.map(|row| cell(row, data.is_fastest(source, name))),
        (_, "rounds") => Some(group()?.rounds.to_string()),
        (_, "interval") => row()?.map(|row| interval(&row.ns, time)),
        (_, "to-fastest") => row()?.and_then(|row| row.to_fastest_full).map(|ratio| tie_or_times(&ratio)),
        (_, "late") => row()?.and_then(|row| row.late).map(|late| time(late.median)),
        (_, "late-99") => row()?.and_then(|row| row.late).map(|late| time(late.p99)),
        (_, "late-999") => row()?.and_then(|row| row.late).map(|late| time(late.p999)),
        (_, "last-late") => row()?.and_then(|row| row.late).map(|late| time(late.worst)),
        (_, "threads") => row()?.map(|row| row.entrant.threads.to_string()),
        (_, "to-by-hand") => times(ratio(group()?, name, &format!("{name} by hand"))),
        (_, "to-one-thread") => {
            let (without_number, _) = name.rsplit_once(", ").unwrap_or((name, ""));
            times(ratio(group()?, name, &format!("{without_number}, 1")))
        }
        _ => {
            return Err(format!(
                "`{column}` is no figure; write `scale-` and a number of tasks with `above-ideal` or `memory`, or a group with \
                 `cell`, `median`, `interval`, `rounds`, `to-fastest`, `late`, `late-99`, `late-999`, `last-late`, \
                 `threads`, `to-by-hand` or `to-one-thread`"
            ));
        }
    };
    Ok(figure.unwrap_or_else(|| MISSING.to_owned()))
}

/// A median and its interval in the same unit, marked if it is a tie with the fastest full runtime: `= 80.2 ns (78.0 to 91.2)`. That
/// one is bold.
fn cell(row: &Row, is_fastest: bool) -> String {
    let tie = if row.to_fastest_full.is_some_and(|ratio| ratio.is_tie()) && !is_fastest { "= " } else { "" };
    let bold = if is_fastest { "**" } else { "" };
    let (count, unit) = in_unit(row.ns.median);
    let in_same = |nanoseconds: f64| factor(nanoseconds * count / row.ns.median);
    let interval = row.ns.interval.map(|(low, high)| format!(" ({} to {})", in_same(low), in_same(high)));
    format!("{tie}{bold}{} {unit}{bold}{}", factor(count), interval.unwrap_or_default())
}

/// A ratio, marked if it is a tie: `= 1.02 times`.
fn tie_or_times(ratio: &Estimate) -> String {
    format!("{}{} times", if ratio.is_tie() { "= " } else { "" }, factor(ratio.median))
}

/// The ratio of two rows within a round.
fn ratio(group: &GroupReport, of: &str, to: &str) -> Option<f64> {
    Some(group.pairs.iter().find(|pair| pair.of == of && pair.to == to)?.ratio.median)
}

impl Rerun {
    /// What `report`, made with these options, says of the findings.
    #[must_use]
    pub fn of(report: &Report, options: &str) -> Self {
        let said = |claim: &Claim| {
            let ratio = report.group(claim.group).and_then(|group| group.ratio(claim.slower, claim.faster));
            let ratio = ratio.map_or_else(String::new, |ratio| format!(": {} times", factor(ratio.median)));
            format!("{}{ratio}", claim.verdict(report).label())
        };
        Self {
            begun: report.begun.clone(),
            machine: report.machine.cpu.clone(),
            options: options.to_owned(),
            verdicts: CLAIMS.iter().map(|claim| (claim.name(), said(claim))).collect(),
        }
    }
}

impl Data {
    /// Whether this is the fastest full runtime of the group.
    fn is_fastest(&self, group: &str, name: &str) -> bool {
        self.group(group).is_some_and(|group| group.fastest_full.as_deref() == Some(name))
    }

    fn group(&self, id: &str) -> Option<&GroupReport> {
        self.report.group(id)
    }

    /// The paragraph with this name; it ends with a line.
    fn text(&self, name: &str) -> Option<String> {
        match name {
            "findings" => {
                let sentences = CLAIMS.iter().filter_map(|claim| claim.sentence(&self.report));
                let lines: Vec<_> = sentences.map(|sentence| format!("- {sentence}\n")).collect();
                Some(lines.concat())
            }
            "where" => {
                let versions: Vec<_> =
                    self.report.machine.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
                let rounds = || self.report.groups.iter().map(|group| group.rounds);
                let (fewest, most) = (rounds().min().unwrap_or(0), rounds().max().unwrap_or(0));
                Some(format!(
                    "{}. {fewest} to {most} rounds for each group, begun at {}. {}.\n",
                    self.report.machine,
                    self.report.begun,
                    versions.join(", ")
                ))
            }
            "reruns" => Some(self.reruns()),
            _ => None,
        }
    }

    /// A table: a row for each claim, a column for each rerun.
    fn reruns(&self) -> String {
        let mut text = String::from("| finding |");
        for rerun in &self.reruns {
            let options = if rerun.options.is_empty() { "everything" } else { &rerun.options };
            let _ = write!(text, " {options}, {}, {} |", rerun.begun, rerun.machine);
        }
        text.push_str("\n|---|");
        text.push_str(&"---|".repeat(self.reruns.len()));
        for claim in CLAIMS {
            let _ = write!(text, "\n| {} |", claim.name());
            for rerun in &self.reruns {
                let verdict = rerun.verdicts.iter().find(|(name, _)| *name == claim.name());
                let _ = write!(text, " {} |", verdict.map_or(Verdict::Unmeasured.label(), |(_, verdict)| verdict));
            }
        }
        text + "\n"
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
