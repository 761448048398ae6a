//! Lanes: what each task of a recorded run did, from left to right in time.

use super::sketch::Sketch;
use paintdry_studio::{RecordedRun, RecordedState, States};
use std::time::Duration;

/// Where the lanes of a picture are, and their scale.
pub(super) struct Axis {
    /// The left end: second 0.
    pub(super) x: i32,
    /// The width of a second.
    pub(super) second: i32,
    /// The height of a lane.
    pub(super) lane: i32,
}

impl Axis {
    /// The place of a time.
    pub(super) fn at(&self, time: Duration) -> i32 {
        let milliseconds = i32::try_from(time.as_millis()).expect("a picture shows seconds");
        self.x + milliseconds * self.second / 1000
    }

    /// A rule at each second from 0 to `last`, from `top` to `bottom`, behind the lanes.
    pub(super) fn rules(&self, sketch: &mut Sketch, last: i32, (top, bottom): (i32, i32)) {
        for second in 0..=last {
            let x = self.x + second * self.second;
            sketch.rule((x, top), (x, bottom));
        }
    }

    /// The seconds from 0 to `last` below the lanes, at the baseline `y`.
    pub(super) fn seconds(&self, sketch: &mut Sketch, last: i32, y: i32) {
        for second in 0..=last {
            sketch.text(self.x + second * self.second, y, "middle dim", &format!("{second} s"));
        }
    }

    /// A stretch of a lane: `run`, `ready` (waits in the queue), `wait`, `hold` (holds its thread while it waits: the waiting
    /// colour between two lines of the running one) or `done`.
    pub(super) fn bar(&self, sketch: &mut Sketch, class: &str, (from, to): (i32, i32), y: i32) {
        let height = self.lane - 8;
        if class == "hold" {
            sketch.bar(from, y, to - from, height, "run");
            sketch.bar(from, y + 3, to - from, height - 6, "wait");
        } else {
            sketch.bar(from, y, (to - from).max(2), height, class);
        }
    }

    /// A lane for each of these tasks of the run, the first at `y`, with its name on the left.
    pub(super) fn lanes(&self, sketch: &mut Sketch, run: &RecordedRun, tasks: &[&str], y: i32) {
        for (y, name) in (y..).step_by(usize::try_from(self.lane).expect("it is positive")).zip(tasks) {
            sketch.text(self.x - 12, y + (self.lane - 8) / 2 + 5, "end", name);
            for (class, from, to) in stretches(run, name) {
                self.bar(sketch, class, (self.at(from), self.at(to)), y);
            }
        }
    }
}

/// What the task with this name did: the class of its bar, from when to when.
pub(super) fn stretches(run: &RecordedRun, name: &str) -> Vec<(&'static str, Duration, Duration)> {
    let task = run.tasks.iter().position(|task| task == name).unwrap_or_else(|| panic!("no task is called {name}"));
    let task = u32::try_from(task).expect("an event numbers it");
    let mut states = States::new(run.tasks.len());
    let mut stretches = Vec::new();
    let mut open: Option<(&'static str, Duration)> = None;
    for event in run.events.iter().filter(|event| event.task == task) {
        let before = states.take(event);
        let state = states.of(task);
        if state == before {
            continue;
        }
        let at = Duration::from_nanos(event.ns);
        if let Some((class, from)) = open.take() {
            stretches.push((class, from, at));
        }
        open = class_of(state).map(|class| (class, at));
    }
    if let Some((class, from)) = open {
        stretches.push((class, from, Duration::from_nanos(run.wall_ns)));
    }
    stretches.retain(|(class, from, to)| to > from || *class == "run");
    stretches
}

/// The class of the bar of a task in this state.
fn class_of(state: RecordedState) -> Option<&'static str> {
    match state {
        RecordedState::Ready => Some("ready"),
        RecordedState::Running => Some("run"),
        RecordedState::Blocking => Some("hold"),
        RecordedState::Waiting => Some("wait"),
        RecordedState::Absent | RecordedState::Done => None,
    }
}
