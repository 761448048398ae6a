//! A recording in Chrome's trace format, which Perfetto opens: a process for each runtime, a track for each task.
//!
//! Perfetto drops without a word what it does not take, so this keeps to what its importer reads: tracks in the order of
//! their numbers, which belong to one process each; arrows with hexadecimal numbers; spans that never overlap.

use crate::event::{Event, What, WokenBy};
use crate::recording::{RecordedRun, Recording};
use serde_json::{Value, json};
use std::fmt::Write;

/// What a task is doing, between two events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Ready,
    Running,
    Blocking,
    Waiting,
    Nothing,
}

impl Doing {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Ready => Some("ready"),
            Self::Running => Some("running"),
            Self::Blocking => Some("blocking the thread"),
            Self::Waiting => Some("waiting"),
            Self::Nothing => None,
        }
    }
}

impl Recording {
    /// The recording in Chrome's trace format. Times there are microseconds; the nanoseconds stand behind the point.
    #[must_use]
    pub fn to_trace(&self) -> String {
        let mut trace = "{\"traceEvents\":[".to_owned();
        let mut first_track = self.runs.len() + 1; // a track with the number of its process would come first there
        for (number, run) in self.runs.iter().enumerate() {
            Process { number: number + 1, first_track, run, trace: &mut trace }.write();
            first_track += run.tasks.len();
        }
        trace.truncate(trace.trim_end_matches(',').len());
        trace + "]}"
    }
}

/// The entries of one runtime.
struct Process<'a> {
    number: usize,
    /// The number of its first task's track. No two tracks have the same.
    first_track: usize,
    run: &'a RecordedRun,
    /// The text so far, to which entries are added one by one: all of them as values would take gigabytes.
    trace: &'a mut String,
}

impl Process<'_> {
    fn write(&mut self) {
        let title = format!("{} {}", self.run.runtime, self.run.version);
        self.name("process", None, &title, self.number);
        for (task, name) in self.run.tasks.iter().enumerate() {
            self.name("thread", Some(self.first_track + task), name, task);
        }
        let mut tasks = vec![(Doing::Nothing, 0, false); self.run.tasks.len()];
        for (number, event) in self.run.events.iter().enumerate() {
            let Some((doing, since, is_woken)) = tasks.get_mut(event.task as usize) else { continue };
            let next = after(*doing, is_woken, &event.what);
            if next != *doing {
                let span = (*doing, *since);
                (*doing, *since) = (next, event.ns);
                self.span(event.task, span.0, span.1, event.ns);
            }
            self.mark(number, event);
        }
        for (task, (doing, since, _)) in tasks.into_iter().enumerate() {
            self.span(u32::try_from(task).unwrap_or(u32::MAX), doing, since, self.run.wall_ns);
        }
    }

    fn add(&mut self, entry: &Value) {
        let _ = write!(self.trace, "{entry},"); // to a String, so it cannot fail
    }

    /// Names the process or a track, and says where it is sorted.
    fn name(&mut self, what: &str, track: Option<usize>, name: &str, position: usize) {
        for (about, details) in [("name", json!({ "name": name })), ("sort_index", json!({ "sort_index": position }))] {
            let mut entry =
                json!({ "ph": "M", "pid": self.number, "name": format!("{what}_{about}"), "args": details });
            if let Some(track) = track {
                entry["tid"] = track.into();
            }
            self.add(&entry);
        }
    }

    /// The number of a task's track.
    fn track(&self, task: u32) -> usize {
        self.first_track + task as usize
    }

    fn span(&mut self, task: u32, doing: Doing, from: u64, to: u64) {
        let Some(name) = doing.name() else { return };
        self.add(&json!({
            "ph": "X", "pid": self.number, "tid": self.track(task), "name": name, "cat": "task",
            "ts": microseconds(from), "dur": microseconds(to.saturating_sub(from)),
        }));
    }

    /// What happens at one moment: a mark on the task's track, and an arrow from whoever woke it.
    fn mark(&mut self, number: usize, event: &Event) {
        let (name, details) = match &event.what {
            What::Timer { timer, due_ns } => ("timer set", json!({ "timer": timer, "due_us": microseconds(*due_ns) })),
            What::Fire { timer } => ("timer fired", json!({ "timer": timer })),
            What::Wake(WokenBy::Task(by)) => {
                let id = format!("{:#x}", ((self.number as u64) << 32) + number as u64);
                let arrow = |phase: &str, task: u32| {
                    json!({
                        "ph": phase, "pid": self.number, "tid": self.track(task), "ts": microseconds(event.ns),
                        "name": "wake", "cat": "wake", "id": id, "bp": "e",
                    })
                };
                let ends = [arrow("s", *by), arrow("f", event.task)];
                return ends.iter().for_each(|end| self.add(end));
            }
            What::Panic(message) => ("panic", json!({ "message": message })),
            What::Cancel => ("cancel", json!({})),
            What::Line(line) => ("line", json!({ "line": line })),
            What::Note(text) => (&**text, json!({})),
            _ => return,
        };
        self.add(&json!({
            "ph": "i", "s": "t", "pid": self.number, "tid": self.track(event.task), "ts": microseconds(event.ns),
            "name": name, "cat": "task", "args": details,
        }));
    }
}

/// What a task is doing after an event.
fn after(doing: Doing, is_woken: &mut bool, what: &What) -> Doing {
    match what {
        What::Spawn { .. } => Doing::Ready,
        What::Poll { .. } => {
            *is_woken = false;
            Doing::Running
        }
        What::Block => Doing::Blocking,
        What::Unblock => Doing::Running,
        What::Yield => {
            *is_woken = true;
            doing
        }
        What::Wake(_) => {
            *is_woken = true;
            if doing == Doing::Waiting { Doing::Ready } else { doing }
        }
        What::Pending => {
            if *is_woken {
                Doing::Ready
            } else {
                Doing::Waiting
            }
        }
        What::Complete | What::Panic(_) | What::Cancel => Doing::Nothing,
        What::Line(_) | What::Note(_) | What::Timer { .. } | What::Join { .. } | What::Fire { .. } => doing,
    }
}

/// Microseconds whose thousandfold, without what stands behind the point, is `ns`: some versions of Perfetto calculate
/// so, and a nanosecond too few would make a span overlap the one before.
#[expect(clippy::cast_precision_loss, reason = "a run is shorter than the hundred days from which on it matters")]
fn microseconds(ns: u64) -> f64 {
    let nearest = ns as f64 / 1e3;
    if nearest * 1e3 < ns as f64 { nearest.next_up() } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "that is what is tested")]
    fn whoever_calculates_nanoseconds_from_microseconds_gets_the_same() {
        let long = (0..200_000).map(|step| 86_400_000_000_000 + step * 7);
        for ns in (0..200_000).chain(long) {
            let thousandfold = microseconds(ns) * 1e3;
            assert_eq!((thousandfold as u64, thousandfold.round() as u64), (ns, ns));
        }
    }
}
