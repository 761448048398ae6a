//! The replay pages of the book: for each its name, and the runs that it plays side by side.

use crate::chapters::blocking;
use crate::{page, watch_blocking};
use paintdry_studio::RecordedRun;

/// A page that plays some runs of a chapter's program.
#[derive(Debug)]
pub struct Replay {
    /// What it is called: `docs/replays/NAME.html`.
    pub name: &'static str,
    /// What it shows, as its heading.
    pub title: &'static str,
    /// The file of the program, from the root of the repository.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Runs the program, once for each row.
    pub runs: fn() -> Vec<RecordedRun>,
}

impl Replay {
    /// Runs the program and makes the page of it.
    #[must_use]
    pub fn page(&self) -> String {
        page(self.title, self.file, 1, self.text, (self.runs)())
    }
}

/// All of them, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Replay> {
    vec![Replay {
        name: "01-blocking",
        title: "Three canvases, blocking",
        file: "crates/course/src/chapters/blocking.rs",
        text: include_str!("chapters/blocking.rs"),
        runs: || {
            vec![
                watch_blocking("", blocking::one_after_another).recorded("one thread", "one canvas after another"),
                watch_blocking("", blocking::a_thread_each).recorded("a thread each", "all at the same time"),
            ]
        },
    }]
}
