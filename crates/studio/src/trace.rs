//! A recording in Chrome's trace format, which Perfetto opens: a process for each runtime, a track for each task.

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
        let mut trace = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[".to_owned();
        for (number, run) in self.runs.iter().enumerate() {
            Track { process: number + 1, run, trace: &mut trace }.write();
        }
        trace.truncate(trace.trim_end_matches(',').len());
        trace + "]}"
    }
}

/// The entries of one runtime.
struct Track<'a> {
    process: usize,
    run: &'a RecordedRun,
    /// The text so far, to which entries are added one by one: all of them as values would take gigabytes.
    trace: &'a mut String,
}

impl Track<'_> {
    fn write(&mut self) {
        let title = format!("{} {}", self.run.runtime, self.run.version);
        self.name("process_name", "process_sort_index", 0, &title, self.process);
        for (task, name) in self.run.tasks.iter().enumerate() {
            self.name("thread_name", "thread_sort_index", task + 1, name, task);
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

    /// Names a track, and says where it is sorted.
    fn name(&mut self, name: &str, sort_index: &str, track: usize, value: &str, position: usize) {
        let process = self.process;
        self.add(&json!({ "ph": "M", "pid": process, "tid": track, "name": name, "args": { "name": value } }));
        self.add(
            &json!({ "ph": "M", "pid": process, "tid": track, "name": sort_index, "args": { "sort_index": position } }),
        );
    }

    fn span(&mut self, task: u32, doing: Doing, from: u64, to: u64) {
        let Some(name) = doing.name() else { return };
        self.add(&json!({
            "ph": "X", "pid": self.process, "tid": track(task), "name": name, "cat": "task",
            "ts": microseconds(from), "dur": microseconds(to.saturating_sub(from)),
        }));
    }

    /// What happens at one moment: a mark on the task's track, and an arrow from whoever woke it.
    fn mark(&mut self, number: usize, event: &Event) {
        let (name, details) = match &event.what {
            What::Timer { timer, due_ns } => ("timer set", json!({ "timer": timer, "due_us": microseconds(*due_ns) })),
            What::Fire { timer } => ("timer fired", json!({ "timer": timer })),
            What::Wake(WokenBy::Task(by)) => {
                let id = format!("{}-{number}", self.process);
                let arrow = |phase: &str, task: u32| {
                    json!({
                        "ph": phase, "pid": self.process, "tid": track(task), "ts": microseconds(event.ns),
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
            "ph": "i", "s": "t", "pid": self.process, "tid": track(event.task), "ts": microseconds(event.ns),
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

/// The number of a task's track; 0 is the process.
fn track(task: u32) -> u64 {
    u64::from(task) + 1
}

#[expect(clippy::cast_precision_loss, reason = "a run is shorter than the hundred days from which on it matters")]
fn microseconds(ns: u64) -> f64 {
    ns as f64 / 1e3
}
