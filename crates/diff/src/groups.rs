//! Many runs: which of them do the same, and why the others differ from them.

use crate::compare::{are_of_one_text, diff};
use crate::difference::Diff;
use crate::lives::Lives;
use crate::run::Run;
use paintdry_studio::Clock;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

/// Runs in groups that do the same, and how the groups differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Groups {
    /// The positions of the runs, in the order in which they were given. Each run does what the first of its group does.
    pub groups: Vec<Vec<usize>>,
    /// How each group differs from the largest one, or from the first of the largest. Each is shown by its first run.
    pub differences: Vec<Between>,
}

/// How two groups differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Between {
    /// The position of a group.
    pub left: usize,
    /// The position of another group, which comes later.
    pub right: usize,
    /// The comparison of their first runs.
    pub diff: Diff,
}

/// Puts runs that do the same into groups, and compares each group with the largest one.
///
/// ```
/// use paintdry_diff::{Run, group};
/// use paintdry_studio::{Clock, RecordedRun, Recording};
/// use std::time::Duration;
///
/// let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
/// let run = |runtime| RecordedRun::new(runtime, "", Duration::ZERO, Vec::new(), Vec::new());
/// recording.runs = vec![run("tokio"), run("smol")];
/// let runs: Vec<_> = (0..2).filter_map(|number| Run::of(&recording, number)).collect();
/// assert_eq!(group(&runs).groups, [[0, 1]]);
/// ```
#[must_use]
pub fn group(runs: &[Run<'_>]) -> Groups {
    let groups = grouped(&likenesses(runs), |one, other| diff(&runs[one], &runs[other]).is_same());
    let largest = (0..groups.len()).max_by_key(|group| (groups[*group].len(), Reverse(*group))).unwrap_or(0);
    let others = (0..groups.len()).filter(|group| *group != largest);
    let between = |other: usize| {
        let (left, right) = (other.min(largest), other.max(largest));
        Between { left, right, diff: diff(&runs[groups[left][0]], &runs[groups[right][0]]) }
    };
    let differences = others.map(between).collect();
    Groups { groups, differences }
}

/// For each run a number that is the same for runs that do the same. Most runs that do something else have another one.
fn likenesses(runs: &[Run<'_>]) -> Vec<u64> {
    let times = runs.iter().all(|run| run.recording().clock == Clock::Virtual);
    let counts_lines = runs.windows(2).all(|pair| are_of_one_text(&pair[0], &pair[1]));
    runs.iter().map(|run| Lives::of(run.recorded(), counts_lines).likeness(times)).collect()
}

/// The numbers of the runs in groups. Only runs with the same key are compared: with others, each run would be compared with the first
/// of each group.
fn grouped<K: Eq + Hash>(keys: &[K], mut do_the_same: impl FnMut(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut alike: HashMap<&K, Vec<usize>> = HashMap::new();
    for (number, key) in keys.iter().enumerate() {
        let alike = alike.entry(key).or_default();
        if let Some(group) = alike.iter().find(|group| do_the_same(groups[**group][0], number)) {
            groups[*group].push(number);
        } else {
            alike.push(groups.len());
            groups.push(vec![number]);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_studio::{Event, EventKind, RecordedRun, Recording};
    use std::time::Duration;

    /// This number of runs that all do something else, and then the same runs again.
    fn recording(runs: usize) -> Recording {
        let run = |number: usize| {
            let note = EventKind::Note(number.to_string().into());
            let events =
                [EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(0) }, note, EventKind::Complete];
            let events = events.map(|what| Event { ns: 0, task: 0, what }).to_vec();
            RecordedRun::new("kettle", "", Duration::ZERO, vec!["main".to_owned()], events)
        };
        let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
        recording.runs = (0..runs).chain(0..runs).map(run).collect();
        recording
    }

    #[test]
    fn a_run_is_compared_with_its_own_group_alone() {
        for count in [10_000, 20_000] {
            let recording = recording(count);
            let runs: Vec<_> = (0..2 * count).filter_map(|number| Run::of(&recording, number)).collect();
            let mut compared = 0;
            let groups = grouped(&likenesses(&runs), |one, other| {
                compared += 1;
                diff(&runs[one], &runs[other]).is_same()
            });
            assert!(groups.iter().enumerate().all(|(number, group)| *group == [number, number + count]));
            assert_eq!((groups.len(), compared), (count, count));
        }
    }
}
