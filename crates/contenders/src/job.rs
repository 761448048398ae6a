//! The jobs: the work of one pass, and the counts that prove it.

use crate::work::{Work, checksum};
use std::hint::black_box;
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
    /// One task and one plain OS thread pass a ball to and fro, `round_trips` times. See `kits/wakes.rs`.
    Wakes {
        /// How often the task is woken by the thread.
        round_trips: u64,
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
}

/// The sleepers of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timers {
    /// How many.
    pub sleepers: usize,
    /// The shortest sleep; the longest is twice as long.
    pub shortest: Duration,
}

impl Timers {
    /// How long sleeper `n` sleeps. The times are spread evenly, and out of order as in a program.
    pub fn duration(&self, n: usize) -> Duration {
        let sleepers = u32::try_from(self.sleepers).unwrap_or(u32::MAX).max(1);
        let place = u32::try_from(n as u64 * 7_919 % u64::from(sleepers)).unwrap_or(0);
        self.shortest + self.shortest * place / sleepers
    }

    /// The longest sleep: what a pass would take if nothing cost anything.
    pub fn ideal(&self) -> Duration {
        (0..self.sleepers).map(|n| self.duration(n)).max().unwrap_or_default()
    }
}

/// The canvases of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paints {
    /// How many.
    pub canvases: usize,
    /// How many strokes each takes.
    pub strokes: u64,
    /// How long each dries; its painter sleeps for so long, once.
    pub drying: Duration,
    /// The most threads that run painters. A runtime that can set the number has a row for each of
    /// [`thread_counts`](Self::thread_counts).
    pub threads: usize,
}

impl Paints {
    /// One thread, two, four and so on, and the most.
    pub fn thread_counts(&self) -> Vec<usize> {
        let mut counts: Vec<_> =
            std::iter::successors(Some(1), |n| Some(2 * n)).take_while(|n| *n < self.threads).collect();
        counts.push(self.threads.max(1));
        counts
    }
}

/// Canvases that have been painted already: a task for each sleeps once, until it is dry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dries {
    /// How many.
    pub tasks: usize,
    /// How long each dries.
    pub drying: Duration,
}

/// The function that is mapped. `black_box` hides the item, so that the optimiser cannot finish a whole task at once.
#[inline]
pub fn double(item: u64) -> u64 {
    black_box(item) * 2
}

impl Job {
    /// What a pass must have done.
    pub fn demands(&self) -> Work {
        match *self {
            // Every task has the same results, so the checksum is that of one task's, for each task.
            Self::Yields { tasks, items } => {
                let own = checksum((0..items).map(double));
                let results = checksum((0..tasks).map(|_| own));
                Work { results, yields: tasks as u64 * items, spawns: tasks as u64, ..Work::default() }
            }
            Self::Spawns { tasks } => {
                let results = checksum((0..tasks as u64).map(double));
                Work { results, spawns: tasks as u64, ..Work::default() }
            }
            Self::Timers(Timers { sleepers, .. }) => {
                let results = checksum(0..sleepers as u64);
                Work { results, spawns: sleepers as u64, sleeps: sleepers as u64, ..Work::default() }
            }
            Self::Wakes { round_trips } => {
                Work { results: round_trips, spawns: 1, wakes: round_trips, ..Work::default() }
            }
            Self::Paints(Paints { canvases, .. }) => {
                // Each canvas was looked at twice: when it was painted, and when it was dry.
                let results = checksum((0..canvases).map(|_| 2));
                Work { results, spawns: canvases as u64, sleeps: canvases as u64, ..Work::default() }
            }
            Self::Starts { times } => {
                Work { results: checksum((0..times).map(double)), spawns: times, ..Work::default() }
            }
            Self::Dries(Dries { tasks, .. }) => {
                let tasks = tasks as u64; // the results are that so many ended
                Work { results: tasks, spawns: tasks, sleeps: tasks, ..Work::default() }
            }
        }
    }

    /// By how many operations the time of a pass is divided: yields, tasks, round trips.
    pub fn operations(&self) -> u64 {
        match *self {
            Self::Yields { tasks, items } => tasks as u64 * items,
            Self::Spawns { tasks } => tasks as u64,
            Self::Wakes { round_trips } => round_trips,
            Self::Starts { times } => times,
            Self::Timers(_) | Self::Paints(_) | Self::Dries(_) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thread_counts_double_up_to_the_most() {
        let counts = |threads| {
            Paints { canvases: 1, strokes: 1, drying: Duration::ZERO, threads }.thread_counts() //
        };
        assert_eq!([counts(1), counts(2), counts(6)], [vec![1], vec![1, 2], vec![1, 2, 4, 6]]);
    }

    #[test]
    fn sleeps_are_spread_evenly_between_the_shortest_and_its_double() {
        let shortest = Duration::from_millis(20);
        let timers = Timers { sleepers: 100, shortest };
        let mut durations: Vec<_> = (0..100).map(|n| timers.duration(n)).collect();
        assert!(!durations.is_sorted());
        assert_eq!(durations.iter().max(), Some(&timers.ideal()));
        durations.sort_unstable();
        durations.dedup();
        assert_eq!((durations.len(), durations[0]), (100, shortest));
        assert!(timers.ideal() < 2 * shortest);
    }
}
