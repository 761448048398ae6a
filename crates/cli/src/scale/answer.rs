//! What a child process answers: one line of JSON on its standard output.

use crate::scale::memory;
use cpu_time::ProcessTime;
use paintdry_contenders::contender::{Contender, Fault};
use paintdry_contenders::python::Dried;
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
    /// It was still running after its time, and was killed: an error that costs minutes if it comes again.
    Hung(String),
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

impl From<Result<Measured, Fault>> for Answer {
    fn from(result: Result<Measured, Fault>) -> Self {
        match result {
            Ok(measured) => Self::Measured(measured),
            Err(Fault::Absent(why)) => Self::NotRun(why),
            Err(Fault::Failed(why)) => Self::Error(why),
        }
    }
}

/// Measures one pass of `contender`, which dries the canvases.
pub(crate) fn measured(contender: &Contender) -> Result<Measured, Fault> {
    let begun = processor_time();
    let pass = contender.time()?;
    let cpu = begun.zip(processor_time()).map(|(begun, ended)| ended.saturating_sub(begun));
    let peak_bytes = memory::peak();
    Ok(Measured {
        threads: contender.threads,
        wall_ns: whole_ns(pass.time),
        cpu_ns: cpu.map(whole_ns),
        peak_bytes,
        future_bytes: pass.task_bytes,
        version: None,
    })
}

impl From<Dried> for Measured {
    fn from(Dried { version, pass, cpu, peak }: Dried) -> Self {
        let (wall_ns, cpu_ns) = (whole_ns(pass.time), cpu.map(whole_ns));
        Self { threads: 1, wall_ns, cpu_ns, peak_bytes: peak, future_bytes: None, version }
    }
}

/// What all threads of this process have used; `None` where the system does not tell.
fn processor_time() -> Option<Duration> {
    ProcessTime::try_now().ok().map(|time| time.as_duration())
}

fn whole_ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_contenders::contender::Kind;

    #[test]
    fn what_cannot_be_run_here_is_no_failure() {
        let absent = Contender::absent("", Kind::Peer, "no brush");
        assert_eq!(Answer::from(measured(&absent)), Answer::NotRun("no brush".to_owned()));
    }
}
