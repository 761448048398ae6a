//! A difference in words, as a person would say it.

use crate::lives::{Act, Cause, Lives, Step};
use crate::steps::Place;
use paintdry_core::{listed, thousands};
use paintdry_terminal::show::{one_line, show};
use std::time::Duration;

/// A message names all tasks up to this many, and otherwise says how many there are.
const MOST_NAMED: usize = 3;

/// A virtual time, or a length.
pub(crate) fn time(ns: u64) -> String {
    if ns == 0 { "0 s".to_owned() } else { show(Duration::from_nanos(ns)) }
}

/// The name of a task. If it has none in this run, its partner may have one.
pub(crate) fn name(lives: &Lives<'_>, task: Option<u32>, elsewhere: Option<&str>) -> String {
    let own = task.map(|task| (lives.life(task), task));
    let name = match (own, elsewhere) {
        (Some((life, task)), Some(other)) if life.is_nameless(task) => other,
        (Some((life, _)), _) => life.name,
        (None, other) => other.unwrap_or("a task"),
    };
    one_line(name)
}

/// "ada and bob do", "all 14 tasks do": who has done the same so far.
pub(crate) fn who_do(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| one_line(name)).collect();
    match names.as_slice() {
        [] => "They do".to_owned(),
        [one] => format!("{one} does"),
        [first @ .., last] if names.len() <= MOST_NAMED => format!("{} and {last} do", listed(first)),
        all => format!("All {} tasks do", thousands(all.len() as u64)),
    }
}

/// What a task does in this step, without its name: "sleeps for 2 s".
pub(crate) fn does(step: &Step<'_>, lives: &Lives<'_>) -> String {
    match step.act {
        Act::Begins => "begins".to_owned(),
        Act::Makes(child) => format!("starts {}", name(lives, Some(child), None)),
        Act::Says(text) => format!("says {}", quoted(text)),
        Act::ComesTo(line) => format!("comes to line {line}"),
        Act::Yields => "yields".to_owned(),
        Act::Sleeps { due_ns: u64::MAX } => "sleeps for ever".to_owned(),
        Act::Sleeps { due_ns } => format!("sleeps for {}", time(due_ns.saturating_sub(step.ns))),
        Act::Blocks => "blocks its thread".to_owned(),
        Act::Uses(does, resource) => format!("{does} {}", one_line(resource)),
        Act::Ends => "ends".to_owned(),
        Act::Panics(message) => format!("panics with {}", quoted(message)),
        Act::Cancelled { .. } => "is cancelled".to_owned(),
    }
}

pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", one_line(text))
}

/// "woken by ada and a timer".
pub(crate) fn woken_by(causes: &[Cause], lives: &Lives<'_>) -> String {
    let cause = |cause: &Cause| match cause {
        Cause::Task(task) => Some(name(lives, Some(*task), None)),
        Cause::Timer => Some("a timer".to_owned()),
        Cause::Fired(_) => None, // its wake is in the list as well
        Cause::Outside => Some("the runtime or another thread".to_owned()),
    };
    match causes.iter().filter_map(cause).collect::<Vec<_>>().as_slice() {
        [] => "not woken".to_owned(),
        causes => format!("woken by {}", listed(causes)),
    }
}

/// What a task does that has no such step.
pub(crate) fn does_no_more(lives: &Lives<'_>, place: Place) -> String {
    let Some(task) = place.task else { return "does not exist".to_owned() };
    let life = lives.life(task);
    let is_ready = life.ready.is_some();
    match life.turns.len() {
        0 => "has not begun when the run ends",
        _ if is_ready => "has no more turns before the run ends",
        _ => "waits until the run ends",
    }
    .to_owned()
}

/// "first", "second", "11th".
pub(crate) fn ordinal(number: usize) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => {
            let suffix = match (number % 10, number % 100) {
                (1, tens) if tens != 11 => "st",
                (2, tens) if tens != 12 => "nd",
                (3, tens) if tens != 13 => "rd",
                _ => "th",
            };
            format!("{number}{suffix}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_words() {
        let numbers = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111];
        assert_eq!(
            numbers.map(ordinal),
            ["first", "second", "third", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"]
        );
    }

    #[test]
    fn tasks_that_have_done_the_same_are_named_or_counted() {
        let names = ["main", "ada", "bob", "cy"];
        let said = [0, 1, 2, 3, 4].map(|count| who_do(&names[..count]));
        assert_eq!(said, ["They do", "main does", "main and ada do", "main, ada and bob do", "All 4 tasks do"]);
    }
}
