//! The groups of the comparison: each file has what its job needs on every runtime, and puts its contenders together.

mod blocking;
mod cancels;
mod channels;
mod echo;
mod files;
pub mod group;
mod locks;
mod mpsc;
mod oneshots;
mod paints;
mod selects;
mod spawns;
mod starts;
mod timeouts;
mod timers;
mod wakes;
mod yields;
#[cfg(test)]
mod tests;

use crate::job::{Blocking, Cores, Echo, Files, Locks, Mpsc, Oneshots, Paints, Timeouts, Timers, Wakes};
use crate::newcomer::Newcomer;
#[cfg(feature = "peers")]
use crate::peers;
use crate::pin::Home;
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
    /// Whether its figures vary so much from round to round that it needs more rounds than the others.
    pub is_noisy: bool,
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
        let _home = Home::of_this_thread(); // a group may pin this thread while its runtimes start
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
        [(2, 8_000), (100, 1_000), (10_000, 20), (100_000, 5)]
    } else {
        [(2, 50), (100, 10), (500, 4), (1_000, 2)]
    };
    let mut groups = Vec::new();
    for ((tasks, items), name) in yields.into_iter().zip([2, 100, 10_000, 100_000]) {
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

    let (tasks, rounds) = if is_large { (1_000, 30) } else { (20, 5) };
    let timeouts = Timeouts { tasks, rounds, shortest: Duration::from_secs(10) };
    groups.push(planned("timeouts", move || timeouts::group(timeouts)));
    groups.push(planned("select", move || selects::group(tasks, rounds)));

    let tasks = if is_large { 10_000 } else { 100 };
    groups.push(planned("cancel", move || cancels::group(tasks)));

    let oneshots = Oneshots { pairs: if is_large { 50 } else { 5 }, round_trips: if is_large { 500 } else { 20 } };
    groups.push(planned("oneshot", move || oneshots::group(oneshots)));

    for producers in [1, 8] {
        let messages = if is_large { 100_000 } else { 400 } / producers;
        let mpsc = Mpsc { producers, messages: messages as u64, capacity: 64 };
        groups.push(planned(format!("mpsc-{producers}"), move || mpsc::group(mpsc)));
    }

    let locks = Locks { tasks: if is_large { 16 } else { 5 }, locks: if is_large { 1_000 } else { 20 } };
    groups.push(planned("mutex", move || locks::group(locks)));

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let strokes = if is_large { 1_000_000 } else { 1_000 };
    let drying = Duration::from_millis(if is_large { 5 } else { 2 });
    let paints = Paints { canvases: 32, strokes, drying, threads };
    groups.push(planned("paint", move || paints::group(paints)));

    let starts = if is_large { 20 } else { 2 };
    groups.push(planned("start", move || starts::group(starts)));

    let calls = if is_large { [(2_000, 1), (5_000, 100)] } else { [(20, 1), (250, 100)] };
    for (calls, at_once) in calls {
        let job = Blocking { calls, at_once };
        groups.push(planned(format!("blocking-{at_once}"), move || blocking::group(job)));
    }

    let reads = if is_large { 100 } else { 5 };
    groups.push(planned("files", move || files::group(Files { tasks: 8, reads })));

    let (connections, messages, round_trips) = if is_large { (50, 400, 1_000) } else { (4, 10, 20) };
    for (id, connections, messages) in [("echo-1", 1, round_trips), ("echo-50", connections, messages)] {
        let echo = Echo { connections, messages, interval: None };
        groups.push(planned(id, move || echo::group(echo)));
    }
    // 20,000 messages a second: some tenth of what the floor can do.
    let messages = if is_large { 80 } else { 10 };
    let echo = Echo { connections, messages, interval: Some(Duration::from_micros(50)) };
    groups.push(planned("echo-paced", move || echo::group(echo)));

    // The last: the threads of a process that start here stay pinned.
    let round_trips = if is_large { 1_000 } else { 50 };
    for (cores, name) in [(Cores::Same, "same"), (Cores::Others, "other")] {
        let wakes = Wakes { round_trips, cores };
        groups.push(planned(format!("wake-{name}-core"), move || wakes::group(wakes)));
    }
    groups
}

fn planned(id: impl Into<String>, build: impl Fn() -> Group + 'static) -> Planned {
    let id = id.into();
    // The system places a server's threads and the client's anew in each round.
    Planned { is_noisy: id.starts_with("echo"), id, build: Box::new(build) }
}
