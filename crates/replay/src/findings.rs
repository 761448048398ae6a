//! What is wrong in the runs, as the page shows it: the worst first, and each said once.

use paintdry_diagnose::{Diagnosis, Finding, Severity, diagnose};
use paintdry_studio::{Recording, RecordingError};
use serde::Serialize;

/// The page shows this many findings, and counts the rest.
const MOST_SHOWN: usize = 20;

/// The page leads to this many runs in which the same was found.
const MOST_RUNS: usize = 20;

/// The findings of a recording.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Findings {
    shown: Vec<Shown>,
    /// How many more there are.
    more: usize,
}

/// A finding, and where it was found.
#[derive(Debug, Serialize)]
struct Shown {
    severity: Severity,
    what: String,
    why: String,
    place: Option<String>,
    cost_ns: Option<u64>,
    cure: &'static str,
    /// The number of a run, and of the event at which it shows there.
    moments: Vec<(usize, usize)>,
}

impl Shown {
    fn new(same: &[&Finding]) -> Self {
        let first = same[0];
        Self {
            severity: first.severity,
            what: first.what.clone(),
            why: first.reason(),
            place: first.place.clone(),
            cost_ns: first.cost_ns.filter(|cost| *cost > 0),
            cure: first.chapter,
            moments: same.iter().take(MOST_RUNS).map(|finding| (finding.run, finding.event)).collect(),
        }
    }
}

impl From<&Diagnosis> for Findings {
    fn from(diagnosis: &Diagnosis) -> Self {
        let distinct = diagnosis.distinct();
        let shown = distinct.iter().take(MOST_SHOWN).map(|same| Shown::new(same)).collect();
        Self { shown, more: distinct.len().saturating_sub(MOST_SHOWN) }
    }
}

impl Findings {
    /// What is wrong in the runs of `recording`.
    pub(crate) fn of(recording: &Recording) -> Result<Self, RecordingError> {
        Ok((&diagnose(recording)?).into())
    }

    /// The worst fault: its run, and a sentence without its full stop.
    pub(crate) fn fault(&self) -> Option<(usize, &str)> {
        let first = self.shown.first().filter(|shown| shown.severity == Severity::Fault)?;
        Some((first.moments[0].0, &first.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_studio::{Clock, Event, EventKind, RecordedRun};
    use std::time::Duration;

    /// Main ends, and leaves these many tasks that were never polled.
    fn left(tasks: u32) -> RecordedRun {
        let event = |task, what| Event { ns: 0, task, what };
        let mut events = vec![event(0, EventKind::Spawn { by: None }), event(0, EventKind::Poll { thread: Some(0) })];
        events.extend((1..=tasks).map(|task| event(task, EventKind::Spawn { by: Some(0) })));
        events.push(event(0, EventKind::Complete));
        let names = (0..=tasks).map(|task| if task == 0 { "main".to_owned() } else { format!("ada {task}") }).collect();
        RecordedRun::new("generator", "", Duration::ZERO, names, events)
    }

    fn findings(runs: Vec<RecordedRun>) -> Findings {
        let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
        recording.runs = runs;
        Findings::of(&recording).expect("it can be read")
    }

    #[test]
    fn a_recording_in_which_nothing_is_wrong_has_none() {
        let findings = findings(vec![left(0)]);
        assert!(findings.shown.is_empty() && findings.fault().is_none(), "{findings:?}");
    }

    #[test]
    fn what_two_runs_share_is_said_once_and_leads_to_both() {
        let findings = findings(vec![left(0), left(1), left(1)]);
        assert_eq!(findings.fault(), Some((1, "ada 1 was spawned, and never polled")));
        assert_eq!(findings.shown[0].moments, [(1, 2), (2, 2)]);
    }

    #[test]
    fn very_many_are_counted() {
        let findings = findings((0..30).map(left).collect());
        assert_eq!((findings.shown.len(), findings.more), (MOST_SHOWN, 9));
    }
}
