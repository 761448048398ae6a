//! The comparison as typed values; serialised, they are `compare.json`.

use crate::estimate::Estimate;
use crate::machine::Machine;
use crate::round::parent::{Measured, Sampling};
use crate::round::{CpuTime, Entrant, Head, Lateness, Sample};
use paintdry_contenders::contender::{Fault, Kind};
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// The version of the JSON's shape. It goes up when a field changes its meaning or goes away.
const SCHEMA: u32 = 2;

/// The probability with which an interval may miss the true median. A report has about a thousand intervals, so in nine of ten
/// reports none does.
pub const ERROR: f64 = 1e-4;

/// How it was measured.
const METHOD: [&str; 4] = [
    "Before anything is timed, the benches count the work of one pass of each contender, and reject a contender whose work differs.",
    "Each round is a new process, in which every contender of a group gives one sample, in a shuffled order.",
    "Ratios compare samples of the same round, and their median counts, so a busy machine disturbs both sides alike.",
    "An interval holds the true median in all but one of 10,000 cases, whatever the shape of the noise. Two rows are a tie if \
     the interval of their ratio contains 1.",
];

/// Everything that was measured, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of the shape.
    pub schema: u32,
    /// When it began, by the universal clock.
    pub begun: String,
    /// Where it was measured, and with what.
    pub machine: Machine,
    /// From which the order in each round followed.
    pub seed: u64,
    /// Which groups were asked for; `None` if all were.
    pub filter: Option<String>,
    /// How it was measured, in sentences.
    pub method: Vec<String>,
    /// In the order in which they were run.
    pub groups: Vec<GroupReport>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupReport {
    /// Its name on the command line.
    pub id: String,
    /// Its heading, what a pass does, and what a figure is for.
    #[serde(flatten)]
    pub head: Head,
    /// How many rounds there were: every row has a sample of each.
    pub rounds: usize,
    /// How long the whole group took.
    pub seconds: f64,
    /// The full runtime with the smallest median, in any form.
    pub fastest_full: Option<String>,
    /// Those that were measured, the smallest median first.
    pub rows: Vec<Row>,
    /// Those that were not.
    pub left_out: Vec<LeftOut>,
    /// Ratios of particular interest.
    pub pairs: Vec<Pair>,
}

/// One contender that was measured. Times are nanoseconds for one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who it is.
    #[serde(flatten)]
    pub entrant: Entrant,
    /// The middle of its samples.
    pub ns: Estimate,
    /// Its samples divided by the floor's of the same round.
    pub to_floor: Option<Estimate>,
    /// Its samples divided by those of the fastest full runtime of the same round.
    pub to_fastest_full: Option<Estimate>,
    /// How late its sleepers woke or its answers came: the median of the rounds.
    pub late: Option<Lateness>,
    /// How late 99 of a hundred were at most, with its interval.
    pub late_99: Option<Estimate>,
    /// What the server cost the processors for one operation: all threads of the process but the client's.
    pub server_cpu: Option<Estimate>,
    /// What the client cost them. Where this is nearly all of the time, a faster server would not show.
    pub client_cpu: Option<Estimate>,
    /// The most passes that made a sample.
    pub passes: u32,
    /// Its samples, one for each round.
    pub samples: Vec<f64>,
}

/// One contender that was not measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it ran and did something wrong; otherwise it was absent.
    pub is_refused: bool,
    /// Why.
    pub reason: String,
}

/// The ratio of two rows, within a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The row that is divided.
    pub of: String,
    /// The row that it is divided by.
    pub to: String,
    /// The ratios.
    pub ratio: Estimate,
}

impl Report {
    /// A report without groups.
    pub(crate) fn new(machine: Machine, sampling: &Sampling, filter: Option<String>) -> Self {
        let method = METHOD.map(str::to_owned).to_vec();
        let begun = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        Self { schema: SCHEMA, begun, machine, seed: sampling.seed, filter, method, groups: Vec::new() }
    }

    /// The group with this name.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&GroupReport> {
        self.groups.iter().find(|group| group.id == id)
    }
}

impl GroupReport {
    /// Sums up what was measured of the group `id`, which took `seconds`.
    pub(crate) fn new(id: &str, measured: Measured, seconds: f64) -> Self {
        let Measured { mut head, outcomes } = measured;
        let (entrants, ratios) = (std::mem::take(&mut head.entrants), std::mem::take(&mut head.ratios));
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        for (entrant, outcome) in entrants.into_iter().zip(outcomes) {
            let outcome = outcome.and_then(|samples| {
                Row::new(&entrant, &samples).ok_or_else(|| Fault::Failed("it gave no sample".to_owned()))
            });
            match outcome {
                Ok(row) => rows.push(row),
                Err(fault) => left_out.push(LeftOut::new(entrant, fault)),
            }
        }
        rows.sort_by(|one, other| one.ns.median.total_cmp(&other.ns.median));
        let fastest_full = rows.iter().find(|row| row.entrant.is_full).map(|row| row.entrant.name.clone());
        let rounds = rows.first().map_or(0, |row| row.samples.len());
        let mut report =
            Self { id: id.to_owned(), head, rounds, seconds, fastest_full, rows, left_out, pairs: Vec::new() };
        let fastest = report.fastest_full.clone();
        let to = |of: &Row, other: Option<&str>| report.ratio(&of.entrant.name, other?);
        let relations: Vec<_> =
            report.rows.iter().map(|row| (to(row, Some(&report.head.floor)), to(row, fastest.as_deref()))).collect();
        report.pairs =
            ratios.into_iter().filter_map(|(of, to)| Some(Pair { ratio: report.ratio(&of, &to)?, of, to })).collect();
        for (row, (to_floor, to_fastest_full)) in report.rows.iter_mut().zip(relations) {
            (row.to_floor, row.to_fastest_full) = (to_floor, to_fastest_full);
        }
        report
    }

    /// The row with this name.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.entrant.name == name)
    }

    /// The row `of` divided by the row `to`, within a round; `None` if one of them was not measured.
    #[must_use]
    pub fn ratio(&self, of: &str, to: &str) -> Option<Estimate> {
        Estimate::of_ratio(&self.row(of)?.samples, &self.row(to)?.samples, ERROR)
    }
}

impl Row {
    fn new(entrant: &Entrant, samples: &[Sample]) -> Option<Self> {
        let times: Vec<_> = samples.iter().map(|sample| sample.ns).collect();
        let late: Vec<_> = samples.iter().filter_map(|sample| sample.late).collect();
        let cpu: Vec<_> = samples.iter().filter_map(|sample| sample.cpu).collect();
        let of_cpu = |side: fn(&CpuTime) -> f64| Estimate::of(cpu.iter().map(side).collect(), ERROR);
        Some(Self {
            ns: Estimate::of(times.clone(), ERROR)?,
            entrant: entrant.clone(),
            to_floor: None,
            to_fastest_full: None,
            late: Lateness::median_of(&late),
            late_99: Estimate::of(late.iter().map(|late| late.p99).collect(), ERROR),
            server_cpu: of_cpu(|cpu| cpu.server),
            client_cpu: of_cpu(|cpu| cpu.client),
            passes: samples.iter().map(|sample| sample.passes).max()?,
            samples: times,
        })
    }
}

impl LeftOut {
    fn new(entrant: Entrant, fault: Fault) -> Self {
        let (is_refused, reason) = match fault {
            Fault::Absent(reason) => (false, reason),
            Fault::Failed(reason) => (true, reason),
        };
        Self { name: entrant.name, kind: entrant.kind, is_refused, reason }
    }
}

#[cfg(test)]
pub(crate) mod tests;
