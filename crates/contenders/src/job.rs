//! The jobs: the work of one pass, and the counts that prove it.

mod echo;
mod paints;
mod sync;
mod timeouts;
mod timers;
mod wakes;

pub use echo::Echo;
pub use paints::Paints;
pub use sync::{Locks, Mpsc, Oneshots};
pub use timeouts::Timeouts;
pub use timers::Timers;
pub use wakes::{Cores, Wakes};

use crate::work::{Work, checksum};
use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

/// What one pass of a group does. Each contender of the group does exactly this.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Job {
    /// `tasks` tasks are spawned and joined. Each maps [`double`] over `0..items`, gives up its turn after each item,
    /// and puts the results on a promise that it was handed. The clock runs from before the first spawn to after the
    /// last join; the promises are made before and read after.
    Yields {
        /// How many tasks run side by side.
        tasks: usize,
        /// How many items each has.
        items: u64,
    },
    /// `tasks` tasks are spawned, all before the first is joined; task `n` gives [`double`] of `n` and never waits. The
    /// clock runs from before the first spawn to after the last join.
    Spawns {
        /// How many.
        tasks: usize,
    },
    /// Sleepers are spawned, all before the first is joined; each sleeps once. See [`Timers`].
    Timers(Timers),
    /// One task and one plain OS thread pass a ball to and fro. See [`Wakes`] and `kits/wakes.rs`.
    Wakes(Wakes),
    /// Tasks are spawned and joined. Each puts a time limit around one yield, again and again. See [`Timeouts`].
    Timeouts(Timeouts),
    /// `tasks` tasks are spawned and joined. Each chooses `rounds` times between a yield and a message from a channel that
    /// stays empty, until the first of them is ready, and drops the other. See `kits/selects.rs`.
    Selects {
        /// How many tasks run side by side.
        tasks: usize,
        /// How often each chooses.
        rounds: u64,
    },
    /// `tasks` tasks are spawned that wait for ever. When all wait, each is cancelled. The clock runs from before the first
    /// cancel until each task is joined and its destructor has run. See `kits/cancels.rs`.
    Cancels {
        /// How many.
        tasks: usize,
    },
    /// Canvases are painted, which is work for the processor, and dry, which is waiting. Each task gives how often
    /// its painter looked.
    Paints(Paints),
    /// `times` times, a runtime is started, spawns one task, joins it, and is closed with its threads, if it has any.
    /// The task of time `n` gives [`double`] of `n`.
    Starts {
        /// How often.
        times: u64,
    },
    /// Tasks are spawned, all before the first is joined; each sleeps once and gives nothing. See [`Dries`].
    Dries(Dries),
    /// Closures are handed to threads that may block, and joined. See [`Blocking`].
    Blocking(Blocking),
    /// Tasks are spawned, all before the first is joined; each reads a file of its own again and again. See [`Files`].
    Files(Files),
    /// Pairs of tasks call each other through oneshot channels. See [`Oneshots`].
    Oneshots(Oneshots),
    /// Producers send to one consumer through a bounded channel. See [`Mpsc`].
    Mpsc(Mpsc),
    /// Tasks lock one mutex in turn. See [`Locks`].
    Locks(Locks),
    /// A server echoes the messages of a client, over TCP. See [`Echo`].
    Echo(Echo),
}

/// Canvases that have been painted already: a task for each sleeps once, until it is dry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dries {
    /// How many.
    pub tasks: usize,
    /// How long each dries.
    pub drying: Duration,
}

/// Closures for threads that may block. One task hands them out; closure `n` gives [`double`] of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocking {
    /// How many.
    pub calls: usize,
    /// How many are handed out before the first of them is joined. All are joined before the next is handed out.
    pub at_once: usize,
}

impl Blocking {
    /// The numbers of the closures that are handed out together.
    pub fn batches(&self) -> impl Iterator<Item = Range<usize>> {
        let Self { calls, at_once } = *self;
        (0..calls).step_by(at_once).map(move |first| first..calls.min(first + at_once))
    }
}

/// Files that are read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files {
    /// How many tasks read side by side, each its own file.
    pub tasks: usize,
    /// How often each reads it.
    pub reads: usize,
}

impl Files {
    /// What is in the file of a task.
    pub fn content(task: usize) -> Vec<u8> {
        (0..512_u64).flat_map(|word| (word * word + task as u64).to_le_bytes()).collect()
    }

    /// One number for what was read. It is much quicker than the read.
    pub fn sum(content: &[u8]) -> u64 {
        let words = content.chunks(8).map(|bytes| bytes.try_into().map_or(1, u64::from_le_bytes));
        words.fold(0, u64::wrapping_add)
    }
}

/// The function that is mapped. `black_box` hides the item, so that the optimiser cannot finish a whole task at once.
#[inline]
pub fn double(item: u64) -> u64 {
    black_box(item) * 2
}

/// The checksum of the results of tasks that all give `result`.
fn of_each(tasks: usize, result: u64) -> u64 {
    checksum((0..tasks).map(|_| result))
}

impl Job {
    /// What a pass must have done.
    pub fn demands(&self) -> Work {
        match *self {
            // Every task has the same results, so the checksum is that of one task's, for each task.
            Self::Yields { tasks, items } => {
                let own = checksum((0..items).map(double));
                Work {
                    results: of_each(tasks, own),
                    yields: tasks as u64 * items,
                    spawns: tasks as u64,
                    ..Work::default()
                }
            }
            Self::Spawns { tasks } => {
                let results = checksum((0..tasks as u64).map(double));
                Work { results, spawns: tasks as u64, ..Work::default() }
            }
            Self::Timers(Timers { sleepers, .. }) => {
                let results = checksum(0..sleepers as u64);
                Work { results, spawns: sleepers as u64, sleeps: sleepers as u64, ..Work::default() }
            }
            Self::Wakes(Wakes { round_trips, .. }) => {
                Work { results: round_trips, spawns: 1, wakes: round_trips, ..Work::default() }
            }
            Self::Timeouts(Timeouts { tasks, rounds, .. }) => {
                // Each yield gave up its turn, so the task waited under its limit: the timer was set.
                let yields = tasks as u64 * rounds;
                Work { results: of_each(tasks, rounds), yields, spawns: tasks as u64, ..Work::default() }
            }
            Self::Selects { tasks, rounds } => {
                let (spawns, each) = (tasks as u64, tasks as u64 * rounds);
                Work { results: of_each(tasks, rounds), yields: each, spawns, cancels: each, ..Work::default() }
            }
            Self::Cancels { tasks } => {
                let tasks = tasks as u64; // the results are that so many were dropped
                Work { results: tasks, spawns: tasks, cancels: tasks, ..Work::default() }
            }
            Self::Paints(Paints { canvases, .. }) => {
                // Each canvas was looked at twice: when it was painted, and when it was dry.
                Work {
                    results: of_each(canvases, 2),
                    spawns: canvases as u64,
                    sleeps: canvases as u64,
                    ..Work::default()
                }
            }
            Self::Starts { times } => {
                Work { results: checksum((0..times).map(double)), spawns: times, ..Work::default() }
            }
            Self::Dries(Dries { tasks, .. }) => {
                let tasks = tasks as u64; // the results are that so many ended
                Work { results: tasks, spawns: tasks, sleeps: tasks, ..Work::default() }
            }
            Self::Blocking(Blocking { calls, .. }) => {
                let results = checksum((0..calls as u64).map(double));
                Work { results, spawns: calls as u64, ..Work::default() }
            }
            Self::Files(Files { tasks, reads }) => {
                let sums = |task| vec![Files::sum(&Files::content(task)); reads];
                let results = checksum((0..tasks).map(|task| checksum(sums(task))));
                Work { results, spawns: tasks as u64, ..Work::default() }
            }
            Self::Oneshots(job) => job.demands(),
            Self::Mpsc(job) => job.demands(),
            Self::Locks(job) => job.demands(),
            Self::Echo(job) => job.demands(),
        }
    }

    /// By how many operations the time of a pass is divided: yields, tasks, round trips, calls, reads, messages, locks.
    pub fn operations(&self) -> u64 {
        match *self {
            Self::Yields { tasks, items } => tasks as u64 * items,
            Self::Spawns { tasks } | Self::Cancels { tasks } => tasks as u64,
            Self::Wakes(Wakes { round_trips, .. }) => round_trips,
            Self::Starts { times } => times,
            Self::Blocking(Blocking { calls, .. }) => calls as u64,
            Self::Files(Files { tasks, reads }) => (tasks * reads) as u64,
            Self::Oneshots(job) => job.operations(),
            Self::Mpsc(job) => job.operations(),
            Self::Locks(job) => job.operations(),
            Self::Timeouts(Timeouts { tasks, rounds, .. }) | Self::Selects { tasks, rounds } => tasks as u64 * rounds,
            Self::Echo(job) => job.operations(),
            Self::Timers(_) | Self::Paints(_) | Self::Dries(_) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_are_handed_out_in_batches_and_the_last_batch_may_be_short() {
        let batches = |calls, at_once| Blocking { calls, at_once }.batches().collect::<Vec<_>>();
        assert_eq!(batches(5, 2), [0..2, 2..4, 4..5]);
        assert_eq!(batches(2, 1), [0..1, 1..2]);
    }

    #[test]
    fn every_task_reads_another_file_of_four_kibibytes() {
        let [one, other] = [0, 1].map(Files::content);
        assert_eq!([one.len(), other.len()], [4_096; 2]);
        assert_ne!(Files::sum(&one), Files::sum(&other));
        assert_ne!(Files::sum(&one), Files::sum(&one[1..]));
    }
}
