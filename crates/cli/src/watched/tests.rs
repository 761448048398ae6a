//! Both jobs, watched on every runtime: the times of the course, and consistent recordings.

use super::*;
use crate::{AmapWorkload, PaintWorkload, built_in};
use paintdry_core::TaskError;
use paintdry_studio::{Event, EventKind, RecordedRun};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn watched(name: &str, workload: Workload, is_recording: bool) -> (Result<Outcome, RunError>, RecordedRun) {
    let entry = *built_in().iter().find(|entry| entry.name() == name).expect("it is built in");
    let watching = Watching { clock: Clock::Virtual, is_recording };
    entry.watched(&WatchedJob { workload, watching, states: None })
}

fn wall(name: &str, workload: PaintWorkload) -> Duration {
    let (outcome, run) = watched(name, Workload::Paint(workload), false);
    assert!(run.events.is_empty(), "nothing is recorded");
    match outcome.expect("it does not fail") {
        Outcome::Paint(paint) => paint.wall,
        Outcome::Amap(_) => panic!("it was paint"),
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    built_in().into_iter().map(|entry| entry.name())
}

#[test]
fn blocking_takes_six_seconds_and_all_others_two() {
    for name in names() {
        let expected = if name == "blocking" { 6 } else { 2 };
        assert_eq!(wall(name, PaintWorkload::default()), expected * SECOND, "{name}");
    }
}

#[test]
fn painting_that_takes_a_second_makes_it_nine_and_five_and_three() {
    let workload = PaintWorkload { strokes: 4, stroke_cost: SECOND / 4, ..PaintWorkload::default() };
    for (name, seconds) in [("blocking", 9), ("generator", 5), ("tokio", 5), ("smol", 5), ("threads", 3)] {
        assert_eq!(wall(name, workload), seconds * SECOND, "{name}");
    }
}

#[test]
fn a_recording_is_the_same_again_where_the_order_is_the_runtimes_own_rule() {
    for workload in [Workload::Paint(PaintWorkload::default()), Workload::Amap(AmapWorkload::default())] {
        for name in ["blocking", "generator", "tokio", "smol"] {
            let recordings = [0; 5].map(|_| watched(name, workload, true).1);
            assert!(recordings.iter().all(|recording| *recording == recordings[0]), "{name}");
        }
    }
}

#[test]
fn events_follow_the_states_of_a_task() {
    for workload in [Workload::Paint(PaintWorkload::default()), Workload::Amap(AmapWorkload::default())] {
        for name in names() {
            let (outcome, run) = watched(name, workload, true);
            outcome.expect("it does not fail");
            for task in 0..run.tasks.len() {
                let own: Vec<_> = run.events.iter().filter(|event| event.task as usize == task).collect();
                follows_the_states(&own).unwrap_or_else(|why| panic!("{name}, {}: {why}: {own:?}", run.tasks[task]));
            }
        }
    }
}

/// It is spawned once, first. Polls begin and end in turn. A running task acts only while it is polled. It ends once.
fn follows_the_states(events: &[&Event]) -> Result<(), &'static str> {
    let (mut is_polled, mut is_blocked) = (false, false);
    for (position, event) in events.iter().enumerate() {
        let is_last = position + 1 == events.len();
        match event.what {
            EventKind::Spawn { .. } if position > 0 => return Err("it is made twice"),
            _ if position == 0 && !matches!(event.what, EventKind::Spawn { .. }) => {
                return Err("it acts before it is made");
            }
            EventKind::Poll { .. } if is_polled => return Err("it is polled twice at once"),
            EventKind::Poll { .. } => is_polled = true,
            EventKind::Line(_)
            | EventKind::Note(_)
            | EventKind::Yield
            | EventKind::Timer { .. }
            | EventKind::Join { .. }
                if !is_polled =>
            {
                return Err("it acts without being polled");
            }
            EventKind::Pending | EventKind::Complete if !is_polled || is_blocked => {
                return Err("a poll ends that did not begin");
            }
            EventKind::Complete if !is_last => {
                // Kept wakers may be called later, and do nothing.
                return Err("it continues after its end");
            }
            EventKind::Pending | EventKind::Complete => is_polled = false,
            EventKind::Block => is_blocked = true,
            EventKind::Unblock => is_blocked = false,
            EventKind::Panic(_) | EventKind::Cancel => return Err("it does not end by itself"),
            _ => {}
        }
    }
    if is_polled { Err("its last poll has no end") } else { Ok(()) }
}

#[test]
fn what_was_seen_before_a_failure_is_kept() {
    let watched = BlockingStudio::recording(Clock::Virtual, 1);
    let ended: Result<(), TaskError> =
        watched.task("canvas 1").run(|| std::panic::resume_unwind(Box::new("dropped the brush")));
    let outcome = ended.map_err(|error| RunError::Task { task: "canvas 1".to_owned(), error });
    let outcome = outcome.map(|()| unreachable!("it panicked"));
    let seen = WatchedOutcome { outcome, threads: 1, source: "paint_blocking", watched: watched.end() };
    let error = seen.outcome.expect_err("it panicked").to_string();
    assert_eq!(error, "canvas 1: the task panicked: dropped the brush");
    assert_eq!(
        seen.watched.events.last().map(|event| &event.what),
        Some(&EventKind::Panic("dropped the brush".into()))
    );
}
