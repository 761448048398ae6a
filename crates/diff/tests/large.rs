//! Runs with very many tasks. (With a search through all polls for the end of each, this would take more than a minute.)

use paintdry_diff::{Run, diff};
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording};
use std::time::Duration;

/// All tasks are polled at the same time, and the first one ends first.
#[test]
fn very_many_polls_at_the_same_time() {
    const TASKS: u32 = 60_000;
    let of_all = |what: fn() -> EventKind| (0..TASKS).map(move |task| Event { ns: 0, task, what: what() });
    let spawns = of_all(|| EventKind::Spawn { by: None });
    let polls = of_all(|| EventKind::Poll { thread: Some(0) });
    let events: Vec<_> = spawns.chain(polls).chain(of_all(|| EventKind::Complete)).collect();
    let names: Vec<_> = (0..TASKS).map(|task| format!("task {task}")).collect();
    let mut recording = Recording::of_program("many", Clock::Virtual, Vec::new());
    recording.runs =
        ["tokio", "smol"].map(|name| RecordedRun::new(name, "", Duration::ZERO, names.clone(), events.clone())).into();
    let [left, right] = [0, 1].map(|number| Run::of(&recording, number).expect("there are two runs"));
    assert!(diff(&left, &right).is_same());
}
