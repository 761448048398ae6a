//! The jobs under the studio: in virtual time, or recorded. What runs here is never compared for speed.
//!
//! The jobs that are timed (`paint.rs`, `amap.rs`) know nothing of this: a runtime that is watched is another type, and
//! [`Entry::of`](crate::Entry::of) does not compile for it.

mod amap;
mod paint;
mod sources;

pub(crate) use sources::sources;

use crate::canvas_states::CanvasStates;
use crate::report::Outcome;
use crate::{Entry, RunError, Workload};
use paintdry_core::Runtime;
use paintdry_studio::{BlockingStudio, Clock, RecordedRun, Studio, Watched};
use std::sync::Arc;

/// How a run is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Watching {
    pub(crate) clock: Clock,
    pub(crate) is_recording: bool,
}

impl Watching {
    fn studio<R: Runtime>(self) -> Studio<R> {
        let studio = Studio::new(self.clock);
        if self.is_recording { studio.recording() } else { studio }
    }

    fn blocking_studio(self, threads: usize) -> BlockingStudio {
        if self.is_recording {
            BlockingStudio::recording(self.clock, threads)
        } else {
            BlockingStudio::new(self.clock, threads)
        }
    }
}

/// The workload of a watched run, and who shows its canvases meanwhile.
pub(crate) struct Job<'a> {
    pub(crate) workload: Workload,
    pub(crate) watching: Watching,
    pub(crate) states: Option<&'a Arc<CanvasStates>>,
}

/// What came of a watched run, and what was seen.
pub(crate) struct Seen {
    pub(crate) outcome: Result<Outcome, RunError>,
    threads: usize,
    source: &'static str,
    watched: Watched<()>,
}

impl Seen {
    /// As a run of a recording.
    pub(crate) fn recorded(self, entry: &Entry) -> (Result<Outcome, RunError>, RecordedRun) {
        let run = RecordedRun {
            runtime: entry.name().to_owned(),
            version: entry.version().to_owned(),
            about: entry.about().to_owned(),
            threads: self.threads as u64,
            source: self.source.to_owned(),
            wall_ns: u64::try_from(self.watched.wall.as_nanos()).unwrap_or(u64::MAX),
            error: self.outcome.as_ref().err().map(ToString::to_string),
            tasks: self.watched.tasks,
            events: self.watched.events,
        };
        (self.outcome, run)
    }
}

pub(crate) fn on_runtime<R: Runtime>(job: &Job<'_>) -> Seen {
    match job.workload {
        Workload::Paint(workload) => paint::on_runtime::<R>(&workload, job),
        Workload::Amap(workload) => amap::on_runtime::<R>(&workload, job),
    }
}

pub(crate) fn blocking(job: &Job<'_>) -> Seen {
    match job.workload {
        Workload::Paint(workload) => paint::blocking(&workload, job),
        Workload::Amap(workload) => amap::blocking(&workload, job),
    }
}

pub(crate) fn on_threads(job: &Job<'_>) -> Seen {
    match job.workload {
        Workload::Paint(workload) => paint::on_threads(&workload, job),
        Workload::Amap(workload) => amap::on_threads(&workload, job),
    }
}

#[cfg(test)]
mod tests;
