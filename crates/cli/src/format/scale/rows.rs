//! The tables of `scale`: one for each number of tasks.

use crate::format::sheet::{Column, NONE, Sheet};
use crate::scale::{ScaleReport, ScaleRun, show_bytes};
use paintdry_core::thousands;
use paintdry_terminal::show::{shorten, show};
use std::time::Duration;

/// One for each number of tasks that has rows.
pub(super) fn sheets(report: &ScaleReport) -> Vec<Sheet> {
    let runs_with = |tasks: &usize| report.runs.iter().filter(|run| run.tasks == *tasks).collect::<Vec<_>>();
    let widths = report.workload.tasks.iter().map(|tasks| thousands(*tasks as u64).len());
    let width = widths.max().unwrap_or_default();
    report.workload.tasks.iter().map(|tasks| sheet(&runs_with(tasks), width)).collect()
}

/// The tasks are `width` wide, so that the tables stand below each other.
fn sheet(runs: &[&ScaleRun], width: usize) -> Sheet {
    let columns = vec![
        Column::right("tasks"),
        Column::left("runtime"),
        Column::right("above ideal "),
        Column::right("CPU time "),
        Column::right("peak"),
        Column::right("for a task "),
    ];
    let late = cells(runs, ScaleRun::above_ideal, 12, show_late);
    let cpu = cells(runs, |run| run.cpu.map(|cpu| cpu.as_secs_f64()), 11, show_milliseconds);
    let bytes = cells(runs, |run| run.bytes_per_task, 8, show_whole_bytes);
    let mut rows = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        rows.push(vec![
            format!("{:>width$}", thousands(run.tasks as u64)),
            shorten(run.runtime, 17),
            if run.error.is_some() {
                "failed ".to_owned()
            } else if run.not_run.is_some() {
                "not run ".to_owned()
            } else {
                late[index].clone()
            },
            cpu[index].clone(),
            format!("{:>8}", run.peak_bytes.map_or(NONE.to_owned(), show_bytes)),
            bytes[index].clone(),
        ]);
    }
    let failed = runs.iter().enumerate().filter(|(_, run)| run.error.is_some());
    Sheet { columns, rows, fastest: None, failed: failed.map(|(index, _)| index).collect() }
}

/// Each number is that of one run: what is no more than this below the next may be noise.
const DISTINCT: f64 = 1.1;

/// A column of numbers, of which the least has a star, if it is the least by far. Floors are in no race.
fn cells(
    runs: &[&ScaleRun],
    number: fn(&ScaleRun) -> Option<f64>,
    width: usize,
    shown: fn(f64) -> String,
) -> Vec<String> {
    let in_race = |run: &&&ScaleRun| run.kind != "floor" && run.runtime != crate::runtimes::BLOCKING;
    let rivals: Vec<_> = runs.iter().filter(in_race).filter_map(|run| number(run)).collect();
    let least = rivals.iter().copied().fold(f64::INFINITY, f64::min);
    let is_distinct = rivals.len() > 1 && rivals.iter().filter(|rival| **rival <= least * DISTINCT).count() == 1;
    let cell = |run: &&ScaleRun| {
        let Some(value) = number(run) else { return format!("{NONE} ") };
        let wins = is_distinct && in_race(&run) && value <= least;
        format!("{:>width$}{}", shown(value), if wins { "★" } else { " " })
    };
    runs.iter().map(cell).collect()
}

/// In milliseconds, so that a column can be read from above, with a sign.
fn show_late(seconds: f64) -> String {
    format!("{}{}", if seconds < 0.0 { '−' } else { '+' }, show_milliseconds(seconds.abs()))
}

fn show_milliseconds(seconds: f64) -> String {
    let tenths = Duration::try_from_secs_f64(seconds + 0.000_05).unwrap_or_default().as_micros() / 100;
    let whole = u64::try_from(tenths / 10).unwrap_or(u64::MAX);
    format!("{}.{} ms", thousands(whole), tenths % 10)
}

pub(super) fn show_whole_bytes(bytes: f64) -> String {
    format!("{} B", thousands(Duration::try_from_secs_f64(bytes + 0.5).unwrap_or_default().as_secs()))
}

pub(super) fn show_seconds(seconds: f64) -> String {
    show(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default())
}
