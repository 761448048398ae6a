//! What came of a watched run, and how it becomes a row of a recording.

use crate::event::Event;
use crate::recording::RecordedRun;
use crate::recording::limits::shortened;
use crate::resource::Resource;
use crate::run::Run;
use crate::stalled::Stalled;
use std::time::Duration;

/// What came of a watched run.
#[derive(Debug)]
#[must_use = "its `result` says whether the run has stalled"]
pub struct WatchedRun<T> {
    /// What the main future gave, or why it never will.
    pub result: Result<T, Stalled>,
    /// From the start to the end of the run, in the time of its clock.
    pub wall: Duration,
    /// The names of the tasks, in the order in which they were made. The first is the main task.
    pub tasks: Vec<String>,
    /// What happened to them, if it was recorded.
    pub events: Vec<Event>,
    /// The locks and channels of [`sync`](crate::sync) that they used, if it was recorded. An event's resource is a position here.
    pub resources: Vec<Resource>,
}

impl<T> WatchedRun<T> {
    /// The run as a recording holds it; `runtime` and `about` name its row on the page.
    #[must_use]
    pub fn recorded(self, runtime: &str, about: &str) -> RecordedRun {
        let error = self.result.err().map(|stalled| shortened(stalled.to_string()));
        let [runtime, about] = [runtime, about].map(|text| shortened(text.to_owned()));
        let run = RecordedRun::new(&runtime, &about, self.wall, self.tasks, self.events);
        RecordedRun { error, resources: self.resources, ..run }
    }
}

impl Run {
    /// Ends the watching.
    pub(crate) fn end(&self) -> WatchedRun<()> {
        let wall = self.clock.now_ns();
        let (tasks, events) = self.logs.end(wall);
        self.stop_time();
        let resources = if self.logs.is_recording { self.resources.listed() } else { Vec::new() };
        let wall = Duration::from_nanos(wall);
        WatchedRun { result: Ok(()), wall, tasks, events, resources }
    }
}
