//! What a child process answers: one line of JSON on its standard output.

use crate::RunError;
use crate::scale::memory;
use cpu_time::ProcessTime;
use paintdry_core::clock;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What came of one run in its own process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Measured(Measured),
    /// It cannot be run here, for this reason. That is no failure.
    NotRun(String),
    Error(String),
}

/// The figures of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// How many threads ran the tasks.
    pub(crate) threads: usize,
    /// From before the first spawn until the last task has been joined.
    pub(crate) wall_ns: u64,
    /// Processor time of all threads of the process in that time; `None` where the system does not tell.
    pub(crate) cpu_ns: Option<u64>,
    /// The most memory that was resident at any time since the process began; `None` where the system does not tell.
    pub(crate) peak_bytes: Option<u64>,
    /// The size of what is spawned, before the runtime adds its own; `None` where it is not known.
    pub(crate) future_bytes: Option<usize>,
    /// The version, if only the child knows it.
    pub(crate) version: Option<String>,
}

/// Why there are no figures.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// It cannot be run here.
    NotRun(String),
    Failed(String),
}

impl From<RunError> for NotDone {
    fn from(error: RunError) -> Self {
        match error {
            RunError::TooManyThreads { .. } => Self::NotRun(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<Result<Measured, NotDone>> for Answer {
    fn from(result: Result<Measured, NotDone>) -> Self {
        match result {
            Ok(measured) => Self::Measured(measured),
            Err(NotDone::NotRun(why)) => Self::NotRun(why),
            Err(NotDone::Failed(why)) => Self::Error(why),
        }
    }
}

/// Measures `dry`, which spawns the tasks, joins all of them, and gives the size of what was spawned.
pub(crate) fn measured<E>(
    drying: Duration,
    threads: usize,
    dry: impl FnOnce() -> Result<usize, E>,
) -> Result<Measured, NotDone>
where
    NotDone: From<E>,
{
    let begun = processor_time();
    let now = clock();
    let future_bytes = dry()?;
    let wall = now();
    let cpu = begun.zip(processor_time()).map(|(begun, ended)| ended.saturating_sub(begun));
    let peak_bytes = memory::peak();
    if wall < drying {
        return Err(NotDone::Failed(
            "its tasks had ended before the canvases were dry, so its sleeps are short".to_owned(),
        ));
    }
    Ok(Measured {
        threads,
        wall_ns: whole_ns(wall),
        cpu_ns: cpu.map(whole_ns),
        peak_bytes,
        future_bytes: Some(future_bytes),
        version: None,
    })
}

/// What all threads of this process have used; `None` where the system does not tell.
fn processor_time() -> Option<Duration> {
    ProcessTime::try_now().ok().map(|time| time.as_duration())
}

fn whole_ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
