//! A recording in Chrome's trace format, which Perfetto opens: a process for each runtime, a track for each task.
//!
//! Perfetto drops without a word what it does not take, so this keeps to what its importer reads: tracks in the order of
//! their numbers, which belong to one process each; arrows with hexadecimal numbers; spans that never overlap.

mod uses;

use crate::event::{Event, EventKind, WakeSource};
use crate::recording::{RecordedRun, RecordedState, Recording, States};
use serde_json::{Value, json};
use std::fmt::Write;
use uses::use_of_resource;

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

/// The span that has begun on a task's track.
#[derive(Clone, Default)]
struct Begun {
    since: u64,
    /// The end of the arrow that leads to it, if another task woke this one.
    arrow: Option<Value>,
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
        let mut states = States::new(self.run.tasks.len());
        let mut tasks = vec![Begun::default(); self.run.tasks.len()];
        for (number, event) in self.run.events.iter().enumerate() {
            let Some(begun) = tasks.get_mut(event.task as usize) else { continue };
            let state = states.take(event);
            let begins_a_span = states.of(event.task) != state;
            if begins_a_span {
                self.span(event.task, state, begun, event.ns);
                begun.since = event.ns;
            }
            if let EventKind::Wake(by) = event.what {
                begun.arrow = self.wake(number, event, by);
                if !begins_a_span {
                    self.end_arrow(begun);
                }
            } else {
                self.mark(event);
            }
        }
        for (task, mut begun) in (0..).zip(tasks) {
            self.span(task, states.of(task), &mut begun, self.run.wall_ns);
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

    fn span(&mut self, task: u32, state: RecordedState, begun: &mut Begun, to: u64) {
        let Some(name) = name(state) else { return };
        self.add(&json!({
            "ph": "X", "pid": self.number, "tid": self.track(task), "name": name, "cat": "task",
            "ts": microseconds(begun.since), "dur": length(begun.since, to),
        }));
        self.end_arrow(begun);
    }

    fn end_arrow(&mut self, begun: &mut Begun) {
        if let Some(end) = begun.arrow.take() {
            self.add(&end);
        }
    }

    /// A mark on the track of the task that woke another one, and an arrow from there. Gives the arrow's other end, which
    /// has to stand behind the span that it leads to: of entries of one time, Perfetto takes the last.
    ///
    /// Only tasks have tracks. If a timer woke a task, the timer's mark says so.
    fn wake(&mut self, number: usize, event: &Event, by: WakeSource) -> Option<Value> {
        match by {
            WakeSource::Task(by) if by == event.task => self.instant(by, event.ns, "wakes itself", &json!({})),
            WakeSource::Task(by) => {
                let woken = self.run.tasks.get(event.task as usize).map_or("", String::as_str);
                self.instant(by, event.ns, &format!("wakes {woken}"), &json!({}));
                let id = format!("{:#x}", ((self.number as u64) << 32) + number as u64);
                let arrow = |phase: &str, task: u32| {
                    json!({
                        "ph": phase, "pid": self.number, "tid": self.track(task), "ts": microseconds(event.ns),
                        "name": "wake", "cat": "wake", "id": id, "bp": "e", // to the span around it, not to the next one
                    })
                };
                let (start, end) = (arrow("s", by), arrow("f", event.task));
                self.add(&start);
                return Some(end);
            }
            WakeSource::Timer => {}
            WakeSource::Runtime => self.instant(event.task, event.ns, "woken by the runtime", &json!({})),
            WakeSource::Thread => self.instant(event.task, event.ns, "woken by another thread", &json!({})),
            WakeSource::Unknown => self.instant(event.task, event.ns, "woken, and not told by whom", &json!({})),
        }
        None
    }

    /// What happens at one moment: a mark on the task's track.
    fn mark(&mut self, event: &Event) {
        let (name, details) = match &event.what {
            EventKind::Timer { timer, due_ns: u64::MAX } => ("timer set", json!({ "timer": timer, "due_us": "never" })),
            EventKind::Timer { timer, due_ns } => {
                ("timer set", json!({ "timer": timer, "due_us": microseconds(*due_ns) }))
            }
            EventKind::Fire { timer } => ("timer fired", json!({ "timer": timer })),
            EventKind::Panic(message) => ("panic", json!({ "message": message })),
            EventKind::Cancel => ("cancel", json!({})),
            EventKind::Line(line) => ("line", json!({ "line": line })),
            EventKind::Note(text) => (&**text, json!({})),
            what => match use_of_resource(self.run, what) {
                Some((name, details)) => return self.instant(event.task, event.ns, &name, &details),
                None => return,
            },
        };
        self.instant(event.task, event.ns, name, &details);
    }

    fn instant(&mut self, task: u32, ns: u64, name: &str, details: &Value) {
        self.add(&json!({
            "ph": "i", "s": "t", "pid": self.number, "tid": self.track(task), "ts": microseconds(ns),
            "name": name, "cat": "task", "args": details,
        }));
    }
}

/// The name of the span of a task in this state, if there is one.
fn name(state: RecordedState) -> Option<&'static str> {
    match state {
        RecordedState::Ready => Some("ready"),
        RecordedState::Running => Some("running"),
        RecordedState::Blocking => Some("blocking the thread"),
        RecordedState::Waiting => Some("waiting"),
        RecordedState::Absent | RecordedState::Done => None,
    }
}

/// Perfetto counts nanoseconds in 63 bits. Later times than these 285 years are shown at the last one.
const LAST_NS: u64 = 9_000_000_000_000_000_000;

/// Microseconds whose thousandfold, without what stands behind the point, is `ns`: some versions of Perfetto calculate
/// so, and a nanosecond too few would make a span overlap the one before. After 50 days a double cannot tell every
/// nanosecond apart; from there it is the next one that it can.
#[expect(clippy::cast_precision_loss, reason = "the next number up makes good for it")]
fn microseconds(ns: u64) -> f64 {
    let ns = ns.min(LAST_NS);
    let nearest = ns as f64 / 1e3;
    if nearest * 1e3 < ns as f64 { nearest.next_up() } else { nearest }
}

/// The nanoseconds that Perfetto reads.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as Perfetto calculates")]
fn read(microseconds: f64) -> u64 {
    (microseconds * 1e3) as u64
}

/// The length of a span that ends no later than the next one begins, as Perfetto reads both.
fn length(from: u64, to: u64) -> f64 {
    let ns = read(microseconds(to)).saturating_sub(read(microseconds(from)));
    let mut length = microseconds(ns);
    while read(length) > ns {
        length = length.next_down();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "that is what is tested")]
    fn nanoseconds_calculated_from_microseconds_are_the_same() {
        let long = (0..200_000).map(|step| 86_400_000_000_000 + step * 7);
        for ns in (0..200_000).chain(long) {
            let thousandfold = microseconds(ns) * 1e3;
            assert_eq!((thousandfold as u64, thousandfold.round() as u64), (ns, ns));
            assert_eq!(read(length(ns / 2, ns)), ns - ns / 2);
        }
    }

    /// From 50 days on not every nanosecond has a double of its own.
    #[test]
    fn spans_of_any_length_never_overlap() {
        let powers = (40..64).map(|power| 1_u64 << power);
        let times = powers.flat_map(|power| (0..2_000).map(move |step| power.saturating_add(step * 13)));
        let times: Vec<_> = times.chain((0..2_000).map(|step| u64::MAX - step)).collect();
        for pair in times.windows(2) {
            for (from, to) in [(0, pair[0]), (pair[0] / 3, pair[0]), (pair[0].min(pair[1]), pair[0].max(pair[1]))] {
                let (begins, ends) = (read(microseconds(from)), read(microseconds(to)));
                assert!(begins.abs_diff(from.min(LAST_NS)) <= from >> 50, "from {from} to {to}");
                assert!(begins + read(length(from, to)) <= ends, "from {from} to {to}");
                assert!(i64::try_from(ends).is_ok(), "{to}");
            }
        }
    }
}
