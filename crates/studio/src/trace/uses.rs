//! What a task does with a lock, a channel or a signal, as a mark in a trace.

use crate::event::EventKind;
use crate::recording::RecordedRun;
use serde_json::{Value, json};

/// The name of the mark and its details; `None` if the event is about no resource.
pub(super) fn use_of_resource(run: &RecordedRun, what: &EventKind) -> Option<(String, Value)> {
    let resource = run.resources.get(what.resource()? as usize)?;
    let claim = what.claim();
    let (does, details) = match what {
        EventKind::Wait { to, .. } => ("waits for", json!({ "claim": claim, "to": to.name() })),
        EventKind::Notify { .. } => ("is notified by", json!({ "claim": claim })),
        EventKind::Leave { .. } => ("waits no more for", json!({ "claim": claim })),
        EventKind::Take { .. } => ("takes", json!({ "claim": claim })),
        EventKind::Release { by, .. } => {
            let by = by.and_then(|by| run.tasks.get(by as usize));
            ("releases", json!({ "claim": claim, "by": by }))
        }
        EventKind::Send { length, .. } => ("sends to", json!({ "claim": claim, "messages": length })),
        EventKind::Receive { length, .. } => ("receives from", json!({ "claim": claim, "messages": length })),
        EventKind::Close { .. } => ("closes", json!({})),
        EventKind::Signal { listeners, .. } => ("gives the signal", json!({ "listeners": listeners })),
        EventKind::Hear { .. } => ("hears", json!({ "claim": claim })),
        EventKind::Spawn { .. }
        | EventKind::Poll { .. }
        | EventKind::Line(_)
        | EventKind::Note(_)
        | EventKind::Yield
        | EventKind::Timer { .. }
        | EventKind::Join { .. }
        | EventKind::Block
        | EventKind::Unblock
        | EventKind::Fire { .. }
        | EventKind::Wake(_)
        | EventKind::Pending
        | EventKind::Complete
        | EventKind::Panic(_)
        | EventKind::Cancel => return None,
    };
    Some((format!("{does} {}", resource.name), details))
}
