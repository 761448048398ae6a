//! What a program that is explored says about itself. Outside of an exploration none of this does anything.

use crate::run::with_run;
use std::panic::Location;
use std::time::Duration;

/// The time of the run, which is virtual; none where no run goes on.
#[must_use]
pub fn now() -> Duration {
    with_run(|run| run.time).unwrap_or_default()
}

/// Gives the task whose turn it is a name, under which failures know it. The first name stays.
pub fn name_task(name: &str) {
    with_run(|run| {
        let task = run.current;
        run.recorder.iter_mut().for_each(|recorder| recorder.name(task, name));
    });
}

/// Notes what the task whose turn it is says, for the turn's line in a failure. Only a failing run asks for the text.
#[track_caller]
pub fn note<T: AsRef<str>>(text: impl FnOnce() -> T) {
    note_at(Location::caller(), text);
}

/// The same, said at another place in the program.
pub(crate) fn note_at<T: AsRef<str>>(place: &'static Location<'static>, text: impl FnOnce() -> T) {
    if with_run(|run| run.recorder.is_some()) == Some(true) {
        let text = text(); // when nothing is borrowed: it may look at something that is shared
        with_run(|run| {
            let task = run.current;
            run.recorder.iter_mut().for_each(|recorder| recorder.note(task, text.as_ref(), place));
        });
    }
}
