//! The words of core, for the task whose turn it is in an exploration.

use crate::run::with_run;
use crate::text::{NOTE, bounded};
use paintdry_core::{Watcher, watch_words};
use std::fmt::Display;
use std::panic::Location;
use std::time::Duration;

struct Words;

impl Watcher for Words {
    fn now(&self) -> Option<Duration> {
        with_run(|run| {
            if let Some((hashes, _)) = &mut run.seen {
                hashes.clock_read(run.current);
            }
            run.time
        })
    }

    /// Only a failing run asks for the names.
    fn name_task(&self, name: &str) {
        with_run(|run| {
            if run.recorder.is_some() {
                run.names.give(run.current, name);
            }
        });
    }

    /// Only a failing run asks for the text. It ignores what destructors say after the run was given up.
    fn note(&self, text: &dyn Display, place: &'static Location<'static>) {
        if with_run(|run| run.recorder.is_some() && run.stop.is_none()) == Some(true) {
            let text = bounded(text, NOTE); // while nothing is borrowed: formatting may read something shared
            with_run(|run| run.recorder.iter_mut().for_each(|recorder| recorder.note(&text, place)));
        }
    }
}

/// Call this before the first run.
pub(crate) fn hear_words() {
    watch_words(1, &Words);
}
