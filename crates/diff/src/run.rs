//! A run that is compared, and what it is called.

use paintdry_studio::{RecordedRun, Recording, Source};
use paintdry_terminal::show::one_line;

/// A run of a recording, and what it is called.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    recording: &'a Recording,
    recorded: &'a RecordedRun,
    label: String,
    place: String,
}

impl<'a> Run<'a> {
    /// This run of the recording, called by its runtime. `None` if the recording has fewer runs.
    #[must_use]
    pub fn of(recording: &'a Recording, number: usize) -> Option<Self> {
        let recorded = recording.runs.get(number)?;
        let label = one_line(&recorded.runtime);
        Some(Self { recording, recorded, place: format!("on {label}"), label })
    }

    /// The same, called by its file, or by another word with which "in" makes sense.
    #[must_use]
    pub fn called(self, name: &str) -> Self {
        let label = one_line(name);
        Self { place: format!("in {label}"), label, ..self }
    }

    /// What it is called, on one line, without characters that act on a terminal: names in a recording may be a stranger's.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The name of its runtime.
    #[must_use]
    pub fn runtime(&self) -> &'a str {
        &self.recorded.runtime
    }

    /// The recording that it is of.
    #[must_use]
    pub fn recording(&self) -> &'a Recording {
        self.recording
    }

    /// The run itself.
    #[must_use]
    pub fn recorded(&self) -> &'a RecordedRun {
        self.recorded
    }

    /// The program that ran, if the recording brings its text.
    #[must_use]
    pub fn source(&self) -> Option<&'a Source> {
        let name = self.recorded.source.as_deref()?;
        self.recording.sources.iter().find(|source| source.name == name)
    }

    /// Where something happens: "on tokio", "in after.json".
    pub(crate) fn place(&self) -> &str {
        &self.place
    }
}
