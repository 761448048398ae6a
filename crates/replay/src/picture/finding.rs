//! What the recording shows, in words: the headline, and what each group does. The page says the same.

use super::run::Run;
use super::words::{counted, duration, grouped, run_name, shorten, title};
use crate::findings::Findings;
use paintdry_studio::{EventKind, RecordedRun, RecordedWorkload, Recording};
use std::cmp::Reverse;

/// The finding if there is one, else the job.
pub(super) fn headline(recording: &Recording, findings: &Findings, runs: &[Run<'_>], groups: &[Vec<usize>]) -> String {
    let found = match &recording.workload {
        RecordedWorkload::Paint(_) => of_paint(runs, groups),
        RecordedWorkload::Amap(_) => of_amap(runs),
        RecordedWorkload::Program { name } => Some(of_fault(findings, runs).unwrap_or_else(|| of_program(name, runs))),
    };
    found.unwrap_or_else(|| title(recording))
}

/// The worst fault, if there is one.
fn of_fault(findings: &Findings, runs: &[Run<'_>]) -> Option<String> {
    let (number, what) = findings.fault()?;
    let run = if runs.len() > 1 { run_said(runs[number].recorded, number) + ": " } else { String::new() };
    let headline = shorten(&(run + what), 120);
    Some(if headline.ends_with('…') { headline } else { headline + "." })
}

/// Less than this share of a time is faster than it, for a headline.
const FASTER: f64 = 0.95;
const NUMBERS: [&str; 7] = ["0", "One", "Two", "Three", "Four", "Five", "Six"];

fn of_paint(runs: &[Run<'_>], groups: &[Vec<usize>]) -> Option<String> {
    let firsts = groups.iter().map(|group| &runs[group[0]]);
    let (alone, mut several): (Vec<_>, Vec<_>) =
        firsts.filter(|run| run.recorded.error.is_none() && run.wall > 0).partition(|run| run.painters.len() == 1);
    let waits = alone.iter().find(|run| run.blocks()).copied();
    let turns = alone.iter().find(|run| !run.blocks()).copied();
    let alone = [("One painter who waits at each easel", waits), ("Taking turns", turns)];
    let said = |(what, run): (&str, Option<&Run<'_>>)| run.map(|run| format!("{what}: {}.", duration(run.wall)));
    let mut parts: Vec<_> = alone.into_iter().filter_map(said).collect();
    several.sort_by_key(|run| (run.painters.len(), run.wall));
    let mut best = turns.map_or(f64::INFINITY, |run| run.wall as f64);
    let mut noun = " painters";
    for run in several.into_iter().filter(|run| run.painters.len() > 1) {
        if (run.wall as f64) >= FASTER * best {
            continue; // more painters are worth a word if they are faster
        }
        let painters = run.painters.len();
        let painters = NUMBERS.get(painters).map_or_else(|| grouped(painters as u64), ToString::to_string);
        parts.push(format!("{painters}{noun}: {}.", duration(run.wall)));
        best = run.wall as f64;
        noun = "";
    }
    joined(parts.into_iter())
}

fn of_amap(runs: &[Run<'_>]) -> Option<String> {
    let order = |run: &Run<'_>| work_order(run).into_iter().take(4).collect::<Vec<_>>().join(" ");
    let works = || runs.iter().filter(|run| work_order(run).len() > 1);
    let whole = works().find(|run| is_every_task_at_once(run)).map(|run| ("One task after the other", run));
    let turns = works().find(|run| !is_every_task_at_once(run)).map(|run| ("Taking turns", run));
    joined([whole, turns].into_iter().flatten().map(|(what, run)| format!("{what}: {} …", order(run))))
}

/// The sentences in one line, if there are any.
fn joined(sentences: impl Iterator<Item = String>) -> Option<String> {
    let sentences: Vec<_> = sentences.collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The first items in the order in which they were worked on, each as the task's name and the item's number.
fn work_order(run: &Run<'_>) -> Vec<String> {
    let mut items = vec![0; run.recorded.tasks.len()];
    let mut order = Vec::new();
    for event in &run.recorded.events {
        let task = event.task as usize;
        // A task comes to the same two lines for each item; the first of them begins it.
        let begins = run.lines[task].first().is_some_and(|first| run.recorded.events[*first].what == event.what);
        if matches!(event.what, EventKind::Line(_)) && begins {
            order.push(format!("{}{}", run.recorded.tasks[task], items[task]));
            items[task] += 1;
        }
        if order.len() == 8 {
            break;
        }
    }
    order
}

pub(super) fn is_every_task_at_once(run: &Run<'_>) -> bool {
    let order = work_order(run);
    order.len() > 1 && order[0].chars().next() == order[1].chars().next()
}

fn is_stuck(run: &Run<'_>) -> bool {
    let error = run.recorded.error.as_deref().unwrap_or_default();
    matches!(error.split(|c: char| !c.is_alphanumeric() && c != '_').next(), Some("stuck" | "stalled"))
}

/// How the run ended, in a word or as its time.
pub(super) fn ending(run: &Run<'_>) -> String {
    match run.recorded.error {
        None if run.wall > 0 => duration(run.wall),
        None => "done".to_owned(),
        Some(_) if is_stuck(run) => "stuck".to_owned(),
        Some(_) => "failed".to_owned(),
    }
}

fn of_program(name: &str, runs: &[Run<'_>]) -> String {
    let title = if name.trim().is_empty() { "A program".to_owned() } else { shorten(name.trim(), 60) };
    let Some((number, failed)) = runs.iter().enumerate().find(|(_, run)| run.recorded.error.is_some()) else {
        return format!("{title}{}.", of_passed(runs));
    };
    let why = if is_stuck(failed) { "gets stuck" } else { "fails" };
    match runs {
        [_] => format!("{title} {why}."),
        _ => format!("{title}: {} {why}.", run_said(failed.recorded, number)),
    }
}

/// Of runs without a failure: what the slowest and the fastest cost, in time or else in turns, or what each costs.
fn of_passed(runs: &[Run<'_>]) -> String {
    type Cost = (fn(&Run<'_>) -> u64, fn(&Run<'_>) -> String);
    let turns: Cost = (polls, |run| counted(usize::try_from(polls(run)).unwrap_or(usize::MAX), "turn", "turns"));
    let time: Cost = (|run| run.wall, |run| duration(run.wall));
    match runs {
        [] => return " has no runs".to_owned(),
        [run] if run.wall > 0 => return format!(": {} and {}", turns.1(run), duration(run.wall)),
        [run] => return format!(": {}", turns.1(run)),
        _ => {}
    }
    for (cost, words) in [time, turns] {
        let mut by: Vec<_> = runs.iter().enumerate().collect();
        by.sort_by_key(|(_, run)| Reverse(cost(run)));
        let ((most, slow), (least, fast)) = (by[0], by[by.len() - 1]);
        if (cost(fast) as f64) < FASTER * cost(slow) as f64 {
            let (most, least) = (run_said(slow.recorded, most), run_said(fast.recorded, least));
            return format!(": {most} takes {}, {least} {}", words(slow), words(fast));
        }
    }
    let each = if runs[0].wall > 0 { duration(runs[0].wall) } else { turns.1(&runs[0]) };
    format!(": each of {} runs takes {each}", runs.len())
}

fn polls(run: &Run<'_>) -> u64 {
    run.recorded.events.iter().filter(|event| matches!(event.what, EventKind::Poll { .. })).count() as u64
}

/// A name of several words would run into the words around it.
fn run_said(run: &RecordedRun, number: usize) -> String {
    let name = run_name(run, number);
    if name.contains(char::is_whitespace) { format!("“{name}”") } else { name }
}

/// The line below a group's name.
pub(super) fn what_it_does(workload: &RecordedWorkload, run: &Run<'_>) -> String {
    let painters = run.painters.len();
    match workload {
        RecordedWorkload::Program { .. } => run.recorded.about.clone(),
        RecordedWorkload::Amap(_) if painters > 1 => {
            let each = if painters == run.recorded.tasks.len() { ", one for each task" } else { "" };
            counted(painters, "thread", "threads") + each
        }
        RecordedWorkload::Amap(_) if is_every_task_at_once(run) => "one thread, one task after the other".to_owned(),
        RecordedWorkload::Amap(_) => "one thread, the tasks take turns".to_owned(),
        RecordedWorkload::Paint(_) => match (run.blocks(), painters) {
            (true, 1) => "one painter, who waits at each easel".to_owned(),
            (true, _) => "a painter for each canvas, who waits there".to_owned(),
            (false, 1) => "one painter, who takes turns".to_owned(),
            (false, _) => counted(painters, "painter", "painters") + ", who take turns",
        },
    }
}

/// The names of a group: `tokio, smol and 3 more`.
pub(super) fn group_name(runs: &[Run<'_>], group: &[usize]) -> String {
    let names: Vec<_> = group.iter().map(|number| run_name(runs[*number].recorded, *number)).collect();
    match &names[..] {
        [name] => name.clone(),
        [names @ .., last] if names.len() < 3 => format!("{} and {last}", names.join(", ")),
        [one, other, more @ ..] => format!("{one}, {other} and {} more", more.len()),
        [] => String::new(),
    }
}
