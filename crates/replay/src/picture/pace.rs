//! The pace of the loop, which is that of the page: about 12 seconds, however long the recording is.
//!
//! The story stays a while at each instant at which something happens, and passes the time between two instants at a speed
//! of its own: a long stretch gets more seconds than a short one, but not in proportion. In virtual time hundreds of
//! events share an instant, so the story has a place within an instant too: a `part` between 0 and 1.

use super::run::Run;
use paintdry_studio::Clock;

const STORY_SECONDS: f64 = 12.0;
/// The share of the story that virtual time spends at its instants.
const AT_INSTANTS: f64 = 0.4;
/// A stretch is called skipped if it is a good part of the run, and passes much faster than the rest.
const LONG_STRETCH: f64 = 0.1;
const FAST: f64 = 3.0;
/// In a program of one's own, a stretch in which no task runs has nothing to show: it takes at most so long.
const IDLE_SECONDS: f64 = 0.8;

/// What a picture shows: a time and how many of that instant's events have happened, or, where no time passes, a number
/// of events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Moment {
    Time { ns: u64, part: f64 },
    Events(usize),
}

impl Moment {
    /// How many events of a run have happened.
    pub(super) fn done(self, run: &Run<'_>) -> usize {
        match self {
            Self::Time { ns: 0, part: 0.0 } => 0,
            Self::Time { ns, part: 1.0 } => run.done_by(ns),
            Self::Time { ns, part } => {
                let (before, by) = (run.done_before(ns), run.done_by(ns));
                before + ((by - before) as f64 * part) as usize
            }
            Self::Events(events) => events.min(run.size()),
        }
    }

    /// The time of a run at this moment.
    pub(super) fn ns(self, run: &Run<'_>) -> u64 {
        match self {
            Self::Time { ns, .. } => ns,
            Self::Events(_) => self.done(run).checked_sub(1).map_or(0, |last| run.ns(last)),
        }
    }
}

#[derive(Debug)]
pub(super) struct Pace {
    pub(super) seconds: f64,
    /// When no time passes at all: the number of events of the run that is followed.
    events: Option<usize>,
    instants: Vec<u64>,
    starts: Vec<f64>,
    stays: Vec<f64>,
}

impl Pace {
    /// Plans the story from all runs.
    pub(super) fn new(clock: Clock, runs: &[Run<'_>], is_program: bool) -> Self {
        let end = runs.iter().map(|run| run.wall).max().unwrap_or(0);
        if end == 0 {
            let most = runs.iter().map(Run::size).max().unwrap_or(1).max(1);
            let followed = runs.iter().find(|run| run.polls().count() > run.recorded.tasks.len()).or(runs.first());
            let seconds = (most as f64 * 0.5).clamp(1.0, STORY_SECONDS);
            let events = Some(followed.map_or(0, Run::size));
            return Self { seconds, events, instants: Vec::new(), starts: Vec::new(), stays: Vec::new() };
        }
        let happened = runs.iter().flat_map(|run| run.recorded.events.iter().map(|event| event.ns));
        let mut instants: Vec<u64> = happened.chain([0, end]).collect();
        instants.sort_unstable();
        instants.dedup();
        let is_virtual = clock == Clock::Virtual;
        let events_at = |ns: &u64| runs.iter().map(|run| run.done_by(*ns) - run.done_before(*ns)).max().unwrap_or(0);
        let mut stays: Vec<f64> =
            instants.iter().map(|ns| if is_virtual { (events_at(ns) as f64).sqrt() } else { 0.0 }).collect();
        let mut passes = passes(&instants, runs, end);
        let staying = match (is_virtual, passes.iter().sum::<f64>() > 0.0) {
            (false, _) => 0.0,
            (true, true) => AT_INSTANTS,
            (true, false) => 1.0,
        };
        scale(&mut stays, STORY_SECONDS * staying);
        scale(&mut passes, STORY_SECONDS * (1.0 - staying));
        let idle = |at: usize| !runs.iter().any(|run| run.runs_at(run.done_by(instants[at])));
        let seconds = if is_program { hurry(&mut stays, &mut passes, idle) } else { STORY_SECONDS };
        let mut starts = vec![0.0; instants.len()];
        for at in 1..instants.len() {
            starts[at] = starts[at - 1] + stays[at - 1] + passes[at - 1];
        }
        Self { seconds, events: None, instants, starts, stays }
    }

    /// What the page shows after so many seconds.
    pub(super) fn at(&self, seconds: f64) -> Moment {
        if let Some(events) = self.events {
            return Moment::Events((seconds / self.seconds * events as f64) as usize);
        }
        let Self { instants, starts, stays, .. } = self;
        let at = starts.partition_point(|start| *start <= seconds).saturating_sub(1);
        let (ns, stayed) = (instants[at], seconds - starts[at]);
        if at + 1 == instants.len() || stayed < stays[at] {
            let part = if stays[at] > 0.0 { (stayed / stays[at]).min(1.0) } else { 1.0 };
            return Moment::Time { ns, part };
        }
        let passing = starts[at + 1] - starts[at] - stays[at];
        let share = if passing > 0.0 { ((stayed - stays[at]) / passing).min(1.0) } else { 1.0 };
        let length = (instants[at + 1] - ns) as f64;
        let ns = ns.saturating_add((length * share) as u64).min(instants[at + 1]);
        Moment::Time { ns, part: if share < 1.0 { 1.0 } else { 0.0 } }
    }

    /// The stretches that the story passes much faster than the rest, and in which no task runs.
    pub(super) fn skipped(&self, runs: &[Run<'_>]) -> Vec<(u64, u64)> {
        let end = self.instants.last().copied().unwrap_or(1).max(1) as f64;
        let is_skipped = |at: &usize| {
            let [from, to] = [self.instants[*at], self.instants[at + 1]];
            let long = (to - from) as f64 / end;
            let passing = (self.starts[at + 1] - self.starts[*at] - self.stays[*at]) / self.seconds;
            long > LONG_STRETCH && long > FAST * passing && !runs.iter().any(|run| run.runs_at(run.done_by(from)))
        };
        let pairs = 0..self.instants.len().saturating_sub(1);
        pairs.filter(is_skipped).map(|at| (self.instants[at], self.instants[at + 1])).collect()
    }
}

/// The weights of the stretches between the instants. The story is split where a run ends, so that the last part of a long
/// run leaves time for the short ones.
fn passes(instants: &[u64], runs: &[Run<'_>], end: u64) -> Vec<f64> {
    let mut walls: Vec<_> = runs.iter().map(|run| run.wall).collect();
    walls.sort_unstable();
    let mut bounds = vec![0];
    for wall in walls {
        if (wall - bounds[bounds.len() - 1].min(wall)) as f64 > end as f64 / 50.0 {
            bounds.push(wall);
        }
    }
    let number = |ns: u64| instants.partition_point(|instant| *instant <= ns).saturating_sub(1);
    let root = |from: usize, to: usize| ((instants[to] - instants[from]) as f64).cbrt();
    let mut passes = vec![0.0; instants.len()];
    for bound in bounds.windows(2) {
        let (first, last) = (number(bound[0]), number(bound[1]));
        let all: f64 = (first..last).map(|at| root(at, at + 1)).sum();
        for (at, pass) in passes.iter_mut().enumerate().take(last).skip(first) {
            *pass = root(at, at + 1) * root(first, last) / all.max(f64::MIN_POSITIVE);
        }
    }
    passes
}

/// Shortens the stretches in which no task runs, gives the rest of the story their time, and returns its length in seconds.
fn hurry(stays: &mut [f64], passes: &mut [f64], idle: impl Fn(usize) -> bool) -> f64 {
    let idle: Vec<_> = passes.iter().enumerate().map(|(at, pass)| *pass > IDLE_SECONDS && idle(at)).collect();
    let hurried = IDLE_SECONDS * idle.iter().filter(|idle| **idle).count() as f64;
    let passing: f64 = passes.iter().zip(&idle).filter(|(_, idle)| !**idle).map(|(pass, _)| pass).sum();
    let rest = stays.iter().sum::<f64>() + passing;
    let factor = if rest > 0.0 { (STORY_SECONDS - hurried) / rest } else { 1.0 };
    for (pass, idle) in passes.iter_mut().zip(idle) {
        *pass = if idle { IDLE_SECONDS } else { *pass * factor };
    }
    for stay in stays {
        *stay *= factor;
    }
    if rest > 0.0 { STORY_SECONDS } else { hurried }
}

fn scale(list: &mut [f64], wanted: f64) {
    let all: f64 = list.iter().sum();
    for one in list {
        *one *= if all > 0.0 { wanted / all } else { 0.0 };
    }
}
