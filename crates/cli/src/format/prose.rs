//! The sentences around the table: what ran, and where, what the columns mean, and what went wrong.

use crate::amap::LONGEST_ORDER;
use crate::limits::few_enough;
use crate::race::Race;
use crate::report::{JobReport, Report};
use crate::{AmapWorkload, PaintWorkload, Workload};
use paintdry_core::thousands;
use paintdry_studio::Clock;
use paintdry_terminal::show::{counted, shorten, show};
use std::time::Duration;

/// Everything must fit this width: that of a terminal as it opens, or of a projected one.
pub(super) const COLUMNS: usize = 80;

/// Below this number of items in all, the fixed cost of a run shows in the time for each yield ...
const MANY_ITEMS: u64 = 100_000;
/// ... and below this number of items for each task, the fixed cost of a task.
const MANY_OF_A_TASK: u64 = 1_000;

/// What ran, and where.
pub(super) fn headline(report: &Report) -> String {
    let what = match report.workload.workload {
        Workload::Paint(workload) => {
            let painting = report.painting().filter(|painting| !painting.is_zero());
            paint_headline(workload, painting)
        }
        Workload::Amap(AmapWorkload { tasks, items }) => format!(
            "amap: {} of {}, a yield after each item",
            counted(tasks as u64, "task", "tasks"),
            counted(items, "item", "items")
        ),
    };
    let host = &report.host;
    let cores = counted(host.cores as u64, "core", "cores");
    let time = match report.workload.clock {
        Clock::Real => "",
        Clock::Virtual => ", in virtual time",
    };
    let several = report.runs.iter().any(|run| run.walls.len() > 1);
    let runs = if several { format!("; medians of {}", runs_of_each(report)) } else { String::new() };
    format!("{what}{time}\non {} with {cores}, built by rustc {}{runs}", host.os, host.rustc)
}

/// How many runs each row has. If the comparison was interrupted, some have one more than others.
fn runs_of_each(report: &Report) -> String {
    let measured = report.runs.iter().map(|run| run.walls.len().max(1));
    match (measured.clone().min().unwrap_or(1), measured.max().unwrap_or(1)) {
        (least, most) if least < most => format!("{least} or {most} runs"),
        (_, most) => counted(most as u64, "run", "runs"),
    }
}

fn paint_headline(workload: PaintWorkload, painting: Option<Duration>) -> String {
    let painting = painting.map_or(String::new(), |painting| format!(", painting {} each", show(painting)));
    format!(
        "paint: {}, {} drying, a check every {}{painting}",
        counted(workload.canvases as u64, "canvas", "canvases"),
        show(workload.drying),
        show(workload.poll)
    )
}

/// The lines under the table.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if report.runs.is_empty() {
        return notes;
    }
    match report.race() {
        Race::None => {}
        Race::TooFew => notes.push(format!("{} of each cannot show which is faster; use --runs 5.", runs_of_each(report))),
        Race::Won(_) => notes.push(
            "★ is the fastest: its runs are faster than those of each other, which chance\n\
             alone would do in less than 5 of 100 comparisons."
                .to_owned(),
        ),
        Race::Noise(noise) => notes.push(format!(
            "Which runtime is the fastest cannot be told from the noise, which is ± {};\nmore --runs tell smaller differences.",
            show(noise)
        )),
    }
    match report.workload.workload {
        _ if !report.workload.is_timed() => notes.extend(watched_notes(report)),
        Workload::Paint(_) => notes.push(
            "Times faster: than blocking. Checks: those of all painters together.\n\
             Ideal: the processor time of the painting in that very run, divided among the\n\
             threads as far as there are cores, and then the waiting, ⌈drying / poll⌉ × poll,\n\
             once for all canvases. Blocking pays for both for each canvas."
                .to_owned(),
        ),
        Workload::Amap(workload) => notes.extend(amap_notes(report, workload)),
    }
    if report.runs.iter().any(|run| run.walls.len() > 1) {
        notes.push("±: half the width of the middle half of the wall times.".to_owned());
    }
    for run in &report.runs {
        if let Some(error) = &run.error {
            notes.push(format!("{} failed: {error}", run.runtime));
        }
    }
    if report.workload.is_timed() {
        notes.push(format!("See it: {}", next_step(report.workload.workload)));
    }
    notes
}

/// The command that shows every turn of the same job.
fn next_step(workload: Workload) -> String {
    // Cargo says which package it runs. Then `paintdry` need not be on the PATH.
    let is_run_by_cargo = std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    let command = if is_run_by_cargo { "cargo run --release --" } else { "paintdry" };
    match workload {
        Workload::Paint(_) => format!("{command} --virtual --replay dry.html"),
        Workload::Amap(_) => format!("{command} amap --virtual --replay amap.html"),
    }
}

fn watched_notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if report.workload.clock == Clock::Virtual {
        let therefore = match report.workload.workload {
            Workload::Paint(_) => "work costs nothing, or what --stroke-cost says",
            Workload::Amap(_) => "where no task sleeps, none passes",
        };
        notes.push(format!(
            "Virtual time does not move while anything can run, and then jumps to the\nnext timer: {therefore}."
        ));
    } else {
        notes.push("Recorded: the recorder's own time is part of these, so they are not compared.".to_owned());
    }
    notes
}

fn amap_notes(report: &Report, workload: AmapWorkload) -> Vec<String> {
    let mut notes = Vec::new();
    let results = report.runs.iter().find_map(|run| match &run.job {
        JobReport::Amap { results, .. } => results.first(),
        JobReport::Paint { .. } => None,
    });
    if let Some(results) = results {
        // Only the first ones that fit: there may be a million.
        let results: Vec<_> = results.iter().take(COLUMNS).map(u64::to_string).collect();
        let every = if workload.tasks == 1 { "The promise" } else { "Every promise" };
        notes.push(shorten(&format!("{every} holds the right results: {}", results.join(" ")), COLUMNS));
    }
    if workload.items_in_all() < MANY_ITEMS || workload.items < MANY_OF_A_TASK {
        notes.push(for_the_yield_alone(workload));
    }
    if workload.items_in_all() > LONGEST_ORDER {
        notes.push(format!("Above {} items in all the order of work is not recorded.", thousands(LONGEST_ORDER)));
    }
    if report.runs.iter().any(|run| run.runtime == crate::runtimes::BLOCKING) {
        notes.push("Blocking does not yield: its time is that of the work alone.".to_owned());
    }
    notes
}

fn for_the_yield_alone(workload: AmapWorkload) -> String {
    let tasks = workload.tasks as u64;
    let few = match workload.items_in_all() {
        in_all @ ..MANY_ITEMS => format!("{} in all", counted(in_all, "item", "items")),
        _ => format!("{} for each task", counted(workload.items, "item", "items")),
    };
    let items = MANY_ITEMS.div_ceil(tasks).max(MANY_OF_A_TASK);
    let enough = if few_enough(AmapWorkload { items, ..workload }).is_ok() {
        format!("more: --items {items}")
    } else {
        format!("fewer tasks: --tasks 2 --items {}", MANY_ITEMS / 2)
    };
    format!("With {few}, spawning and joining the tasks is a part of the time;\nfor the yield alone take {enough}")
}
