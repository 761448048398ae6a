//! Both jobs, watched on every runtime: consistent recordings.

use super::*;
use crate::{AmapWorkload, PaintWorkload, built_in};
use paintdry_core::TaskError;
use paintdry_studio::{Event, EventKind};

#[test]
fn events_follow_the_states_of_a_task() {
    for workload in [Workload::Paint(PaintWorkload::default()), Workload::Amap(AmapWorkload::default())] {
        for entry in built_in() {
            let watching = Watching { clock: Clock::Virtual, is_recording: true };
            let (outcome, run) = entry.watched(&WatchedJob { workload, watching, states: None });
            outcome.expect("it does not fail");
            for task in 0..run.tasks.len() {
                let own: Vec<_> = run.events.iter().filter(|event| event.task as usize == task).collect();
                follows_the_states(&own).unwrap_or_else(|why| panic!("{}: {why}: {own:?}", run.runtime));
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
