//! What a finding says.

use crate::kind::{Kind, Severity};
use serde::Serialize;

/// Something that is wrong in a run, or worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which fault it is.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// Whether the events leave no other explanation.
    pub confidence: Confidence,
    /// One sentence that names the fault and the tasks.
    pub what: String,
    /// Why, in one or two sentences.
    pub why: String,
    /// The run: its position in the recording,
    pub run: usize,
    /// and its name.
    pub runtime: String,
    /// The names of the tasks. The first is the one whose code to change.
    pub tasks: Vec<String>,
    /// The file and the line, if the run has lines: `tea.rs:12`.
    pub place: Option<String>,
    /// The event at which it shows: its position in the run.
    pub event: usize,
    /// The time of that event, in nanoseconds since the start of the run.
    pub at_ns: u64,
    /// The part of a replay page's address that leads to that event.
    pub link: String,
    /// How much time it cost, in nanoseconds, if that can be said.
    pub cost_ns: Option<u64>,
    /// The page of the book that shows the cure, and its section: `09-pitfalls-too-late.md#4-…`.
    pub chapter: &'static str,
}

impl Finding {
    /// Why, as people read it: with the words "It looks like" if it is not certain.
    ///
    /// ```
    /// use paintdry_diagnose::{Confidence, diagnose};
    /// use paintdry_studio::{Clock, Recording};
    ///
    /// let recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
    /// for finding in diagnose(&recording)?.findings {
    ///     let is_certain = finding.confidence == Confidence::Is;
    ///     assert_eq!(is_certain, finding.reason() == finding.why);
    /// }
    /// # Ok::<(), paintdry_studio::RecordingError>(())
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        match self.confidence {
            Confidence::Is => self.why.clone(),
            Confidence::LooksLike => format!("It looks like {}. {}", self.kind.in_words(), self.why),
        }
    }
}

/// Whether a finding is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It is so.
    Is,
    /// It looks like it: another program could leave the same events.
    LooksLike,
}
