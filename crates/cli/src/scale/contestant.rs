//! Who is measured: the runtimes of the table, the generators written by hand, and on request floors and peers.

use crate::runtimes::Ideal;
use crate::scale::python;
use crate::threads::are_bearable;
use crate::{Entry, PaintWorkload, ideal};
use paintdry_contenders::contender::{self, Contender};
use paintdry_contenders::dries;
use paintdry_contenders::job::Dries;
use std::time::Duration;

/// A row of the table.
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

/// Starts a contender for a job.
pub(crate) type Start = fn(Dries) -> Contender;

/// How it is run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// By this command, in a process of its own.
    Contender(Start),
    /// By `python3`, whose program knows it by this word.
    Python(&'static str),
}

impl Contestant {
    /// The time that the drying itself takes: once for all canvases, or one after another.
    pub(crate) fn ideal(&self, workload: &Dries) -> Duration {
        // The same for `paint`, whose ideal is known, is without strokes, and with one look, at the end.
        let Dries { tasks, drying } = *workload;
        let paint = PaintWorkload { canvases: tasks, drying, poll: drying, strokes: 0, stroke_cost: Duration::ZERO };
        (self.ideal)(&paint, &[], 1)
    }

    /// Whether it is run only on request.
    pub(crate) fn is_extra(&self) -> bool {
        self.kind != Kind::Runtime
    }

    pub(crate) fn of_entry(entry: &Entry) -> Self {
        let (start, ideal) = entry.scale();
        Self { name: entry.name(), version: entry.version(), kind: Kind::Runtime, way: Way::Contender(start), ideal }
    }

    const fn of_contender(name: &'static str, version: &'static str, kind: Kind, start: Start) -> Self {
        Self { name, version, kind, way: Way::Contender(start), ideal: ideal::side_by_side }
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
            all.push(Contestant::of_contender(
                "generator-by-hand",
                entry.version(),
                Kind::Runtime,
                dries::generators_by_hand,
            ));
            extra.push(Contestant::of_contender(
                "generator-async",
                entry.version(),
                Kind::Peer,
                dries::generator_by_hand,
            ));
        }
    }
    all.extend(extra);
    all.push(Contestant::of_contender("floor-closures", std, Kind::Floor, dries::boxed_closures));
    all.push(Contestant::of_contender("floor-futures", std, Kind::Floor, dries::boxed_futures));
    #[cfg(all(feature = "peers", target_os = "linux"))]
    all.extend([
        Contestant::of_contender("compio", paintdry_contenders::versions::of("compio"), Kind::Peer, dries::compio),
        Contestant::of_contender("monoio", paintdry_contenders::versions::of("monoio"), Kind::Peer, dries::monoio),
    ]);
    all.extend(python::WORDS.map(|(name, word)| Contestant::of_python(name, word)));
    all
}

/// A thread for each canvas, unless there would be too many.
pub(crate) fn on_threads(job: Dries) -> Contender {
    match are_bearable(job.tasks) {
        Ok(()) => dries::threads(job),
        Err(error) => Contender::absent("threads", contender::Kind::Threads, error.to_string()),
    }
}

/// What this build could have had.
pub(crate) const fn peers_left_out() -> Option<&'static str> {
    if cfg!(all(feature = "peers", target_os = "linux")) {
        None
    } else {
        Some("Left out: compio and monoio, which come with `--features peers`, on Linux.")
    }
}
