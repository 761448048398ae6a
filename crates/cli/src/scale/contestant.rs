//! Who is measured: the runtimes of the table, the generators written by hand, and on request floors and peers.

use crate::runtimes::Ideal;
use crate::scale::{Measured, NotDone, ScaleWorkload, by_hand, floors, python};
use crate::{Entry, ideal};
use std::time::Duration;

/// What stands in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// Empty if only its process knows.
    pub(crate) version: &'static str,
    pub(crate) kind: Kind,
    pub(crate) way: Way,
    ideal: Ideal,
}

/// Why it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is compared.
    Runtime,
    /// It can do nothing but this, and shows how little that takes.
    Floor,
    /// It is compared on request.
    Peer,
}

pub(crate) type Job = fn(&ScaleWorkload) -> Result<Measured, NotDone>;

/// How it is run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// By this command, in a process of its own.
    Job(Job),
    /// By `python3`, with the script and this word as its first argument.
    Python(&'static str),
}

impl Contestant {
    /// The time that the drying itself takes: once for all canvases, or one after another.
    pub(crate) fn ideal(&self, workload: &ScaleWorkload) -> Duration {
        (self.ideal)(&workload.as_paint(), &[], 1)
    }

    /// Whether it is run only on request.
    pub(crate) fn is_extra(&self) -> bool {
        self.kind != Kind::Runtime
    }

    pub(crate) fn of_entry(entry: &Entry) -> Self {
        let (job, ideal) = entry.scale();
        Self { name: entry.name(), version: entry.version(), kind: Kind::Runtime, way: Way::Job(job), ideal }
    }

    pub(crate) const fn of_job(name: &'static str, version: &'static str, kind: Kind, job: Job) -> Self {
        Self { name, version, kind, way: Way::Job(job), ideal: ideal::side_by_side }
    }

    const fn of_python(name: &'static str, word: &'static str) -> Self {
        Self { name, version: "", kind: Kind::Peer, way: Way::Python(word), ideal: ideal::side_by_side }
    }
}

/// Everybody that can be measured, in the order of the rows.
pub(crate) fn contestants(runtimes: &[Entry]) -> Vec<Contestant> {
    let std = paintdry_studio::RUSTC;
    let (mut all, mut extra) = (Vec::new(), Vec::new());
    for entry in runtimes {
        all.push(Contestant::of_entry(entry));
        if entry.name() == "generator" {
            all.push(Contestant::of_job("generator-by-hand", entry.version(), Kind::Runtime, by_hand::by_hand));
            extra.push(Contestant::of_job("generator-async", entry.version(), Kind::Peer, by_hand::with_async));
        }
    }
    all.extend(extra);
    all.push(Contestant::of_job("floor-closures", std, Kind::Floor, floors::closures));
    all.push(Contestant::of_job("floor-futures", std, Kind::Floor, floors::futures));
    #[cfg(all(feature = "peers", target_os = "linux"))]
    all.extend([
        Contestant::of_job("compio", env!("PAINTDRY_COMPIO_VERSION"), Kind::Peer, super::peers::compio),
        Contestant::of_job("monoio", env!("PAINTDRY_MONOIO_VERSION"), Kind::Peer, super::peers::monoio),
    ]);
    all.extend(python::WORDS.map(|(name, word)| Contestant::of_python(name, word)));
    all
}

/// What this build could have had.
pub(crate) const fn peers_left_out() -> Option<&'static str> {
    if cfg!(all(feature = "peers", target_os = "linux")) {
        None
    } else {
        Some("Left out: compio and monoio, which come with `--features peers`, on Linux.")
    }
}
