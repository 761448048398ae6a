//! What the options accept: each value is parsed here, or refused with one sentence that says what to write instead.

use crate::{AmapWorkload, Entry, PaintWorkload, Workload};
use paintdry_core::thousands;
use paintdry_studio::limits::EVENTS;
use paintdry_terminal::show::show;
use std::ops::RangeInclusive;
use std::time::Duration;

const MOST_CANVASES: u64 = 100_000;
const MOST_TASKS: u64 = 1_000_000;
/// For all tasks together, because all their results are kept for each runtime.
const MOST_ITEMS: u64 = 1_000_000;
const MOST_STROKES: u64 = 1_000_000_000_000;
/// For all canvases together. Even at ten strokes a nanosecond they would take a day.
const MOST_STROKES_IN_ALL: u128 = 10 * LONGEST.as_nanos();
const MOST_CHECKS: u64 = 1_000_000;
/// Of each runtime all runs are kept until the last has shown which is the median: the results of their items, or their canvases.
const MOST_ITEMS_KEPT: u64 = 10_000_000;
const MOST_CANVASES_KEPT: u64 = 1_000_000;
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
const SPEEDS: RangeInclusive<f64> = 1e-6..=1e6;

pub(crate) fn canvases(text: &str) -> Result<usize, String> {
    count(text, MOST_CANVASES).and_then(fits)
}

pub(crate) fn tasks(text: &str) -> Result<usize, String> {
    count(text, MOST_TASKS).and_then(fits)
}

pub(crate) fn items(text: &str) -> Result<u64, String> {
    count(text, MOST_ITEMS)
}

pub(crate) fn strokes(text: &str) -> Result<u64, String> {
    count(text, MOST_STROKES)
}

pub(crate) fn count(text: &str, most: u64) -> Result<u64, String> {
    match text.parse() {
        Ok(count) if (1..=most).contains(&count) => Ok(count),
        _ => Err(format!("write a whole number from 1 to {}", thousands(most))),
    }
}

pub(crate) fn fits(count: u64) -> Result<usize, String> {
    usize::try_from(count).map_err(|_| "this machine cannot count that far".to_owned())
}

/// A duration as people write them: `2s`, `500ms`, `1m 30s`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    match cost(text)? {
        Duration::ZERO => Err("a duration cannot be zero; the shortest is 1ns".to_owned()),
        duration => Ok(duration),
    }
}

/// A duration that may be zero.
pub(crate) fn cost(text: &str) -> Result<Duration, String> {
    // Longer texts and numbers are never valid, and sums near 2^64 s would make humantime panic.
    const LONGEST_TEXT: usize = 64;
    const MOST_DIGITS: usize = 10;
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let examples = "write a duration with its unit, such as 2s, 500ms or 1m 30s";
    let text = text.trim();
    if text.len() > LONGEST_TEXT || numbers.any(|digits| digits.len() > MOST_DIGITS) {
        return Err("a duration is from 1ns to 24h".to_owned());
    }
    if text.starts_with('-') {
        return Err("a duration cannot be negative; write one such as 2s or 500ms".to_owned());
    }
    match humantime::parse_duration(text) {
        Ok(duration) if duration > LONGEST => Err("a duration can be at most 24h".to_owned()),
        Ok(duration) => Ok(duration),
        Err(humantime::DurationError::NumberOverflow) => Err("a duration is from 1ns to 24h".to_owned()),
        Err(_) if text.parse::<f64>().is_ok() => Err(format!("the unit is missing; write {text}s or {text}ms")),
        Err(_) => Err(examples.to_owned()),
    }
}

/// The number that durations are divided by.
pub(crate) fn speed(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(speed) if SPEEDS.contains(&speed) => Ok(speed),
        _ => Err("write a number from 0.000001 to 1,000,000, such as 10 or 0.5".to_owned()),
    }
}

/// Divides the durations of `workload` by `speed`, and refuses a run that would never end or cannot be measured.
pub(crate) fn sped_up(workload: PaintWorkload, speed: f64) -> Result<PaintWorkload, String> {
    let drying = divided("drying", workload.drying, speed)?;
    let poll = divided("poll", workload.poll, speed)?;
    let stroke_cost = match workload.stroke_cost {
        Duration::ZERO => Duration::ZERO,
        cost => divided("stroke-cost", cost, speed)?,
    };
    let checks = u64::try_from(drying.as_nanos().div_ceil(poll.as_nanos()) + 1).unwrap_or(u64::MAX);
    if checks > MOST_CHECKS {
        return Err(format!(
            "a drying time of {} with a check every {} takes {} checks of each canvas, and at most {} are allowed; \
             check less often",
            show(drying),
            show(poll),
            thousands(checks),
            thousands(MOST_CHECKS)
        ));
    }
    Ok(PaintWorkload { drying, poll, stroke_cost, ..workload })
}

/// The duration of an option, divided by `speed`.
pub(crate) fn divided(option: &str, duration: Duration, speed: f64) -> Result<Duration, String> {
    match Duration::try_from_secs_f64(duration.as_secs_f64() / speed) {
        Ok(divided) if (Duration::from_nanos(1)..=LONGEST).contains(&divided) => Ok(divided),
        _ => Err(format!("--{option} {} divided by --speed {speed} is not from 1ns to 24h", show(duration))),
    }
}

/// Refuses more items than memory can keep the results of.
pub(crate) fn few_enough(workload: AmapWorkload) -> Result<AmapWorkload, String> {
    let AmapWorkload { tasks, items } = workload;
    match workload.items_in_all() {
        0..=MOST_ITEMS => Ok(workload),
        in_all => Err(format!(
            "{} tasks of {} items are {} items in all, and at most {} are allowed; take fewer of either",
            thousands(tasks as u64),
            thousands(items),
            thousands(in_all),
            thousands(MOST_ITEMS)
        )),
    }
}

/// Refuses more runs than memory can keep the results of.
pub(crate) fn few_enough_runs(workload: Workload, runs: u32) -> Result<(), String> {
    let (of_a_run, what, most) = match workload {
        Workload::Paint(paint) => (paint.canvases as u64, "canvases", MOST_CANVASES_KEPT),
        Workload::Amap(amap) => (amap.items_in_all(), "items", MOST_ITEMS_KEPT),
    };
    let in_all = of_a_run.saturating_mul(u64::from(runs));
    if in_all <= most {
        return Ok(());
    }
    Err(format!(
        "{runs} runs of {} {what} are {} {what} in all, and at most {} are allowed; take fewer of either",
        thousands(of_a_run),
        thousands(in_all),
        thousands(most)
    ))
}

/// Refuses paintings that take more than a day of real time, or of virtual time.
pub(crate) fn painted_within_a_day(workload: PaintWorkload) -> Result<PaintWorkload, String> {
    if workload.canvases as u128 * u128::from(workload.strokes) > MOST_STROKES_IN_ALL {
        return Err(format!(
            "{} canvases of {} strokes would take more than a day to paint; choose fewer of either",
            thousands(workload.canvases as u64),
            thousands(workload.strokes)
        ));
    }
    if workload.painting_cost() <= LONGEST {
        return Ok(workload);
    }
    Err(format!(
        "{} strokes of {} each would paint for more than 24h; make fewer, or cheaper ones",
        thousands(workload.strokes),
        show(workload.stroke_cost)
    ))
}

/// Refuses to watch a run with more events than can be kept.
pub(crate) fn few_enough_events(workload: Workload, runtimes: usize) -> Result<(), String> {
    // A check has a timer that is set and fires, a wake, a poll and its end, and two lines. An item has about as many events.
    const FOR_EACH: u64 = 7;
    const FOR_A_TASK: u64 = 10;
    // The main task, and what a runtime does more than it must.
    const FOR_A_RUN: u64 = 50;
    let (tasks, checks) = match workload {
        Workload::Paint(paint) => {
            (paint.canvases as u64, paint.drying.as_nanos().div_ceil(paint.poll.as_nanos().max(1)))
        }
        Workload::Amap(amap) => (amap.tasks as u64, u128::from(amap.items)),
    };
    let checks = u64::try_from(checks).unwrap_or(u64::MAX);
    let of_a_task = checks.saturating_mul(FOR_EACH).saturating_add(FOR_A_TASK);
    let of_a_run = of_a_task.saturating_mul(tasks).saturating_add(FOR_A_RUN);
    let events = of_a_run.saturating_mul(runtimes as u64);
    if events <= EVENTS {
        return Ok(());
    }
    Err(format!(
        "about {} events are too many to watch, at most {} are allowed; take fewer tasks or checks, or fewer runtimes with \
         --runtime",
        thousands(events),
        thousands(EVENTS)
    ))
}

/// Refuses a comparison in which blocking alone would wait for more than a day.
pub(crate) fn ends_within_a_day(workload: Workload, runtimes: &[Entry]) -> Result<(), String> {
    let Workload::Paint(workload) = workload else { return Ok(()) };
    let waits = |entry: &&Entry| entry.ideal(&workload, &[], 1) > LONGEST;
    match runtimes.iter().find(waits) {
        Some(entry) => Err(format!(
            "{} would wait for more than a day until {} canvases are dry; choose fewer, or leave it out with --runtime",
            entry.name(),
            thousands(u64::try_from(workload.canvases).unwrap_or(u64::MAX))
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
