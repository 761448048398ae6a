//! The groups of the comparison: each file has what its job needs on every runtime, and puts its contenders together.

pub mod group;
mod paints;
mod spawns;
mod starts;
mod timers;
mod wakes;
mod yields;

use crate::job::{Paints, Timers};
use crate::newcomer::Newcomer;
#[cfg(feature = "peers")]
use crate::peers;
use crate::python;
use group::Group;
use std::fmt;
use std::num::NonZero;
use std::thread;
use std::time::Duration;

/// How large the jobs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Large enough to be measured.
    Large,
    /// Small enough to be proved in a test.
    Small,
}

/// A group that is built when it is run, so that the runtimes of one group are closed before those of the next start.
pub struct Planned {
    /// The name with which a user chooses the group, such as `yield-100`.
    pub id: String,
    build: Box<dyn Fn() -> Group>,
}

impl fmt::Debug for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planned").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Planned {
    /// Starts the runtimes of the group, `newcomers` among them.
    ///
    /// # Panics
    /// If the name of a newcomer is taken.
    pub fn build(&self, newcomers: &[Newcomer]) -> Group {
        let mut group = (self.build)();
        for newcomer in newcomers {
            let contender = newcomer.contender(group.job);
            let name = &contender.name;
            let is_taken = group.contenders.iter().any(|other| other.name == *name);
            assert!(!is_taken, "there is a contender `{name}` already; give the newcomer's `NAME` another value");
            group.contenders.push(contender);
        }
        #[cfg(feature = "peers")]
        group.contenders.extend(peers::contenders(&group.job));
        group.contenders.extend(python::contenders(&group.job));
        // Every runtime that takes part in both forms: what the trait costs.
        for contender in &group.contenders {
            let by_hand = format!("{} by hand", contender.name);
            if group.contenders.iter().any(|other| other.name == by_hand) {
                group.pairs.push((contender.name.clone(), by_hand));
            }
        }
        group
    }
}

/// All groups, in the order in which they are run.
pub fn all(size: Size) -> Vec<Planned> {
    let is_large = size == Size::Large;
    // Results of 8,000 items need 64 KiB: an allocator that maps larger pieces again would fault pages in at each pass.
    let yields = if is_large {
        [(2, 8_000), (100, 1_000), (10_000, 100), (1_000_000, 4)]
    } else {
        [(2, 50), (100, 10), (500, 4), (1_000, 2)]
    };
    let mut groups = Vec::new();
    for ((tasks, items), name) in yields.into_iter().zip([2, 100, 10_000, 1_000_000]) {
        groups.push(planned(format!("yield-{name}"), move || yields::group(tasks, items)));
    }

    let spawns = if is_large { [100, 10_000] } else { [10, 200] };
    for (tasks, name) in spawns.into_iter().zip([100, 10_000]) {
        groups.push(planned(format!("spawn-{name}"), move || spawns::group(tasks)));
    }

    let timers = if is_large { [(100, 20), (100_000, 100)] } else { [(10, 2), (200, 5)] };
    for ((sleepers, shortest), name) in timers.into_iter().zip([100, 100_000]) {
        let timers = Timers { sleepers, shortest: Duration::from_millis(shortest) };
        groups.push(planned(format!("timers-{name}"), move || timers::group(timers)));
    }

    let round_trips = if is_large { 1_000 } else { 50 };
    groups.push(planned("wake", move || wakes::group(round_trips)));

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let strokes = if is_large { 1_000_000 } else { 1_000 };
    let drying = Duration::from_millis(if is_large { 5 } else { 2 });
    let paints = Paints { canvases: 32, strokes, drying, threads };
    groups.push(planned("paint", move || paints::group(paints)));

    let starts = if is_large { 20 } else { 2 };
    groups.push(planned("start", move || starts::group(starts)));
    groups
}

fn planned(id: impl Into<String>, build: impl Fn() -> Group + 'static) -> Planned {
    Planned { id: id.into(), build: Box::new(build) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_the_same_name_in_both_sizes() {
        let ids = |size| all(size).into_iter().map(|group| group.id).collect::<Vec<_>>();
        assert_eq!(ids(Size::Large), ids(Size::Small));
    }
}
