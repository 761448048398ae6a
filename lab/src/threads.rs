//! The blocking variant on several threads: the turns of a run on the loop, each moved to the thread that is free first.
//!
//! A page has one thread, so the lab's clock simulates them. A blocking task keeps its thread from its start to its end and shares
//! nothing with the others, so its turn takes the same time on any thread. A recording has the shape that the studio gives threads:
//! no main task, and one poll for each task.

use paintdry_explore::Played;
use paintdry_studio::{Event, EventKind, RecordedRun};
use std::time::Duration;

/// The task that makes the others, and waits for them.
const MAIN: u32 = 0;

/// When the last of the threads is done.
pub(crate) fn time(played: &Played, threads: usize) -> Duration {
    if threads > 1 { Duration::from_nanos(moved(played.events(), threads).1) } else { played.time() }
}

/// The run on this number of threads.
pub(crate) fn spread(run: RecordedRun, threads: usize) -> RecordedRun {
    let (events, wall_ns) = moved(&run.events, threads);
    let tasks = run.tasks.into_iter().skip(1).collect();
    let about = format!("{threads} threads, simulated by the lab's clock");
    RecordedRun { runtime: "threads".to_owned(), about, threads: Some(threads as u64), wall_ns, tasks, events, ..run }
}

/// When each turn begins.
pub(crate) fn starts(events: &[Event]) -> impl Iterator<Item = u64> {
    events.iter().filter(|event| matches!(event.what, EventKind::Poll { .. })).map(|event| event.ns)
}

/// The events of all tasks but the main one, and when the last of them happens.
fn moved(events: &[Event], threads: usize) -> (Vec<Event>, u64) {
    let mut free_at = vec![0; threads];
    let mut moved = Vec::new();
    let (mut thread, mut begins, mut moves_to) = (0, 0, 0);
    for event in events.iter().filter(|event| event.task != MAIN) {
        let what = match &event.what {
            EventKind::Wake(_) => continue, // by the main task, of a task that has not begun
            EventKind::Spawn { .. } => EventKind::Spawn { by: None },
            EventKind::Poll { .. } => {
                thread = (0..threads).min_by_key(|&thread| free_at[thread]).unwrap_or(0);
                (begins, moves_to) = (event.ns, free_at[thread]);
                EventKind::Poll { thread: u32::try_from(thread).ok() }
            }
            EventKind::Timer { timer, due_ns } => {
                EventKind::Timer { timer: *timer, due_ns: due_ns - begins + moves_to }
            }
            other => other.clone(),
        };
        let ns = event.ns - begins + moves_to;
        free_at[thread] = ns;
        let at = moved.partition_point(|known: &Event| known.ns <= ns); // sorting takes 5 kB of code, which the page would carry
        moved.insert(at, Event { ns, task: event.task - 1, what });
    }
    (moved, free_at.into_iter().max().unwrap_or(0))
}
