//! The words of core, for the task whose turn it is in an exploration.

use crate::run::with_run;
use paintdry_core::{Watcher, watch_words};
use std::fmt::Display;
use std::panic::Location;
use std::time::Duration;

struct Words;

impl Watcher for Words {
    fn now(&self) -> Option<Duration> {
        with_run(|run| run.time)
    }

    fn name_task(&self, name: &str) {
        with_run(|run| {
            let task = run.current;
            run.recorder.iter_mut().for_each(|recorder| recorder.name(task, name));
        });
    }

    /// Only a failing run asks for the text.
    fn note(&self, text: &dyn Display, place: &'static Location<'static>) {
        if with_run(|run| run.recorder.is_some()) == Some(true) {
            let text = text.to_string(); // when nothing is borrowed: it may look at something that is shared
            with_run(|run| {
                let task = run.current;
                run.recorder.iter_mut().for_each(|recorder| recorder.note(task, &text, place));
            });
        }
    }
}

/// To be called before the first run.
pub(crate) fn hear_words() {
    watch_words(1, &Words);
}
