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
        Column::right("above ideal"),
        Column::right("CPU time"),
        Column::right("peak"),
        Column::right("for a task"),
    ];
    let late = cells(runs, ScaleRun::above_ideal, show_late);
    let cpu = cells(runs, |run| run.cpu.map(|cpu| cpu.as_secs_f64()), show_milliseconds);
    let bytes = cells(runs, |run| run.bytes_per_task, show_whole_bytes);
    let mut rows = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        rows.push(vec![
            format!("{:>width$}", thousands(run.tasks as u64)),
            shorten(run.runtime, 17),
            if run.error.is_some() {
                "failed".to_owned()
            } else if run.not_run.is_some() {
                "not run".to_owned()
            } else {
                late[index].clone()
            },
            cpu[index].clone(),
            run.peak_bytes.map_or(NONE.to_owned(), show_bytes),
            bytes[index].clone(),
        ]);
    }
    let failed = runs.iter().enumerate().filter(|(_, run)| run.error.is_some());
    Sheet { columns, rows, fastest: None, failed: failed.map(|(index, _)| index).collect() }
}

/// A column of numbers. None has a star: each is that of one run, and the next one may have another order.
fn cells(runs: &[&ScaleRun], number: fn(&ScaleRun) -> Option<f64>, shown: fn(f64) -> String) -> Vec<String> {
    runs.iter().map(|run| number(run).map_or(NONE.to_owned(), shown)).collect()
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
