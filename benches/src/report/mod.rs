//! The comparison as typed values; serialised, they are `compare.json`.

use crate::machine::Machine;
use crate::measure::{Measured, Samples, Sampling};
use paintdry_contenders::contender::{Contender, Fault, Kind, Part};
use paintdry_contenders::groups::group::Group;
use paintdry_contenders::numbers::{Spread, ratio};
use serde::{Deserialize, Serialize};

/// The version of the JSON's shape. It goes up when a field changes its meaning or goes away.
const SCHEMA: u32 = 1;

/// How it was measured, in three sentences.
const METHOD: [&str; 3] = [
    "Before anything is timed, one pass of each contender is counted, and who did not do exactly the work of the others is \
     refused.",
    "Then each round gives every contender one sample, in a shuffled order, so that what disturbs the machine disturbs all \
     alike; ratios are made within a round, and the median of them counts.",
    "A spread is the middle half of the samples, and a difference is within noise if the middle half of the ratios contains \
     1.",
];

/// Everything that was measured, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of the shape.
    pub schema: u32,
    /// Where it was measured, and with what.
    pub machine: Machine,
    /// How many rounds there were.
    pub rounds: usize,
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
    /// Its heading.
    pub title: String,
    /// What a pass does, and what its figures are.
    pub what: String,
    /// What a figure is for.
    pub per: String,
    /// The row that the others are divided by.
    pub floor: String,
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
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many threads ran the tasks.
    pub threads: usize,
    /// Which spawn, yield or sleep it used.
    pub how: String,
    /// What of the job it leaves out by its nature.
    pub leaves_out: Vec<Part>,
    /// The middle of its samples.
    pub ns: Spread,
    /// Its samples divided by the floor's of the same round.
    pub to_floor: Option<Spread>,
    /// Its samples divided by those of the fastest full runtime of the same round.
    pub to_fastest_full: Option<Spread>,
    /// Whether the difference from the row above is within noise.
    pub is_like_above: bool,
    /// How late its sleepers woke: nanoseconds, of all passes.
    pub late: Option<Lateness>,
    /// How many passes made a sample.
    pub passes: u32,
    /// Its samples, one for each round; null where it did not take part.
    pub samples: Vec<Option<f64>>,
}

/// How late sleepers woke, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lateness {
    /// The median over the passes of the median sleeper.
    pub median: f64,
    /// The median over the passes of the last sleeper.
    pub worst: f64,
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
    pub ratio: Spread,
}

impl Report {
    /// A report without groups.
    pub(crate) fn new(machine: Machine, sampling: &Sampling, filter: Option<String>) -> Self {
        let method = METHOD.map(str::to_owned).to_vec();
        Self {
            schema: SCHEMA,
            machine,
            rounds: sampling.rounds,
            seed: sampling.seed,
            filter,
            method,
            groups: Vec::new(),
        }
    }
}

impl GroupReport {
    /// Sums up what was measured of `group`.
    pub(crate) fn new(id: &str, group: &Group, measured: &[Measured<'_>]) -> Self {
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        for Measured { contender, outcome } in measured {
            let fault = match outcome {
                Ok(samples) => match Row::new(contender, samples) {
                    Some(row) => {
                        rows.push((row, contender.is_full));
                        continue;
                    }
                    None => Fault::Failed("it gave no sample".to_owned()),
                },
                Err(fault) => fault.clone(),
            };
            let (is_refused, reason) = match fault {
                Fault::Absent(reason) => (false, reason),
                Fault::Failed(reason) => (true, reason),
            };
            left_out.push(LeftOut { name: contender.name.clone(), kind: contender.kind, is_refused, reason });
        }
        rows.sort_by(|(one, _), (other, _)| one.ns.median.total_cmp(&other.ns.median));
        let fastest_full = rows.iter().find(|(_, is_full)| *is_full).map(|(row, _)| row.name.clone());
        let mut report = Self {
            id: id.to_owned(),
            title: group.title.clone(),
            what: group.what.clone(),
            per: group.per.to_owned(),
            floor: group.floor.to_owned(),
            fastest_full,
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            left_out,
            pairs: Vec::new(),
        };
        report.relate(&group.pairs);
        report
    }

    /// The row with this name.
    pub(crate) fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// Adds all ratios.
    fn relate(&mut self, pairs: &[(String, String)]) {
        let samples = |name: &str| self.row(name).map(|row| row.samples.clone());
        let floor = samples(&self.floor);
        let fastest = self.fastest_full.as_deref().and_then(samples);
        let pair = |(of, to): &(String, String)| {
            let ratio = ratio(&samples(of)?, &samples(to)?)?;
            Some(Pair { of: of.clone(), to: to.clone(), ratio })
        };
        let pairs: Vec<_> = pairs.iter().filter_map(pair).collect();
        let mut above: Option<Vec<Option<f64>>> = None;
        for row in &mut self.rows {
            let to = |other: &Option<Vec<Option<f64>>>| other.as_ref().and_then(|other| ratio(&row.samples, other));
            row.to_floor = to(&floor);
            row.to_fastest_full = to(&fastest);
            row.is_like_above = to(&above).is_some_and(|ratio| ratio.is_noise());
            above = Some(row.samples.clone());
        }
        self.pairs = pairs;
    }
}

impl Row {
    fn new(contender: &Contender, samples: &Samples) -> Option<Self> {
        let median = |figures: Vec<f64>| Spread::of(figures).map(|spread| spread.median);
        let (medians, worst): (Vec<_>, Vec<_>) = samples.late.iter().copied().unzip();
        Some(Self {
            name: contender.name.clone(),
            kind: contender.kind,
            threads: contender.threads,
            how: contender.how.clone(),
            leaves_out: contender.leaves_out.to_vec(),
            ns: Spread::of(samples.rounds.iter().flatten().copied().collect())?,
            to_floor: None,
            to_fastest_full: None,
            is_like_above: false,
            late: median(medians).zip(median(worst)).map(|(median, worst)| Lateness { median, worst }),
            passes: samples.passes,
            samples: samples.rounds.clone(),
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
