//! What a watched task can say and ask about itself.

use crate::event::EventKind;
use crate::state::{current, polled_here};
use paintdry_core::{Watcher, watch_words};
use std::fmt::Display;
use std::panic::Location;
use std::time::Duration;

/// Notes that the task has come to this line of its source. Lines are counted from 1.
///
/// # Panics
/// Outside of a watched task.
pub fn at_line(line: u32) {
    current("a line was noted").set_line(line);
}

/// The words of core, for the task that is polled on this thread.
struct Words;

impl Watcher for Words {
    fn now(&self) -> Option<Duration> {
        polled_here().map(|task| Duration::from_nanos(task.run.clock.now_ns()))
    }

    fn name_task(&self, name: &str) {
        if let Some(task) = polled_here() {
            task.set_name(name);
        }
    }

    fn note(&self, text: &dyn Display, _place: &'static Location<'static>) {
        if let Some(task) = polled_here().filter(|task| task.run.logs.is_recording()) {
            task.record(EventKind::Note(text.to_string().into()));
        }
    }
}

/// To be called before the first run.
pub(crate) fn hear_words() {
    watch_words(0, &Words);
}
