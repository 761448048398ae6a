//! The result of `scale` as typed values; serialised, they are the JSON, and each run is a row of the CSV.

use crate::SCHEMA;
use crate::report::{as_ns, as_optional_ns};
use crate::scale::{Answer, Contestant, Kind};
use paintdry_contenders::job::Dries;
use paintdry_studio::Host;
use paintdry_terminal::show::one_line;
use serde::Serialize;
use std::time::{Duration, SystemTime};
use sysinfo::{CpuRefreshKind, RefreshKind, System};

/// What was compared, where, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ScaleReport {
    pub(crate) schema: u32,
    pub(crate) workload: ScaleParameters,
    pub(crate) host: Host,
    /// When it began, by the universal clock.
    pub(crate) begun: String,
    /// The processor's name, if the system tells it.
    pub(crate) cpu: Option<String>,
    /// How many processes wanted a core before it began, over the last minute. Windows does not tell.
    pub(crate) load: Option<f64>,
    /// In the order in which they were run: by the number of tasks, and then as in the table of runtimes.
    pub(crate) runs: Vec<ScaleRun>,
}

/// What was to be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ScaleParameters {
    /// `scale`.
    pub(crate) job: &'static str,
    pub(crate) tasks: Vec<usize>,
    /// Divided by `speed` already.
    #[serde(rename = "drying_ns", serialize_with = "as_ns")]
    pub(crate) drying: Duration,
    pub(crate) speed: f64,
}

/// One run of one contestant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ScaleRun {
    pub(crate) runtime: &'static str,
    /// Empty if it is not known.
    pub(crate) version: String,
    pub(crate) kind: &'static str,
    pub(crate) tasks: usize,
    pub(crate) threads: Option<usize>,
    #[serde(rename = "wall_ns", serialize_with = "as_optional_ns")]
    pub(crate) wall: Option<Duration>,
    /// The time that the drying itself takes.
    #[serde(rename = "ideal_ns", serialize_with = "as_ns")]
    pub(crate) ideal: Duration,
    #[serde(rename = "cpu_ns", serialize_with = "as_optional_ns")]
    pub(crate) cpu: Option<Duration>,
    pub(crate) peak_bytes: Option<u64>,
    /// The peak above that of one task, divided among the other tasks; `None` for fewer than [`MANY`], and where the
    /// system does not tell.
    pub(crate) bytes_per_task: Option<f64>,
    pub(crate) future_bytes: Option<usize>,
    /// Why it was not run.
    pub(crate) not_run: Option<String>,
    /// Why it failed.
    pub(crate) error: Option<String>,
}

/// With fewer tasks, the pages of memory that a process has one time and not the next are more than what a task needs.
pub(crate) const MANY: usize = 10_000;

impl ScaleReport {
    pub(crate) fn new(workload: ScaleParameters) -> Self {
        let system = System::new_with_specifics(RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing()));
        let cpu = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned());
        Self {
            schema: SCHEMA,
            workload,
            host: Host::this(),
            begun: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            cpu: cpu.filter(|name| !name.is_empty()),
            load: (!cfg!(windows)).then(|| System::load_average().one),
            runs: Vec::new(),
        }
    }

    /// Those that failed, each once.
    pub(crate) fn failed(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for run in self.runs.iter().filter(|run| run.error.is_some()) {
            if !names.contains(&run.runtime) {
                names.push(run.runtime);
            }
        }
        names
    }
}

impl ScaleRun {
    /// The row of a run; `one` is the peak of the same with one task. The answer may have the words of another program.
    pub(crate) fn new(contestant: &Contestant, workload: &Dries, answer: Answer, one: Option<u64>) -> Self {
        let mut run = Self {
            runtime: contestant.name,
            version: contestant.version.to_owned(),
            kind: match contestant.kind {
                Kind::Runtime => "runtime",
                Kind::Floor => "floor",
                Kind::Peer => "peer",
            },
            tasks: workload.tasks,
            threads: None,
            wall: None,
            ideal: contestant.ideal(workload),
            cpu: None,
            peak_bytes: None,
            bytes_per_task: None,
            future_bytes: None,
            not_run: None,
            error: None,
        };
        match answer {
            Answer::Measured(measured) => {
                run.version = measured.version.as_deref().map_or(run.version, one_line);
                run.threads = Some(measured.threads);
                run.wall = Some(Duration::from_nanos(measured.wall_ns));
                run.cpu = measured.cpu_ns.map(Duration::from_nanos);
                run.peak_bytes = measured.peak_bytes;
                run.bytes_per_task =
                    measured.peak_bytes.zip(one).and_then(|(peak, one)| bytes(peak, one, workload.tasks));
                run.future_bytes = measured.future_bytes;
            }
            Answer::NotRun(why) => run.not_run = Some(one_line(&why)),
            Answer::Error(why) | Answer::Hung(why) => run.error = Some(one_line(&why)),
        }
        run
    }

    /// How much longer than the drying it took, in seconds. Below zero if the sleeps were short.
    pub(crate) fn above_ideal(&self) -> Option<f64> {
        self.wall.map(|wall| wall.as_secs_f64() - self.ideal.as_secs_f64())
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts of memory stay far below 2^52")]
fn bytes(peak: u64, one: u64, tasks: usize) -> Option<f64> {
    (tasks >= MANY).then(|| peak.saturating_sub(one) as f64 / (tasks - 1) as f64)
}
