//! A run that failed, and tasks that were left or dropped.

use crate::facts::Facts;
use crate::finding::Confidence::{Is, LooksLike};
use crate::kind::Kind;
use crate::report::Found;
use crate::words::{and, name, shortened, time};
use paintdry_studio::{EventKind, RecordedState};
use std::collections::HashSet;

/// A longer message is cut.
const LONGEST_MESSAGE: usize = 200;

/// Of an error, so much is searched for the messages of panics, of which there may be very many. They come after a name and a place.
const LONGEST_ERROR: usize = 1_000;

/// The built-in runtimes on which the drop of a handle cancels its task.
const CANCEL_ON_DROP: [&str; 2] = ["smol", "smol-global"];

pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    failed(facts, found);
    if !facts.is_stuck() {
        dropped(facts, found);
        left(facts, found);
    }
}

fn failed(facts: &Facts<'_>, found: &mut Vec<Found>) {
    for (task, at) in facts.numbers().filter_map(|task| Some((task, facts.task(task).end?))) {
        if let EventKind::Panic(message) = &facts.run.events[at].what {
            found.push(of_panic(task, at, &name(facts.run, task), message));
        }
    }
    let error = facts.run.error.as_deref().filter(|error| !facts.is_stuck() && !is_starved(error));
    if let Some(error) = error.filter(|error| !is_known(error, found)) {
        let main = if facts.tasks.is_empty() { Vec::new() } else { vec![0] };
        let last = facts.run.events.len().saturating_sub(1);
        let event = facts.tasks.first().and_then(|main| main.end).unwrap_or(last);
        let mut failed = of_panic(0, event, "the run", error);
        failed.tasks = main;
        failed.what = match error.strip_prefix("it panics: ") {
            Some(message) => format!("main panics: {}", shortened(message, LONGEST_MESSAGE)),
            None => format!("the run failed: {}", shortened(error, LONGEST_MESSAGE)),
        };
        found.push(failed);
    }
}

/// Whether the error says what the finding of a panic ends with.
fn is_known(error: &str, found: &[Found]) -> bool {
    let error = shortened(error, LONGEST_ERROR);
    let mut failed = found.iter().filter(|found| found.kind == Kind::Failed);
    failed.any(|found| {
        let message = found.what.split_once(" panics: ").map(|(_, message)| message.trim_end_matches('…'));
        message.is_some_and(|message| error.contains(message))
    })
}

/// The explorer's word for a run that takes turns and does not end.
pub(crate) fn is_starved(error: &str) -> bool {
    error.starts_with("starved:")
}

fn of_panic(task: u32, event: usize, who: &str, message: &str) -> Found {
    let (why, chapter) = if message.contains("there is no reactor running") {
        (
            "tokio's spawn and sleep need a thread in the context of a tokio runtime, and this thread was in none.",
            Some("09b-pitfalls-wrong-runtime.md#8-there-is-no-reactor-running"),
        )
    } else if message.contains("Cannot start a runtime from within a runtime") {
        (
            "A task called block_on, which would hold the thread that has to poll the other tasks. Inside a runtime, await.",
            Some("09b-pitfalls-wrong-runtime.md#9-a-runtime-within-a-runtime"),
        )
    } else {
        (
            "A panic ends its task. The task that awaits it gets an error, and if it is the main task, the run ends.",
            None,
        )
    };
    let found = Found::new(Kind::Failed, Is, vec![task], event);
    Found { chapter, ..found.what(format!("{who} panics: {}", shortened(message, LONGEST_MESSAGE))).why(why) }
}

/// Tasks that were cancelled because a handle was dropped. A cancellation that was asked for is no finding.
fn dropped(facts: &Facts<'_>, found: &mut Vec<Found>) {
    if !CANCEL_ON_DROP.contains(&facts.run.runtime.as_str()) {
        return;
    }
    let main_end = facts.main_end().unwrap_or(usize::MAX);
    let joined: HashSet<u32> = facts.tasks.iter().flat_map(|task| &task.joins).map(|(_, other)| *other).collect();
    for (task, at) in facts.numbers().filter_map(|task| Some((task, facts.task(task).end?))) {
        let is_dropped = facts.run.events[at].what == EventKind::Cancel && task > 0 && at < main_end;
        if !is_dropped || joined.contains(&task) {
            continue;
        }
        let (this, ns) = (name(facts.run, task), facts.ns(at));
        let parent = facts.task(task).by;
        let by = parent.map_or_else(String::new, |by| format!(" by {}", name(facts.run, by)));
        let has_ended = parent.and_then(|by| facts.task(by).end).is_some_and(|end| facts.ns(end) <= ns);
        let how = if has_ended { "when the task that had spawned it ended" } else { "before its end" };
        let mut tasks = vec![task];
        tasks.extend(parent);
        found.push(
            Found::new(Kind::DroppedTask, LooksLike, tasks, at)
                .what(format!("{this} was dropped at {}, {how}", time(ns)))
                .why(format!(
                    "It was spawned{by}, and no task waited for its end. On {} a task is cancelled when its handle is dropped. \
                     Await the handle, or detach it.",
                    facts.run.runtime
                )),
        );
    }
}

/// Tasks that had not ended when the main task did.
fn left(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let Some(end) = facts.main_end() else { return };
    let is_left = |task: &u32| {
        let state = facts.task(*task).state;
        *task > 0 && !matches!(state, RecordedState::Done | RecordedState::Absent)
    };
    let left: Vec<u32> = facts.numbers().filter(is_left).collect();
    let (never, begun): (Vec<u32>, Vec<u32>) = left.into_iter().partition(|task| facts.task(*task).polls.is_empty());
    if !never.is_empty() {
        let names: Vec<_> = never.iter().map(|task| name(facts.run, *task)).collect();
        let were = if never.len() == 1 { "was" } else { "were" };
        found.push(
            Found::new(Kind::NeverPolled, Is, never.clone(), facts.task(never[0]).spawn.unwrap_or(end))
                .what(format!("{} {were} spawned, and never polled", and(&names)))
                .why("The run ends with its main task, and no thread polls the other tasks after that. Keep the handles and await them."),
        );
    }
    if !begun.is_empty() {
        let names: Vec<_> = begun.iter().map(|task| name(facts.run, *task)).collect();
        let (them, their) = if begun.len() == 1 { ("it", "its handle") } else { ("them", "their handles") };
        found.push(
            Found::new(Kind::LeftBehind, LooksLike, begun, end)
                .what(format!("{} had not ended when the run did, at {}", and(&names), time(facts.ns(end))))
                .why(format!(
                    "Nothing waits for {them}. That is fine for work that is to go on as long as the program. If this work has to \
                     be done, await {their}."
                )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::Runtime;

    fn agrees<R: Runtime>() {
        assert_eq!(CANCEL_ON_DROP.contains(&R::NAME), R::CANCELS_ON_DROP, "CANCEL_ON_DROP and {}", R::NAME);
    }

    #[test]
    fn a_drop_cancels_where_the_runtimes_say_so() {
        agrees::<paintdry_generator::EventLoop>();
        agrees::<paintdry_tokio::CurrentThread>();
        agrees::<paintdry_tokio::MultiThread>();
        agrees::<paintdry_async_std::Global>();
        agrees::<paintdry_smol::Local>();
        agrees::<paintdry_smol::Global>();
    }
}
