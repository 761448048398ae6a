//! The table of runtimes: each entry knows how to run every job on one of them.

use crate::canvas_states::CanvasStates;
use crate::outcome::Outcome;
use crate::watched::{self, WatchedJob, WatchedOutcome};
use crate::{AmapOutcome, AmapWorkload, PaintOutcome, PaintWorkload, RunError, amap, ideal, paint, scale};
use paintdry_contenders::{dries, versions};
use paintdry_core::{Runtime, TaskError};
use paintdry_explore::programs::{Program, Watch};
use paintdry_explore::{CheckError, Explored, Explorer, Observed};
use paintdry_studio::limits::shortened;
use paintdry_studio::{RUSTC, RecordedRun, WatchedRun};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// The time that a workload would take if the runtime cost nothing, with these paintings and this many threads.
pub(crate) type Ideal = fn(&PaintWorkload, paintings: &[Duration], threads: usize) -> Duration;

/// One runtime in the comparison: its name, its version, and the jobs on it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    name: &'static str,
    version: &'static str,
    about: &'static str,
    /// Whether it starts threads of its own, and may abort or wait for ever if it gets none. The rows of std also start
    /// threads, but report by themselves that they got none.
    starts_threads: bool,
    paint: fn(&PaintWorkload, Option<&Arc<CanvasStates>>) -> Result<PaintOutcome, RunError>,
    amap: fn(&AmapWorkload) -> Result<AmapOutcome, RunError>,
    ideal: Ideal,
    watched: fn(&WatchedJob<'_>) -> WatchedOutcome,
    scale: scale::Start,
    explore: Option<Explore>,
    observe: Option<Observe>,
}

/// Explores a program on a runtime.
pub(crate) type Explore = fn(&Program, &Explorer, Watch<'_>) -> Result<Explored, CheckError>;

/// Runs a program, so often, and leaves the order of its tasks to the runtime.
pub(crate) type Observe = fn(&Program, u64) -> Result<Observed, CheckError>;

impl Entry {
    /// The entry of an async runtime. `version` is shown beside its name, and `about` describes it in one line.
    ///
    /// ```
    /// let entry = paintdry::Entry::of::<paintdry_tokio::CurrentThread>("1.54", "one thread");
    /// assert_eq!(entry.name(), "tokio");
    /// ```
    /// A runtime under the studio, or one that is explored, cannot be compared; these do not compile:
    /// ```compile_fail
    /// use paintdry_studio::Studio;
    ///
    /// let entry = paintdry::Entry::of::<Studio<paintdry_tokio::CurrentThread>>("1.54", "watched");
    /// assert_eq!(entry.name(), "tokio");
    /// ```
    /// ```compile_fail
    /// let entry = paintdry::Entry::of::<paintdry_explore::ExploredLoop>("0.1", "in virtual time");
    /// assert_eq!(entry.name(), "generator, explored");
    /// ```
    #[must_use]
    pub fn of<R: Runtime>(version: &'static str, about: &'static str) -> Self {
        const { assert!(R::HAS_OWN_TIME, "the times of a watched runtime are not its own; compare the runtime itself") };
        Self {
            name: R::NAME,
            version,
            about,
            starts_threads: true, // assumed, because nothing says otherwise
            paint: paint::on_runtime::<R>,
            amap: amap::on_runtime::<R>,
            ideal: ideal::side_by_side,
            watched: watched::on_runtime::<R>,
            scale: dries::on_runtime::<R>,
            explore: Some(Program::check_on::<R>),
            observe: Some(Program::observe::<R>),
        }
    }

    /// The name that `--runtime` takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The version of its library.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// What it is, in one line.
    #[must_use]
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// Starts the runtime, paints all canvases of `workload` on it and waits until they are dry.
    ///
    /// # Errors
    /// If a task, or the runtime itself, panics; if the operating system refuses a thread.
    pub fn paint(&self, workload: &PaintWorkload) -> Result<PaintOutcome, RunError> {
        self.paint_shown(workload, None)
    }

    /// [`Entry::paint`], and keeps the states of the canvases up to date for a display.
    pub(crate) fn paint_shown(
        &self,
        workload: &PaintWorkload,
        states: Option<&Arc<CanvasStates>>,
    ) -> Result<PaintOutcome, RunError> {
        caught(|| (self.paint)(workload, states))
    }

    /// Starts the runtime and runs all tasks of `workload` on it: once to record the order of work, if that is short
    /// enough to show, and several times more to measure.
    ///
    /// # Errors
    /// If a task, or the runtime itself, panics; if results are missing or wrong; if the operating system refuses a
    /// thread.
    pub fn amap(&self, workload: &AmapWorkload) -> Result<AmapOutcome, RunError> {
        caught(|| (self.amap)(workload))
    }

    /// Runs a job under the studio. The recording exists even if the job failed, but not if the runtime itself
    /// panicked.
    pub(crate) fn watched(&self, job: &WatchedJob<'_>) -> (Result<Outcome, RunError>, RecordedRun) {
        let seen = caught(|| Ok((self.watched)(job))).unwrap_or_else(|error| WatchedOutcome::nothing(job, error));
        let run = self.recorded(&seen.outcome, seen.threads, seen.source, seen.watched);
        (seen.outcome, run)
    }

    /// The recording, as one run of it.
    fn recorded(
        &self,
        outcome: &Result<Outcome, RunError>,
        threads: usize,
        source: &str,
        watched: WatchedRun<()>,
    ) -> RecordedRun {
        // If more are asked for than the command tries, none starts; a recording has at least one.
        let threads = if matches!(outcome, Err(RunError::TooManyThreads { .. })) { 1 } else { threads };
        RecordedRun {
            version: self.version.to_owned(),
            threads: Some(threads as u64),
            source: Some(source.to_owned()),
            error: outcome.as_ref().err().map(|error| shortened(error.to_string())),
            ..watched.recorded(self.name, self.about)
        }
    }

    /// The time that `workload` would take on it if it cost nothing itself, with these paintings and on `threads`.
    pub(crate) fn ideal(&self, workload: &PaintWorkload, paintings: &[Duration], threads: usize) -> Duration {
        (self.ideal)(workload, paintings, threads)
    }

    /// Whether it may abort or wait for ever if it gets no threads.
    pub(crate) fn starts_threads(&self) -> bool {
        self.starts_threads
    }

    /// How programs are explored on it; `None` if it has no tasks that take turns.
    pub(crate) fn explore(&self) -> Option<Explore> {
        self.explore
    }

    /// How programs run on it without an explorer; `None` if it has no tasks that take turns.
    pub(crate) fn observe(&self) -> Option<Observe> {
        self.observe
    }

    /// What `scale` does with it: how it is started for the job, and its ideal time.
    pub(crate) fn scale(&self) -> (scale::Start, Ideal) {
        (self.scale, self.ideal)
    }
}

/// A panic of the runtime itself becomes an error: one failed runtime must not end the comparison.
pub(crate) fn caught<T>(run: impl FnOnce() -> Result<T, RunError>) -> Result<T, RunError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|payload| {
        Err(match TaskError::from_panic(payload) {
            TaskError::Panicked(message) => RunError::Panicked(message),
            other => RunError::Panicked(other.to_string()),
        })
    })
}

/// The built-in runtimes, in the order in which they run and are shown.
#[must_use]
pub fn built_in() -> Vec<Entry> {
    let own = env!("CARGO_PKG_VERSION"); // the workspace has one version
    let [tokio, async_std, smol] = ["tokio", "async-std", "smol"].map(versions::of);
    vec![
        Entry {
            name: BLOCKING,
            version: RUSTC,
            about: "no tasks at all: one canvas after another, std only",
            starts_threads: false,
            paint: paint::blocking,
            amap: amap::blocking,
            ideal: ideal::one_after_another,
            watched: watched::blocking,
            scale: dries::one_after_another,
            explore: None,
            observe: None,
        },
        Entry {
            name: "threads",
            version: RUSTC,
            about: "an OS thread for each canvas or task, std only",
            starts_threads: false,
            paint: paint::on_threads,
            amap: amap::on_threads,
            ideal: ideal::side_by_side,
            watched: watched::on_threads,
            scale: scale::on_threads,
            explore: None,
            observe: None,
        },
        Entry {
            explore: Some(Program::check), // without a turnstile, because the loop itself asks whose turn it is
            ..on_this_thread(Entry::of::<paintdry_generator::EventLoop>(
                own,
                "our own event loop: all tasks on one thread",
            ))
        },
        on_this_thread(Entry::of::<paintdry_tokio::CurrentThread>(tokio, "current-thread: all tasks on one thread")),
        Entry::of::<paintdry_tokio::MultiThread>(tokio, "multi-thread: a worker thread for each core"),
        Entry::of::<paintdry_async_std::Global>(async_std, "a thread for each core; discontinued, use smol"),
        Entry::of::<paintdry_smol::Local>(smol, "local executor: all tasks on one thread"),
        Entry::of::<paintdry_smol::Global>(smol, "global executor: one thread beside the caller's"),
    ]
}

/// The entry of a runtime that starts no thread.
fn on_this_thread(entry: Entry) -> Entry {
    Entry { starts_threads: false, ..entry }
}

/// The baseline.
pub(crate) const BLOCKING: &str = "blocking";
