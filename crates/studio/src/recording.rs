//! A recording as a file holds it: `docs/recording.md` describes it, and a schema beside that.

use crate::clock::{Clock, as_ns};
use crate::event::{Event, polling_threads};
use crate::host::Host;
use crate::resource::Resource;
use crate::workload::RecordedWorkload;
use serde::{Deserialize, Serialize};
use std::time::Duration;

pub mod limits;

mod error;
pub use error::RecordingError;

mod check;

mod claims;

mod console;

mod lengths;

mod read;

mod states;
pub use states::{RecordedState, States};

mod strict;

/// What every recording says that it is.
const FORMAT: &str = "paintdry-recording";

/// The version of the format.
const VERSION: u32 = 1;

/// What happened in some runs of one program.
///
/// ```
/// use paintdry_studio::Recording;
///
/// let error = Recording::read("{\"schema\": 1}").unwrap_err();
/// assert!(error.to_string().starts_with("this is not a recording"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")] // `remote`: what serde derives is called by the two impls below, which also check
pub struct Recording {
    /// Always `paintdry-recording`.
    format: String,
    /// The version of the format.
    version: u32,
    /// The clock of the runs.
    #[serde(deserialize_with = "strict::clock")]
    pub clock: Clock,
    /// What was to be done.
    pub workload: RecordedWorkload,
    /// Where it was done.
    #[serde(deserialize_with = "strict::host")]
    pub host: Host,
    /// The text of each program that ran.
    #[serde(deserialize_with = "strict::sources")]
    pub sources: Vec<Source>,
    /// One for each runtime.
    #[serde(deserialize_with = "strict::runs")]
    pub runs: Vec<RecordedRun>,
}

/// The text of a program, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// By this name runs refer to it.
    pub name: String,
    /// Its file.
    pub file: String,
    /// The number of its first line there.
    pub first_line: u32,
    /// The text.
    pub text: String,
}

impl Source {
    /// The function in `text`, which is that of `file`, that begins with `head`; `None` if there is none.
    ///
    /// ```
    /// let text = "// tea\nfn brew() {\n    boil();\n}\n";
    /// let source = paintdry_studio::Source::function("brew", "tea.rs", text, "fn brew").unwrap();
    /// assert_eq!((source.first_line, source.line_of("boil()")), (2, Some(3)));
    /// assert!(source.text.ends_with('}'));
    /// ```
    #[must_use]
    pub fn function(name: &str, file: &str, text: &str, head: &str) -> Option<Self> {
        let start = text.find(head)?;
        let end = start + text[start..].find("\n}")? + "\n}".len();
        let lines_before = text[..start].matches('\n').count();
        Some(Self {
            name: name.to_owned(),
            file: file.to_owned(),
            first_line: u32::try_from(lines_before + 1).ok()?,
            text: text[start..end].to_owned(),
        })
    }

    /// The number, in its file, of the first line that has these words.
    #[must_use]
    pub fn line_of(&self, words: &str) -> Option<u32> {
        let position = self.text.lines().position(|line| line.contains(words))?;
        self.first_line.checked_add(u32::try_from(position).ok()?)
    }
}

/// One runtime's run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedRun {
    /// The runtime's name.
    pub runtime: String,
    /// Its version.
    pub version: String,
    /// What it is, in one line.
    pub about: String,
    /// How many threads run tasks. `None` if the recording does not know.
    #[serde(deserialize_with = "Option::deserialize")]
    pub threads: Option<u64>,
    /// The name of its source, if the recording brings it.
    #[serde(deserialize_with = "Option::deserialize")] // or else it might be missing
    pub source: Option<String>,
    /// From the start to the end.
    pub wall_ns: u64,
    /// Why it failed, if it did.
    #[serde(deserialize_with = "Option::deserialize")]
    pub error: Option<String>,
    /// The names of the tasks. An event's task is a position here.
    pub tasks: Vec<String>,
    /// What happened, in its order.
    pub events: Vec<Event>,
    /// The locks and channels of [`sync`](crate::sync) that the tasks used. An event's resource is a position here.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "strict::resources")]
    pub resources: Vec<Resource>,
}

impl RecordedRun {
    /// A run that has not failed and brings no source. It has as many threads as have polled in it.
    #[must_use]
    pub fn new(runtime: &str, about: &str, wall: Duration, tasks: Vec<String>, events: Vec<Event>) -> Self {
        Self {
            runtime: runtime.to_owned(),
            version: String::new(),
            about: about.to_owned(),
            threads: Some(polling_threads(&events).max(1)),
            source: None,
            wall_ns: as_ns(wall),
            error: None,
            tasks,
            events,
            resources: Vec::new(),
        }
    }
}

impl Recording {
    /// A recording, without runs yet, of a program of yours on this machine.
    #[must_use]
    pub fn of_program(name: &str, clock: Clock, sources: Vec<Source>) -> Self {
        Self::new(clock, RecordedWorkload::Program { name: name.to_owned() }, Host::this(), sources)
    }

    /// A recording without runs.
    #[must_use]
    pub fn new(clock: Clock, workload: RecordedWorkload, host: Host, sources: Vec<Source>) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, clock, workload, host, sources, runs: Vec::new() }
    }

    /// Writes it as one line of JSON. [`check`](Self::check) says before whether that can be read again.
    ///
    /// # Panics
    /// Never: all of it can be written as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("names are strings and numbers are finite")
    }
}
