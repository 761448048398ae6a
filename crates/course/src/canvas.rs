//! The canvas of the course: a second of work, two seconds of waiting. It reports its own progress.

use crate::words::{Watched, here};
use paintdry_core::{CanvasState, Runtime};
use paintdry_studio::{name_task, note, now, sleep_blocking, work};
use std::time::Duration;

/// What painting a canvas costs: work, which blocks the thread.
pub const PAINTING: Duration = Duration::from_secs(1);

/// How long it takes to dry after the last stroke. This needs no work.
pub const DRYING: Duration = Duration::from_secs(2);

/// How long the painter waits between two looks.
const POLL: Duration = Duration::from_millis(500);

/// Core's canvas with a name, in virtual time. It names the task that makes it, unless the task has a name.
#[derive(Debug)]
pub struct Canvas {
    name: String,
    canvas: paintdry_core::Canvas,
}

impl Canvas {
    /// A blank canvas.
    ///
    /// # Panics
    /// Outside a watched program, as do all its methods that need the time.
    #[must_use]
    pub fn new(name: &str) -> Self {
        name_task(name);
        Self { name: name.to_owned(), canvas: paintdry_core::Canvas::new(DRYING) }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Paints it: [`PAINTING`] of work, in which no other task can run on this thread.
    #[track_caller]
    pub fn paint(&mut self) {
        here();
        work(PAINTING);
        self.canvas.paint(0, now);
        self.say("painted");
    }

    /// Whether it is dry now. A blank canvas is not.
    #[must_use]
    pub fn is_dry(&self) -> bool {
        self.canvas.is_dry(now())
    }

    /// How long it still has to dry: zero if it is dry, `None` if it is blank.
    #[must_use]
    pub fn wet_for(&self) -> Option<Duration> {
        match self.canvas.state(now()) {
            CanvasState::Blank => None,
            CanvasState::Wet { left } => Some(left),
            CanvasState::Dry => Some(Duration::ZERO),
        }
    }

    /// Checks every half second until it is dry. Other tasks can run meanwhile.
    ///
    /// # Panics
    /// If it is blank: it would never be dry.
    #[track_caller]
    pub fn dry(&self) -> impl Future<Output = ()> + Send {
        here();
        self.assert_painted();
        async {
            while !self.is_dry() {
                Watched::sleep(POLL).await;
            }
            self.say("dry");
        }
    }

    /// The same, but no other task can run on this thread meanwhile.
    ///
    /// # Panics
    /// If it is blank: it would never be dry.
    #[track_caller]
    pub fn dry_blocking(&self) {
        here();
        self.assert_painted();
        while !self.is_dry() {
            sleep_blocking(POLL);
        }
        self.say("dry");
    }

    #[track_caller]
    fn assert_painted(&self) {
        assert!(self.wet_for().is_some(), "{} has not been painted, so it never dries; call paint() first", self.name);
    }

    /// Logs a message after its name, if the task has another name.
    fn say(&self, text: &str) {
        note(format_args!("{}{SEPARATOR}{text}", self.name));
    }
}

/// Between the name of a canvas and its message.
pub(crate) const SEPARATOR: &str = ": ";
