//! The whole comparison as typed values; serialised, they are the JSON. The field names there are stable, because the course
//! and the benches read them.

use crate::outcome::Outcome;
use crate::runtimes::BLOCKING;
use crate::{Entry, RunError, Workload};
use paintdry_core::Painted;
use paintdry_studio::{Clock, Host};
use serde::{Serialize, Serializer};
use std::time::Duration;

/// The version of the JSON's shape. It increases when a field changes its meaning or disappears.
pub(crate) const SCHEMA: u32 = 1;

/// What was compared, where, and the result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Report {
    /// [`SCHEMA`].
    pub(crate) schema: u32,
    /// The workload.
    pub(crate) workload: WorkloadReport,
    /// The machine.
    pub(crate) host: Host,
    /// One for each runtime that ran, in the order of the table.
    pub(crate) runs: Vec<Row>,
}

/// The job, and its parameters as they were run and as they were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct WorkloadReport {
    /// The job and its parameters; durations have been divided by `speed` already.
    #[serde(flatten)]
    pub(crate) workload: Workload,
    /// The durations were divided by this factor.
    pub(crate) speed: f64,
    /// Which clock was used: `real` or `virtual`.
    pub(crate) clock: Clock,
    /// Whether the runs were recorded. Then their times include the recorder, and are not compared.
    pub(crate) recorded: bool,
}

impl WorkloadReport {
    /// Whether the runs were not watched, so that they may be compared for speed.
    pub(crate) fn is_timed(&self) -> bool {
        self.clock == Clock::Real && !self.recorded
    }

    /// Whether the wall times say which runtime is how many times faster.
    pub(crate) fn has_speedup(&self) -> bool {
        self.is_timed() || self.clock == Clock::Virtual
    }
}

/// One runtime's row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Row {
    /// The runtime's name.
    pub(crate) runtime: &'static str,
    /// Its version.
    pub(crate) version: &'static str,
    /// How many threads ran the tasks; `None` if the run failed.
    pub(crate) threads: Option<usize>,
    /// From the start of the run to its end; `None` if it failed.
    #[serde(rename = "wall_ns", serialize_with = "as_optional_ns")]
    pub(crate) wall: Option<Duration>,
    /// The wall times of all its runs, the shortest first. With several, the row shows the median run.
    #[serde(rename = "walls_ns", serialize_with = "as_many_ns")]
    pub(crate) walls: Vec<Duration>,
    /// The time that the workload would take on these threads if the runtime cost nothing and no sleep were late;
    /// `None` for amap, for a watched run, and for a failed one. A late sleep can save a check; then the wall time is shorter.
    #[serde(rename = "ideal_ns", serialize_with = "as_optional_ns")]
    pub(crate) ideal: Option<Duration>,
    /// How many times faster than blocking; `None` if either of them failed or blocking was not run.
    pub(crate) speedup: Option<f64>,
    /// Why the run failed.
    pub(crate) error: Option<String>,
    /// What only this job has.
    #[serde(flatten)]
    pub(crate) job: JobReport,
}

/// A run's data besides its times.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum JobReport {
    /// The job paint.
    Paint {
        /// The processor time of all the painting, added up; `None` if the run failed.
        #[serde(rename = "painting_ns", serialize_with = "as_optional_ns")]
        painting: Option<Duration>,
        /// Each canvas; empty if the run failed.
        canvases: Vec<CanvasReport>,
    },
    /// The job amap.
    Amap {
        /// The order of work, `a0 b0 a1 b1`; `None` above 10,000 items in all, and if the run failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<Vec<String>>,
        /// What each promise holds; empty if the run failed.
        results: Vec<Vec<u64>>,
        /// The wall time divided by the number of items in all, spawning and joining included; `None` for blocking, which
        /// does not yield.
        ns_per_yield: Option<f64>,
    },
}

/// One canvas. Times count from the start of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct CanvasReport {
    /// When its last stroke was made.
    #[serde(rename = "painted_ns", serialize_with = "as_ns")]
    pub(crate) painted: Duration,
    /// When its painter saw that it was dry.
    #[serde(rename = "dry_ns", serialize_with = "as_ns")]
    pub(crate) dry: Duration,
    /// How often its painter checked it.
    pub(crate) checks: u64,
}

impl From<Painted> for CanvasReport {
    fn from(painted: Painted) -> Self {
        Self { painted: painted.painted_at, dry: painted.dry_at, checks: painted.looks }
    }
}

impl Report {
    /// A report without runs.
    pub(crate) fn new(workload: WorkloadReport) -> Self {
        Self { schema: SCHEMA, workload, host: Host::this(), runs: Vec::new() }
    }

    /// The result of one run on `entry`.
    pub(crate) fn run_of(&self, entry: &Entry, outcome: Result<Outcome, RunError>) -> Row {
        let mut run = Row {
            runtime: entry.name(),
            version: entry.version(),
            threads: None,
            wall: None,
            walls: Vec::new(),
            ideal: None,
            speedup: None,
            error: None,
            job: match self.workload.workload {
                Workload::Paint(_) => JobReport::Paint { painting: None, canvases: Vec::new() },
                Workload::Amap(_) => JobReport::Amap { order: None, results: Vec::new(), ns_per_yield: None },
            },
        };
        match (outcome, self.workload.workload) {
            (Ok(Outcome::Paint(outcome)), Workload::Paint(workload)) => {
                run.threads = Some(outcome.threads);
                run.wall = Some(outcome.wall);
                let ideal = || entry.ideal(&workload, &outcome.paintings, outcome.threads);
                run.ideal = self.workload.is_timed().then(ideal);
                let canvases = outcome.canvases.into_iter().map(Into::into).collect();
                run.job = JobReport::Paint { painting: Some(outcome.paintings.iter().sum()), canvases };
            }
            (Ok(Outcome::Amap(outcome)), Workload::Amap(workload)) => {
                let yields = self.workload.is_timed() && entry.name() != BLOCKING;
                let ns_per_yield = yields.then(|| nanoseconds(outcome.wall) / as_f64(workload.items_in_all()));
                run.threads = Some(outcome.threads);
                run.wall = Some(outcome.wall);
                run.job = JobReport::Amap { order: outcome.order, results: outcome.results, ns_per_yield };
            }
            (Ok(_), _) => run.error = Some("the outcome is that of another job".to_owned()),
            (Err(error), _) => run.error = Some(error.to_string()),
        }
        run
    }

    /// Rebuilds the row at `index` from all runs of its runtime: the median one, or the first that failed.
    pub(crate) fn put(&mut self, index: usize, runs: &[Row]) {
        let mut walls: Vec<_> = runs.iter().filter_map(|run| run.wall).collect();
        walls.sort_unstable();
        let median = walls.get(walls.len().saturating_sub(1) / 2).copied();
        let failed = runs.iter().find(|run| run.error.is_some());
        let Some(shown) = failed.or_else(|| runs.iter().find(|run| run.wall == median)) else { return };
        let row = Row { walls, ..shown.clone() };
        match self.runs.get_mut(index) {
            Some(known) => *known = row,
            None => self.runs.push(row),
        }
        self.compare_with_blocking();
    }

    fn compare_with_blocking(&mut self) {
        if !self.workload.has_speedup() {
            return;
        }
        let blocking = self.runs.iter().find(|run| run.runtime == BLOCKING).and_then(|run| run.wall);
        for run in &mut self.runs {
            let ratio = |(blocking, wall)| nanoseconds(blocking) / nanoseconds(wall);
            // In virtual time a job without sleeps takes none, and nothing is faster than that.
            let took_time = |(blocking, wall): &(Duration, Duration)| !blocking.is_zero() && !wall.is_zero();
            run.speedup = blocking.zip(run.wall).filter(took_time).map(ratio);
        }
    }

    /// The processor time of one painting: the median of the runs' means.
    pub(crate) fn painting(&self) -> Option<Duration> {
        let means = self.runs.iter().filter_map(|run| match &run.job {
            JobReport::Paint { painting, canvases } => {
                painting.map(|sum| sum / u32::try_from(canvases.len()).unwrap_or(1).max(1))
            }
            JobReport::Amap { .. } => None,
        });
        let mut means: Vec<_> = means.collect();
        means.sort_unstable();
        means.get(means.len() / 2).copied()
    }

    /// The names of the runtimes that failed.
    pub(crate) fn failed(&self) -> Vec<&'static str> {
        self.runs.iter().filter(|run| run.error.is_some()).map(|run| run.runtime).collect()
    }
}

fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

/// Writes a duration as whole nanoseconds.
pub(crate) fn as_ns<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
}

/// Writes durations as whole nanoseconds.
fn as_many_ns<S: Serializer>(durations: &[Duration], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(durations.iter().map(|duration| u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)))
}

/// Writes a duration as whole nanoseconds, or null.
#[expect(clippy::ref_option, reason = "serde asks for this signature")]
pub(crate) fn as_optional_ns<S: Serializer>(duration: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    match duration {
        Some(duration) => as_ns(duration, serializer),
        None => serializer.serialize_none(),
    }
}
