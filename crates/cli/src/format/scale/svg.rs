//! The result of `scale` as a chart: a dot plot for each figure, on a logarithmic scale, in light and dark.

use super::rows::{show_seconds, show_whole_bytes};
use crate::format::prose::COLUMNS;
use crate::scale::{ScaleReport, ScaleRun, show_bytes};
use paintdry_contenders::axis::Axis;
use paintdry_terminal::show::{counted, shorten, show};
use std::fmt::Write;
use std::time::Duration;

const WIDTH: usize = 820;
/// Where the names of the runtimes end and the plot begins.
const LEFT: f64 = 160.0;
/// Where the plot ends and the values begin.
const RIGHT: f64 = 640.0;
const ROW: usize = 20;
/// Of a panel: its title above the rows, and its axis below them.
const TITLE: usize = 34;
const AXIS: usize = 26;

const STYLE: &str = "\
svg { color-scheme: light dark; background: #fff; fill: #1c1c1c; stroke: none; font: 12px sans-serif }
.strong { font-weight: bold } .quiet { fill: #595959 } .end { text-anchor: end } .middle { text-anchor: middle }
.grid { stroke: #d4d4d4 } .span { stroke: #767676 } .dot { fill: #fff; stroke: #0b5394; stroke-width: 1.5 }
.most { fill: #0b5394 }
@media (prefers-color-scheme: dark) {
svg { background: #161616; fill: #ececec } .quiet { fill: #b0b0b0 } .grid { stroke: #3c3c3c } .span { stroke: #8c8c8c }
.dot { fill: #161616; stroke: #7db8f0 } .most { fill: #7db8f0 }
}";

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
    let panel_height = TITLE + names.len() * ROW + AXIS;
    let top = 84;
    let height = top + PANELS.len() * panel_height + 10;
    let drying = show(report.workload.drying);
    let host = format!(
        "{} with {}, rustc {}",
        report.host.os,
        counted(report.host.cores as u64, "core", "cores"),
        report.host.rustc
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">Canvases that dry for {drying} at the same time</title>\n\
         <desc id=\"d\">Three dot plots with a row for each runtime: how late it was, the memory and the processor time \
         that it took. The values on the right are those of the most tasks.</desc>\n\
         <style>\n{STYLE}\n</style>\n"
    );
    text(&mut svg, 20.0, 26, "strong", &format!("Canvases that dry for {drying} at the same time"));
    text(&mut svg, 20.0, 44, "quiet", &format!("{host}; less is better; each scale is logarithmic"));
    legend(&mut svg, report);
    for (index, panel) in PANELS.iter().enumerate() {
        drawn(&mut svg, report, &names, panel, top + index * panel_height);
    }
    svg + "</svg>\n"
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

fn legend(svg: &mut String, report: &ScaleReport) {
    let mut x = 26.0;
    for tasks in &report.workload.tasks {
        dot(svg, report, *tasks, x, 62.0);
        let words = counted(*tasks as u64, "task", "tasks");
        text(svg, x + 10.0, 66, "", &words);
        x += 40.0 + 7.0 * f64::from(u32::try_from(words.len()).unwrap_or(0));
    }
}

fn drawn(svg: &mut String, report: &ScaleReport, names: &[&'static str], panel: &Panel, top: usize) {
    let values = report.runs.iter().filter_map(panel.value);
    let axis = Axis::around(values, LEFT, RIGHT);
    let bottom = top + TITLE + names.len() * ROW;
    text(svg, 20.0, top + 20, "strong", panel.title);
    for (x, value) in axis.ticks() {
        let (from, to) = (top + TITLE - 4, bottom);
        let _ = writeln!(svg, "<path class=\"grid\" d=\"M{x:.1} {from}V{to}\"/>"); // to a String, it cannot fail
        text(svg, x, bottom + 15, "quiet middle", &(panel.tick)(value));
    }
    for (index, name) in names.iter().enumerate() {
        let middle = top + TITLE + index * ROW + ROW / 2;
        text(svg, LEFT - 12.0, middle + 4, "end", &shorten(name, 20));
        let runs: Vec<_> = report.runs.iter().filter(|run| run.runtime == *name).collect();
        row(svg, report, &runs, panel, &axis, middle);
    }
}

/// The dots of one runtime, on a line from the least to the greatest, and the value of the last.
fn row(svg: &mut String, report: &ScaleReport, runs: &[&ScaleRun], panel: &Panel, axis: &Axis, middle: usize) {
    let dots: Vec<_> = runs.iter().filter_map(|run| Some((run.tasks, (panel.value)(run)?))).collect();
    let places = dots.iter().map(|(_, value)| axis.place(*value));
    let (from, to) = places.fold((RIGHT, LEFT), |(from, to), x| (from.min(x), to.max(x)));
    if from < to {
        let _ = writeln!(svg, "<path class=\"span\" d=\"M{from:.1} {middle}H{to:.1}\"/>");
    }
    let y = f64::from(u32::try_from(middle).unwrap_or(0));
    for (tasks, value) in &dots {
        dot(svg, report, *tasks, axis.place(*value), y);
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
    text(svg, RIGHT + 14.0, middle + 4, "", &words);
}

/// The sign for so many tasks: a shape for each number, filled for the greatest.
fn dot(svg: &mut String, report: &ScaleReport, tasks: usize, x: f64, y: f64) {
    const SHAPES: [&str; 5] = [
        "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
        "m-4-4h8v8h-8z",
        "m0-5l5 9h-10z",
        "m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z",
        "m0 5l5-9h-10z",
    ];
    let numbers = &report.workload.tasks;
    let index = numbers.iter().position(|number| *number == tasks).unwrap_or(0);
    let class = if index + 1 == numbers.len() { "dot most" } else { "dot" };
    let shape = SHAPES[index % SHAPES.len()];
    let _ = writeln!(svg, "<path class=\"{class}\" d=\"M{x:.1} {y:.1}{shape}\"/>");
}

fn text(svg: &mut String, x: f64, y: usize, class: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let words = shorten(&words, 2 * COLUMNS);
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" class=\"{class}\">{words}</text>");
}

/// An amount of memory at a tick, without decimals.
fn show_tick(bytes: f64) -> String {
    let whole = Duration::try_from_secs_f64(bytes + 0.5).map_or(u64::MAX, |whole| whole.as_secs());
    show_bytes(whole).replace(".0 ", " ")
}
