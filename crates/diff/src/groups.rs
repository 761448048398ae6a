//! Many runs: which of them do the same, and why the others differ from them.

use crate::compare::diff;
use crate::difference::Diff;
use crate::run::Run;
use serde::Serialize;
use std::cmp::Reverse;

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
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        match groups.iter_mut().find(|group| diff(&runs[group[0]], run).is_same()) {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
    }
    let largest = (0..groups.len()).max_by_key(|group| (groups[*group].len(), Reverse(*group))).unwrap_or(0);
    let others = (0..groups.len()).filter(|group| *group != largest);
    let between = |other: usize| {
        let (left, right) = (other.min(largest), other.max(largest));
        Between { left, right, diff: diff(&runs[groups[left][0]], &runs[groups[right][0]]) }
    };
    let differences = others.map(between).collect();
    Groups { groups, differences }
}
