//! What a watched task can say and ask about itself.

use crate::event::What;
use crate::state::current;
use std::time::Duration;

/// The time since the start of the run, in the time of its clock.
///
/// # Panics
/// Outside of a watched task.
#[must_use]
pub fn now() -> Duration {
    Duration::from_nanos(current("the time was asked for").run.clock.now_ns())
}

/// Gives the task a name, under which the watchdog and the recording know it. The first name stays.
///
/// # Panics
/// Outside of a watched task.
pub fn name_task(name: &str) {
    current("a task was named").set_name(name);
}

/// Notes that the task has come to this line of its source.
///
/// # Panics
/// Outside of a watched task.
pub fn at_line(line: u32) {
    current("a line was noted").set_line(line);
}

/// Notes in the recording what the task says about itself, such as `dry`.
///
/// # Panics
/// Outside of a watched task.
pub fn note(text: &str) {
    current("something was noted").record(What::Note(text.into()));
}
