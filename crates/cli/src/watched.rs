//! The jobs under the studio: in virtual time, or recorded. Their speeds are never compared.
//!
//! The timed jobs (`paint.rs`, `amap.rs`) know nothing of this: a watched runtime is another type, and
//! `Entry::of` does not compile for it.

mod amap;
mod paint;
mod sources;

pub(crate) use sources::sources;

use crate::canvas_states::CanvasStates;
use crate::outcome::Outcome;
use crate::{RunError, Workload};
use paintdry_core::Runtime;
use paintdry_studio::{BlockingStudio, Clock, Studio, WatchedRun};
use sources::{AMAP, PAINT};
use std::sync::Arc;
use std::time::Duration;

/// How to watch a run.
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

/// The workload of a watched run, and the display of its canvases.
pub(crate) struct WatchedJob<'a> {
    pub(crate) workload: Workload,
    pub(crate) watching: Watching,
    pub(crate) states: Option<&'a Arc<CanvasStates>>,
}

/// The outcome of a watched run, and its recording.
pub(crate) struct WatchedOutcome {
    pub(crate) outcome: Result<Outcome, RunError>,
    pub(crate) threads: usize,
    /// The name of the program's source.
    pub(crate) source: &'static str,
    pub(crate) watched: WatchedRun<()>,
}

impl WatchedOutcome {
    /// The recording of a runtime that did not even start.
    pub(crate) fn nothing(job: &WatchedJob<'_>, error: RunError) -> Self {
        let source = match job.workload {
            Workload::Paint(_) => PAINT,
            Workload::Amap(_) => AMAP,
        };
        let (wall, tasks, events, resources) = (Duration::ZERO, Vec::new(), Vec::new(), Vec::new());
        let watched = WatchedRun { result: Ok(()), wall, tasks, events, resources };
        Self { outcome: Err(error), threads: 1, source, watched }
    }
}

pub(crate) fn on_runtime<R: Runtime>(job: &WatchedJob<'_>) -> WatchedOutcome {
    match job.workload {
        Workload::Paint(workload) => paint::on_runtime::<R>(&workload, job),
        Workload::Amap(workload) => amap::on_runtime::<R>(&workload, job),
    }
}

pub(crate) fn blocking(job: &WatchedJob<'_>) -> WatchedOutcome {
    match job.workload {
        Workload::Paint(workload) => paint::blocking(&workload, job),
        Workload::Amap(workload) => amap::blocking(&workload, job),
    }
}

pub(crate) fn on_threads(job: &WatchedJob<'_>) -> WatchedOutcome {
    match job.workload {
        Workload::Paint(workload) => paint::on_threads(&workload, job),
        Workload::Amap(workload) => amap::on_threads(&workload, job),
    }
}

#[cfg(test)]
mod tests;
