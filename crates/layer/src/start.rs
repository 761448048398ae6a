//! What the tasks were doing when the recording began, if they were made before that.

use crate::log::Snapshot;
use crate::merge::Merged;
use crate::record::{NO_TASK, What};
use paintdry_studio::{Event, EventKind};
use std::collections::{HashMap, HashSet};

/// What a task did at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// It was in a poll, on this thread.
    Runs(u32),
    /// It had been polled, and had not been woken.
    Waits,
    /// It was waiting for its poll, or its poll came before any other sign of it.
    Unknown,
}

/// The events that say so, in the order of the tasks. They carry the layer's numbers of tasks and threads, and the time 0.
pub(crate) fn starts(snapshot: &Snapshot, merged: &Merged) -> Vec<Event> {
    if !merged.is_cut {
        return Vec::new();
    }
    let mut starts: HashMap<u32, Start> = HashMap::new();
    let mut is_certain: HashSet<u32> = HashSet::new();
    for noted in &merged.noted {
        let task = noted.record.task;
        if task == NO_TASK {
            continue;
        }
        let start = match &noted.record.what {
            What::Enter | What::Spawn(_) => Start::Unknown,
            // It may run meanwhile, which its next record tells.
            What::Wake(_) => {
                starts.entry(task).or_insert(Start::Waits);
                continue;
            }
            What::Close { .. } => continue,
            _ => Start::Runs(noted.thread),
        };
        if is_certain.insert(task) {
            // A poll does not tell more than the wake before it.
            let is_told = start == Start::Unknown && starts.get(&task) == Some(&Start::Waits);
            if !is_told {
                starts.insert(task, start);
            }
        }
    }
    for (number, task) in &snapshot.alive {
        if !is_certain.contains(number) && task.made_ns < merged.from_ns {
            let running = snapshot.running.get(number);
            starts.insert(*number, running.map_or(Start::Waits, |thread| Start::Runs(*thread)));
        }
    }
    let mut events: Vec<_> = starts.into_iter().filter_map(|(task, start)| event(task, start)).collect();
    events.sort_unstable_by_key(|event| event.task);
    events
}

fn event(task: u32, start: Start) -> Option<Event> {
    let what = match start {
        Start::Runs(thread) => EventKind::Poll { thread: Some(thread) },
        Start::Waits => EventKind::Pending,
        Start::Unknown => return None,
    };
    Some(Event { ns: 0, task, what })
}
