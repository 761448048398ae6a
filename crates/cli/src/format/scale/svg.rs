//! The result of `scale` as a chart: a dot plot for each figure, on a logarithmic scale, in light and dark.

use super::rows::{show_seconds, show_whole_bytes};
use crate::scale::{ScaleReport, ScaleRun, show_bytes};
use paintdry_contenders::axis::Axis;
use paintdry_contenders::chart::Chart;
use paintdry_terminal::show::{counted, shorten, show};
use std::time::Duration;

const WIDTH: f64 = 820.0;
/// Where the names of the runtimes end and the plot begins.
const LEFT: f64 = 160.0;
/// Where the plot ends and the values begin.
const RIGHT: f64 = 640.0;
const ROW: f64 = 20.0;
/// Of a panel: its title above the rows, and its axis below them.
const TITLE: f64 = 34.0;
const AXIS: f64 = 26.0;
/// Where the first panel begins.
const TOP: f64 = 84.0;

const DESCRIPTION: &str = "Three dot plots with a row for each runtime: how late it was, the memory and the processor time that \
    it took. The values on the right are those of the most tasks.";

/// What one panel shows.
struct Panel {
    title: &'static str,
    value: fn(&ScaleRun) -> Option<f64>,
    shown: fn(f64) -> String,
    tick: fn(f64) -> String,
}

const PANELS: [Panel; 3] = [
    Panel { title: "Wall time above the ideal", value: ScaleRun::above_ideal, shown: show_seconds, tick: show_seconds },
    Panel { title: "Memory for a task", value: |run| run.bytes_per_task, shown: show_whole_bytes, tick: show_tick },
    Panel {
        title: "Processor time, of all threads",
        value: |run| run.cpu.map(|cpu| cpu.as_secs_f64()),
        shown: show_seconds,
        tick: show_seconds,
    },
];

/// The whole chart.
pub(super) fn chart(report: &ScaleReport) -> String {
    let names = names(report);
    let panel_height = TITLE + float(names.len()) * ROW + AXIS;
    let height = TOP + float(PANELS.len()) * panel_height + 10.0;
    let title = format!("Canvases that dry for {} at the same time", show(report.workload.drying));
    let cores = counted(report.host.cores as u64, "core", "cores");
    let line = format!(
        "{} with {cores}, rustc {}; less is better; each scale is logarithmic",
        report.host.os, report.host.rustc
    );
    let mut chart = Chart::new(WIDTH, height, &title, DESCRIPTION, &line);
    legend(&mut chart, report);
    for (index, panel) in PANELS.iter().enumerate() {
        drawn(&mut chart, report, &names, panel, TOP + float(index) * panel_height);
    }
    chart.svg()
}

/// The names of the rows, each once.
fn names(report: &ScaleReport) -> Vec<&'static str> {
    let mut names = Vec::new();
    for run in &report.runs {
        if !names.contains(&run.runtime) {
            names.push(run.runtime);
        }
    }
    names
}

fn legend(chart: &mut Chart, report: &ScaleReport) {
    let mut x = 26.0;
    for tasks in &report.workload.tasks {
        dot(chart, report, *tasks, x, 62.0);
        let words = counted(*tasks as u64, "task", "tasks");
        chart.text(x + 10.0, 66.0, "", &words);
        x += 40.0 + 7.0 * float(words.len());
    }
}

fn drawn(chart: &mut Chart, report: &ScaleReport, names: &[&'static str], panel: &Panel, top: f64) {
    let values = report.runs.iter().filter_map(panel.value);
    let axis = Axis::around(values, LEFT, RIGHT);
    let bottom = top + TITLE + float(names.len()) * ROW;
    chart.text(20.0, top + 20.0, "strong", panel.title);
    chart.grid(&axis, (top + TITLE - 4.0, bottom), bottom + 15.0, panel.tick);
    for (index, name) in names.iter().enumerate() {
        let middle = top + TITLE + float(index) * ROW + ROW / 2.0;
        chart.text(LEFT - 12.0, middle + 4.0, "end", &shorten(name, 20));
        let runs: Vec<_> = report.runs.iter().filter(|run| run.runtime == *name).collect();
        row(chart, report, &runs, panel, &axis, middle);
    }
}

/// The dots of one runtime, on a line from the least to the greatest, and the value of the last.
fn row(chart: &mut Chart, report: &ScaleReport, runs: &[&ScaleRun], panel: &Panel, axis: &Axis, middle: f64) {
    let dots: Vec<_> = runs.iter().filter_map(|run| Some((run.tasks, (panel.value)(run)?))).collect();
    let places = dots.iter().map(|(_, value)| axis.place(*value));
    let (from, to) = places.fold((RIGHT, LEFT), |(from, to), x| (from.min(x), to.max(x)));
    if from < to {
        chart.path("line", format_args!("M{from:.1} {middle:.1}H{to:.1}"));
    }
    for (tasks, value) in &dots {
        dot(chart, report, *tasks, axis.place(*value), middle);
    }
    let words = match (dots.last(), runs.last()) {
        (Some((tasks, value)), _) if Some(tasks) == report.workload.tasks.last() => (panel.shown)(*value),
        (Some((tasks, value)), _) => {
            format!("{}, {}", (panel.shown)(*value), counted(*tasks as u64, "task", "tasks"))
        }
        (None, Some(run)) if run.error.is_some() => "failed".to_owned(),
        (None, Some(run)) if run.not_run.is_some() => "not run".to_owned(),
        (None, _) => "not known".to_owned(),
    };
    chart.text(RIGHT + 14.0, middle + 4.0, "", &words);
}

/// The sign for a number of tasks: a shape for each number, filled for the greatest.
fn dot(chart: &mut Chart, report: &ScaleReport, tasks: usize, x: f64, y: f64) {
    const SHAPES: [&str; 5] = [
        "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
        "m-4-4h8v8h-8z",
        "m0-5l5 9h-10z",
        "m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z",
        "m0 5l5-9h-10z",
    ];
    let numbers = &report.workload.tasks;
    let index = numbers.iter().position(|number| *number == tasks).unwrap_or(0);
    let class = if index + 1 == numbers.len() { "full" } else { "empty" };
    let shape = SHAPES[index % SHAPES.len()];
    chart.path(class, format_args!("M{x:.1} {y:.1}{shape}"));
}

fn float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// An amount of memory at a tick, without decimals.
fn show_tick(bytes: f64) -> String {
    let whole = Duration::try_from_secs_f64(bytes + 0.5).map_or(u64::MAX, |whole| whole.as_secs());
    show_bytes(whole).replace(".0 ", " ")
}
