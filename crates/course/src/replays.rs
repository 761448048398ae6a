//! The replay pages of the book: for each its name, and the runs that it plays side by side.

use crate::chapters;
use crate::page::recording;
use paintdry_replay::Story;
use paintdry_studio::{RecordedRun, Recording, RecordingError};

/// A page that plays some runs of a chapter's program.
#[derive(Debug)]
pub struct Replay {
    /// Its name: `docs/replays/NAME.html`.
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
    ///
    /// # Errors
    /// If its runs are too large to show.
    pub fn page(&self) -> Result<String, RecordingError> {
        paintdry_replay::page(&self.recording((self.runs)()))
    }

    /// Runs the program and draws a moment of it, as SVG. How many threads a run has depends on the machine, so only the runs
    /// on one thread are drawn, if there are any.
    ///
    /// # Errors
    /// If its runs are too large to show.
    pub fn still(&self) -> Result<String, RecordingError> {
        let (mut runs, others): (Vec<_>, Vec<_>) = (self.runs)().into_iter().partition(|run| run.threads == Some(1));
        if runs.is_empty() {
            runs = others;
        }
        Ok(Story::new(&self.recording(runs))?.still(None))
    }

    fn recording(&self, runs: Vec<RecordedRun>) -> Recording {
        recording(self.title, self.file, self.text, runs)
    }
}

/// All of them, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Replay> {
    let chapters = [
        chapters::blocking::replays(),
        chapters::generators::replays(),
        chapters::event_loop::replays(),
        chapters::from_yield_to_await::replays(),
        chapters::promises::replays(),
        chapters::futures::replays(),
        chapters::colour::replays(),
        chapters::runtimes::replays(),
        chapters::pitfalls::replays(),
        chapters::cancellation::replays(),
        chapters::measuring::replays(),
        chapters::own_runtime::replays(),
        chapters::channels::replays(),
        chapters::send::replays(),
        chapters::traits::replays(),
        chapters::shutdown::replays(),
        chapters::bridging::replays(),
        chapters::workshop::replays(),
        chapters::every_schedule::replays(),
    ];
    chapters.into_iter().flatten().collect()
}
