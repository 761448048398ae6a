//! All runs of a recording: the findings, the worst first.

use crate::facts::Facts;
use crate::finding::Finding;
use crate::kind::{Kind, Severity};
use crate::report::finding;
use crate::{ended, held, shared, sleeps, spins, stuck};
use paintdry_studio::{Recording, RecordingError};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What was found in a recording, and how much there was to look at. Its text is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The worst first: faults, then delays, then hints.
    pub findings: Vec<Finding>,
    /// How many runs the recording has,
    pub runs: usize,
    /// how many tasks,
    pub tasks: usize,
    /// and how many events.
    pub events: usize,
}

impl Diagnosis {
    /// Whether there is a fault or a delay. Hints alone do not make a program faulty.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity != Severity::Hint)
    }

    /// The findings that say something new, each with those of other runs that say the same.
    #[must_use]
    pub fn distinct(&self) -> Vec<Vec<&Finding>> {
        let mut groups: Vec<Vec<&Finding>> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for finding in &self.findings {
            match known.entry((finding.kind, &finding.what, &finding.why)) {
                Entry::Occupied(group) => groups[*group.get()].push(finding),
                Entry::Vacant(place) => {
                    place.insert(groups.len());
                    groups.push(vec![finding]);
                }
            }
        }
        groups
    }
}

/// Says what is wrong in the runs of `recording`.
///
/// # Errors
/// As [`Recording::check`]: if the recording is too large, or contradicts itself.
pub fn diagnose(recording: &Recording) -> Result<Diagnosis, RecordingError> {
    recording.check()?;
    let mut findings = Vec::new();
    for (number, run) in recording.runs.iter().enumerate() {
        let facts = Facts::of(run, recording.clock);
        let mut found = Vec::new();
        for rule in [stuck::find, shared::find, ended::find, held::find, spins::find, sleeps::find] {
            rule(&facts, &mut found);
        }
        findings.extend(found.into_iter().map(|found| finding(recording, number, &facts, found)));
    }
    let rank = |kind: Kind| Kind::ALL.iter().position(|known| *known == kind);
    findings.sort_by(|one, other| {
        let by_rank =
            one.severity.cmp(&other.severity).then(one.run.cmp(&other.run)).then(rank(one.kind).cmp(&rank(other.kind)));
        by_rank.then(other.cost_ns.cmp(&one.cost_ns)).then(one.event.cmp(&other.event))
    });
    let count = |of: fn(&paintdry_studio::RecordedRun) -> usize| recording.runs.iter().map(of).sum();
    let (tasks, events) = (count(|run| run.tasks.len()), count(|run| run.events.len()));
    Ok(Diagnosis { findings, runs: recording.runs.len(), tasks, events })
}
