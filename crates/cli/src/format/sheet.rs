//! The rows and columns that table and markdown share.

use super::prose::COLUMNS;
use crate::Workload;
use crate::race::Race;
use crate::report::{JobReport, Report, Row};
use paintdry_core::thousands;
use paintdry_terminal::show::{shorten, show, show_difference, show_nanoseconds};

/// Shown if there is no value.
pub(super) const NONE: &str = "–";

/// One column: its title, and the alignment of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) right: bool,
}

impl Column {
    pub(super) const fn left(title: &'static str) -> Self {
        Self { title, right: false }
    }

    /// For numbers, so that their digits line up.
    pub(super) const fn right(title: &'static str) -> Self {
        Self { title, right: true }
    }
}

/// A table before it is drawn.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
    /// The row that won.
    pub(super) fastest: Option<usize>,
    /// The rows that have an error instead of times.
    pub(super) failed: Vec<usize>,
}

/// The tables of a report: one for paint; two for amap, whose order of work needs a full-width table.
pub(super) fn sheets(report: &Report) -> Vec<Sheet> {
    let paint = matches!(report.workload.workload, Workload::Paint(_));
    let mut columns =
        vec![Column::left("runtime"), Column::left("version"), Column::right("threads"), Column::right("wall time")];
    let (is_timed, has_speedup) = (report.workload.is_timed(), report.workload.has_speedup());
    let has_several = has_several(report);
    if paint {
        columns.extend(has_speedup.then(|| Column::right("times faster")));
        columns.extend(is_timed.then(|| Column::right("above ideal")));
        columns.push(Column::right(if has_several { "±" } else { "checks" }));
    } else {
        columns.extend(is_timed.then(|| Column::right("for each yield")));
        columns.extend(has_several.then(|| Column::right("±")));
    }
    let fastest = if let Race::Won(row) = report.race() { Some(row) } else { None };
    let rows = report.runs.iter().enumerate().map(|(index, run)| row(report, run, fastest == Some(index))).collect();
    let failed = report.runs.iter().enumerate().filter(|(_, run)| run.error.is_some());
    let times = Sheet { columns, rows, fastest, failed: failed.map(|(index, _)| index).collect() };
    let mut sheets = vec![times];
    sheets.extend(order(report));
    sheets
}

/// Whether the rows are medians of several runs.
fn has_several(report: &Report) -> bool {
    report.runs.iter().any(|run| run.walls.len() > 1)
}

fn row(report: &Report, run: &Row, fastest: bool) -> Vec<String> {
    let glyph = if fastest { "★" } else { " " };
    let (is_timed, has_speedup) = (report.workload.is_timed(), report.workload.has_speedup());
    let or_none = |text: Option<String>| text.unwrap_or_else(|| NONE.to_owned());
    let mut cells = vec![
        format!("{glyph} {}", shorten(run.runtime, 14)),
        shorten(run.version, 8),
        or_none(run.threads.map(|threads| thousands(threads as u64))),
        run.wall.map_or_else(|| "failed".to_owned(), show),
    ];
    match &run.job {
        JobReport::Paint { .. } => {
            if has_speedup {
                cells.push(or_none(run.speedup.map(|speedup| format!("{speedup:.2}"))));
            }
            if is_timed {
                cells.push(or_none(run.wall.zip(run.ideal).map(|(wall, ideal)| show_difference(wall, ideal))));
            }
            if !has_several(report) {
                cells.push(or_none(checks(run).map(thousands)));
            }
        }
        JobReport::Amap { ns_per_yield, .. } if is_timed => cells.push(or_none(ns_per_yield.map(show_nanoseconds))),
        JobReport::Amap { .. } => {}
    }
    if has_several(report) {
        cells.push(or_none((run.walls.len() > 1).then(|| show(run.noise()))));
    }
    cells
}

/// How often all painters together checked their canvases; `None` for amap and for a failed run.
pub(super) fn checks(run: &Row) -> Option<u64> {
    match &run.job {
        JobReport::Paint { canvases, .. } if run.error.is_none() => {
            Some(canvases.iter().map(|canvas| canvas.checks).sum())
        }
        _ => None,
    }
}

/// The order of work on each runtime that has one.
fn order(report: &Report) -> Option<Sheet> {
    let width = COLUMNS - 20;
    let rows: Vec<_> = report
        .runs
        .iter()
        .filter_map(|run| match &run.job {
            JobReport::Amap { order: Some(order), .. } => {
                // No name is shorter than a letter, a digit and a space.
                let start = order.iter().take(width).map(String::as_str).collect::<Vec<_>>().join(" ");
                Some(vec![format!("  {}", shorten(run.runtime, 14)), shorten(&start, width)])
            }
            _ => None,
        })
        .collect();
    let columns = vec![Column::left("  runtime"), Column::left("order of work")];
    (!rows.is_empty()).then_some(Sheet { columns, rows, fastest: None, failed: Vec::new() })
}
