//! What was recorded of a run, as a recording holds it.

use paintdry_studio::limits::shortened;
use paintdry_studio::{Event, EventKind, RecordedRun, Resource, Source};
use std::collections::HashMap;
use std::time::Duration;

/// The events of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traced {
    /// The names of the tasks.
    pub(crate) tasks: Vec<String>,
    pub(crate) events: Vec<Event>,
    /// The file of each line among the events, by the position of the event.
    pub(crate) files: HashMap<usize, &'static str>,
    /// When it ended.
    pub(crate) time: Duration,
    pub(crate) resources: Vec<Resource>,
}

impl Traced {
    /// The run as a recording holds it. If the recording holds the program's text, which is a whole file, the run refers to it by
    /// the lines at which tasks said something.
    pub(crate) fn recorded(
        &self,
        name: &str,
        about: &str,
        error: Option<String>,
        source: Option<&Source>,
    ) -> RecordedRun {
        let name_of = |file: &str| file.rsplit(['/', '\\']).next().map(str::to_owned);
        let is_there = |position: &usize| {
            let (file, source) = (self.files.get(position), source.map(|source| &source.file));
            file.is_some_and(|file| source.is_some_and(|source| name_of(file) == name_of(source)))
        };
        let events = self.events.iter().enumerate();
        let events = events.filter(|(position, event)| !matches!(event.what, EventKind::Line(_)) || is_there(position));
        let events = events.map(|(_, event)| event.clone().shortened()).collect();
        let tasks = self.tasks.iter().cloned().map(shortened).collect();
        let (name, about) = (shortened(name.to_owned()), shortened(about.to_owned()));
        RecordedRun {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            source: source.map(|source| source.name.clone()),
            error: error.map(shortened),
            resources: self.resources.clone(),
            ..RecordedRun::new(&name, &about, self.time, tasks, events)
        }
    }
}
