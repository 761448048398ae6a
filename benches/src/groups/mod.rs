//! The groups of the comparison: each file has what its job needs on every runtime, and puts its contenders together.

/// A contender whose pass is generic over the tally: `contender!(name, kind, threads, state, |state, T| pass::<T>(state))`.
/// The pass is written once and compiled twice. A function could not take it, because no value is generic.
macro_rules! contender {
    ($name:expr, $kind:expr, $threads:expr, $state:expr, |$borrowed:pat_param, $tally:ident| $pass:expr) => {
        $crate::contender::Contender::new(
            $name,
            $kind,
            $threads,
            $state,
            move |$borrowed| {
                type $tally = $crate::tally::On;
                $pass
            },
            move |$borrowed| {
                type $tally = $crate::tally::Off;
                $pass
            },
        )
    };
}
pub(crate) use contender;

pub mod paints;
pub mod spawns;
pub mod starts;
pub mod timers;
pub mod wakes;
pub mod yields;

use crate::contender::{Contender, Kind};
use crate::job::{Job, Paints, Timers};
use crate::newcomer::Newcomer;
use crate::{peers, python};
use paintdry_core::Runtime;
use std::num::NonZero;
use std::thread;
use std::time::Duration;

/// Contenders that do the same job, and how to read their times.
#[derive(Debug)]
pub struct Group {
    /// By which it is chosen on the command line, such as `yield-100`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What one pass does and what its figures are, in sentences.
    pub what: String,
    /// What the figures are for: `a yield`, `a task`.
    pub per: &'static str,
    /// What every pass has to do.
    pub job: Job,
    /// The name of the contender that the others are divided by.
    pub floor: &'static str,
    /// Who takes part.
    pub contenders: Vec<Contender>,
    /// Ratios to show beside those to the floor and to the fastest: the first divided by the second.
    pub pairs: Vec<(String, String)>,
}

/// How large the jobs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// To be measured.
    Full,
    /// To be proved: small enough for a test.
    Test,
}

/// A group that is put together when its turn has come, so that the runtimes of one are closed before the next starts.
pub struct Planned {
    /// [`Group::id`].
    pub id: String,
    job: Job,
    build: fn(Job) -> Group,
}

impl Planned {
    /// Starts the runtimes of the group, `newcomers` among them.
    ///
    /// # Panics
    /// If the name of a newcomer is taken.
    #[must_use]
    pub fn build(&self, newcomers: &[Newcomer]) -> Group {
        let mut group = (self.build)(self.job);
        group.id.clone_from(&self.id);
        for newcomer in newcomers {
            let row = newcomer.row(self.job);
            let is_taken = group.contenders.iter().any(|other| other.name == row.name);
            assert!(!is_taken, "there is a row `{}` already; give the newcomer's `NAME` another value", row.name);
            group.contenders.push(row);
        }
        group.contenders.extend(peers::contenders(&self.job));
        group.contenders.extend(python::contenders(&self.job));
        // Every runtime that is there in both forms: what the trait costs.
        for contender in &group.contenders {
            let by_hand = format!("{} by hand", contender.name);
            if group.contenders.iter().any(|other| other.name == by_hand) {
                group.pairs.push((contender.name.clone(), by_hand));
            }
        }
        group
    }
}

impl std::fmt::Debug for Planned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Planned").field("id", &self.id).field("job", &self.job).finish_non_exhaustive()
    }
}

/// All groups, in the order in which they are run.
#[must_use]
pub fn all(size: Size) -> Vec<Planned> {
    let is_full = size == Size::Full;
    // Results of 8,000 items need 64 KiB: an allocator that maps larger pieces anew would fault pages in at each pass.
    let yields = if is_full {
        [(2, 8_000), (100, 1_000), (10_000, 100), (1_000_000, 4)]
    } else {
        [(2, 50), (100, 10), (500, 4), (1_000, 2)]
    };
    let names = [2, 100, 10_000, 1_000_000];
    let mut groups: Vec<_> = yields
        .into_iter()
        .zip(names)
        .map(|((tasks, items), name)| planned(format!("yield-{name}"), Job::Yields { tasks, items }, yields::group))
        .collect();

    let spawns = if is_full { [100, 10_000] } else { [10, 200] };
    for (tasks, name) in spawns.into_iter().zip([100, 10_000]) {
        groups.push(planned(format!("spawn-{name}"), Job::Spawns { tasks }, spawns::group));
    }

    let timers = if is_full { [(100, 20), (100_000, 100)] } else { [(10, 2), (200, 5)] };
    for ((sleepers, shortest), name) in timers.into_iter().zip([100, 100_000]) {
        let job = Job::Timers(Timers { sleepers, shortest: Duration::from_millis(shortest) });
        groups.push(planned(format!("timers-{name}"), job, timers::group));
    }

    groups.push(planned("wake", Job::Wakes { rounds: if is_full { 1_000 } else { 50 } }, wakes::group));

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let strokes = if is_full { 1_000_000 } else { 1_000 };
    let drying = Duration::from_millis(if is_full { 5 } else { 2 });
    groups.push(planned("paint", Job::Paints(Paints { canvases: 32, strokes, drying, threads }), paints::group));
    groups.push(planned("start", Job::Starts { times: if is_full { 20 } else { 2 } }, starts::group));
    groups
}

fn planned(id: impl Into<String>, job: Job, build: fn(Job) -> Group) -> Planned {
    Planned { id: id.into(), job, build }
}

/// How many threads a runtime of the course has when nobody says otherwise.
fn threads_of<R: Runtime>() -> usize {
    R::start().threads()
}

fn pair(one: impl Into<String>, other: impl Into<String>) -> (String, String) {
    (one.into(), other.into())
}

/// A row of plain threads, unless there would be too many.
fn threads_row(count: usize, row: impl FnOnce() -> Contender) -> Contender {
    match crate::floors::too_many_threads(count) {
        Some(reason) => Contender::absent("OS threads", Kind::Threads, reason),
        None => row(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_job_of_every_group_is_named_alike_in_both_sizes() {
        let ids = |size| all(size).into_iter().map(|group| group.id).collect::<Vec<_>>();
        assert_eq!(ids(Size::Full), ids(Size::Test));
    }
}
