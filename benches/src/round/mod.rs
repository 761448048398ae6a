//! A round: a process of its own in which each contender of a group gives one sample, in a shuffled order.
//!
//! Where the system happens to put a program's memory can make it a tenth faster or slower, from start to end. So no process
//! gives two samples of a row. What is left of this chance is a part of the noise that the interval shows.
//!
//! The process writes one JSON value a line: first its group, then what becomes of each contender.

pub(crate) mod child;
pub(crate) mod parent;

use paintdry_contenders::contender::{Contender, Fault, Kind, Part};
use paintdry_contenders::groups::group::Group;
use serde::{Deserialize, Serialize};

/// What a process of a round writes, one a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Line {
    /// The group, before anything is run.
    Group(Head),
    /// The contender with this place in the group is next: if the process ends now, this one ended it.
    Next(usize),
    /// It does the work that is demanded.
    Proved(usize),
    /// It gave a sample.
    Sampled(usize, Sample),
    /// It cannot take part, or failed.
    Fault(usize, Fault),
}

/// What a report says of a group before anything is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Its heading.
    pub title: String,
    /// What a pass does, and what its figures are.
    pub what: String,
    /// What a figure is for.
    pub per: String,
    /// The row that the others are divided by.
    pub floor: String,
    /// Who takes part.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) entrants: Vec<Entrant>,
    /// The ratios of particular interest.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) ratios: Vec<(String, String)>,
}

/// What a report says of a contender before it is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrant {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many threads ran the tasks.
    pub threads: usize,
    /// Which spawn, yield or sleep it used.
    pub how: String,
    /// Whether it is a full runtime: one that also waits for sockets.
    pub is_full: bool,
    /// What of the job it leaves out by its nature.
    pub leaves_out: Vec<Part>,
}

/// What one contender did in one round. Times are nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sample {
    /// For one operation.
    pub(crate) ns: f64,
    /// How many passes were one sample.
    pub(crate) passes: u32,
    /// How late its sleepers or answers were, the median of its passes.
    pub(crate) late: Option<Lateness>,
    /// What the server and its client cost the processors for one operation, the median of its passes.
    #[serde(default)]
    pub(crate) cpu: Option<CpuTime>,
}

/// The time on processors of a server and of its client, in nanoseconds for one operation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct CpuTime {
    pub(crate) server: f64,
    pub(crate) client: f64,
}

/// How late sleepers woke or answers came, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lateness {
    /// The median.
    pub median: f64,
    /// 99 of a hundred were no later.
    pub p99: f64,
    /// 999 of a thousand were no later.
    pub p999: f64,
    /// The last.
    pub worst: f64,
}

impl Head {
    /// What is said of `group`.
    pub(crate) fn of(group: &Group) -> Self {
        Self {
            title: group.title.clone(),
            what: group.what.clone(),
            per: group.per.to_owned(),
            floor: group.floor.to_owned(),
            entrants: group.contenders.iter().map(Entrant::of).collect(),
            ratios: group.pairs.clone(),
        }
    }
}

impl Entrant {
    fn of(contender: &Contender) -> Self {
        Self {
            name: contender.name.clone(),
            kind: contender.kind,
            threads: contender.threads,
            how: contender.how.clone(),
            is_full: contender.is_full,
            leaves_out: contender.leaves_out.to_vec(),
        }
    }
}

impl Lateness {
    /// The median of each figure.
    pub(crate) fn median_of(all: &[Self]) -> Option<Self> {
        Some(Self {
            median: middle(all, |late| late.median)?,
            p99: middle(all, |late| late.p99)?,
            p999: middle(all, |late| late.p999)?,
            worst: middle(all, |late| late.worst)?,
        })
    }
}

impl CpuTime {
    /// The median of each figure.
    pub(crate) fn median_of(all: &[Self]) -> Option<Self> {
        Some(Self { server: middle(all, |cpu| cpu.server)?, client: middle(all, |cpu| cpu.client)? })
    }
}

/// The median of one figure; of an even number the larger of the two in the middle.
fn middle<T>(all: &[T], figure: impl Fn(&T) -> f64) -> Option<f64> {
    let mut figures: Vec<_> = all.iter().map(figure).collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}
