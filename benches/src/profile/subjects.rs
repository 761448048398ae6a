//! Who is profiled: the loop and its floors, in passes that can be made longer.

use crate::by_hand::generator;
use crate::contender::{Fault, Pass};
use crate::floors;
use crate::job::Timers;
use crate::tally::Off;
use paintdry_generator::EventLoop;
use std::fmt;
use std::time::Duration;

/// One that is profiled.
pub struct Subject {
    /// The job, as the groups of the comparison are called.
    pub job: &'static str,
    /// The name, as the contenders are called.
    pub name: &'static str,
    /// What an operation is.
    pub per: &'static str,
    /// A short length and a long one.
    pub lengths: [u64; 2],
    /// How many operations the long one has more.
    pub operations: u64,
    run: Box<dyn Fn(u64) -> Result<(), Fault>>,
}

impl Subject {
    /// Runs it at that length.
    ///
    /// # Errors
    /// If it failed.
    pub fn run(&self, length: u64) -> Result<(), Fault> {
        (self.run)(length)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("job", &self.job).field("name", &self.name).finish_non_exhaustive()
    }
}

/// All of them: for each job the loop's two forms, each followed by its floor.
#[must_use]
pub fn all() -> Vec<Subject> {
    let mut all = yields("yield-2", 2, [10_240, 51_200]);
    all.extend(yields("yield-100", 100, [1_024, 3_072]));
    all.extend(spawns());
    all.extend(timers());
    all
}

const HAND: &str = "generators by hand";
const ASYNC: &str = "generator by hand";

/// One that yields.
#[derive(Debug, Clone, Copy)]
pub struct Yields {
    /// As the contenders are called.
    pub name: &'static str,
    /// One pass, of so many tasks with so many items each.
    pub run: fn(usize, u64) -> Result<Pass, Fault>,
}

/// The loop's two forms, each followed by its floor.
pub const YIELDS: [Yields; 4] = [
    Yields { name: HAND, run: |tasks, items| generator::yields_of_generators::<Off>(&EventLoop::new(), tasks, items) },
    Yields { name: "boxed state machines in a VecDeque", run: floors::yields::boxed_machines::<Off> },
    Yields { name: ASYNC, run: |tasks, items| generator::yields::<Off>(&EventLoop::new(), tasks, items) },
    Yields { name: "boxed futures in a VecDeque", run: floors::yields::boxed_futures::<Off> },
];

/// The length is how many items each task has.
fn yields(job: &'static str, tasks: usize, lengths: [u64; 2]) -> Vec<Subject> {
    let subject = |Yields { name, run }| Subject {
        job,
        name,
        per: "a yield",
        lengths,
        operations: (lengths[1] - lengths[0]) * tasks as u64,
        run: Box::new(move |items| run(tasks, items).map(drop)),
    };
    YIELDS.map(subject).into()
}

/// The length is how often a thousand tasks are spawned and joined.
fn spawns() -> Vec<Subject> {
    type Run = fn(&EventLoop, usize) -> Result<Pass, Fault>;
    const TASKS: usize = 1_000;
    let runs: [(&str, Run); 4] = [
        (HAND, generator::spawns_of_generators::<Off>),
        ("boxed closures in a VecDeque", |_, tasks| Ok(floors::spawns::boxed_closures::<Off>(tasks))),
        (ASYNC, generator::spawns::<Off>),
        ("boxed futures in a VecDeque", |_, tasks| Ok(floors::spawns::boxed_futures::<Off>(tasks))),
    ];
    let subject = |(name, run): (_, Run)| Subject {
        job: "spawn-1000",
        name,
        per: "a task",
        lengths: [10, 40],
        operations: 30 * TASKS as u64,
        run: repeated(move |event_loop| run(event_loop, TASKS)),
    };
    runs.map(subject).into()
}

/// The length is how often two thousand sleepers sleep. They sleep for so long that all sleep at the same time, also at the
/// pace of valgrind, and wake faster than they can be resumed, so that the loop does not park for each.
fn timers() -> Vec<Subject> {
    type Run = fn(&EventLoop, Timers) -> Result<Pass, Fault>;
    const TIMERS: Timers = Timers { sleepers: 2_000, shortest: Duration::from_millis(100) };
    let runs: [(&str, Run); 4] = [
        (HAND, generator::timers_of_generators::<Off>),
        ("boxed closures in a BinaryHeap", |_, timers| floors::timers::boxed_closures::<Off>(timers)),
        (ASYNC, generator::timers::<Off>),
        ("boxed futures in a BinaryHeap", |_, timers| floors::timers::boxed_futures::<Off>(timers)),
    ];
    let subject = |(name, run): (_, Run)| Subject {
        job: "timers-2000",
        name,
        per: "a sleeper",
        lengths: [1, 5],
        operations: 4 * TIMERS.sleepers as u64,
        run: repeated(move |event_loop| run(event_loop, TIMERS)),
    };
    runs.map(subject).into()
}

fn repeated(run: impl Fn(&EventLoop) -> Result<Pass, Fault> + 'static) -> Box<dyn Fn(u64) -> Result<(), Fault>> {
    Box::new(move |times| {
        let event_loop = EventLoop::new();
        (0..times).try_for_each(|_| run(&event_loop).map(drop))
    })
}

const HEADINGS: [(&str, &str); 4] = [
    ("yield-2", "A yield, 2 tasks"),
    ("yield-100", "A yield, 100 tasks"),
    ("spawn-1000", "Spawn and join, 1,000 tasks"),
    ("timers-2000", "Timers, 2,000 sleepers"),
];

/// What a job is called above its table.
#[must_use]
pub fn heading(job: &str) -> &str {
    HEADINGS.iter().find(|(known, _)| *known == job).map_or(job, |(_, heading)| heading)
}

/// The job that is called so.
#[must_use]
pub fn job(heading: &str) -> &str {
    HEADINGS.iter().find(|(_, known)| *known == heading).map_or(heading, |(job, _)| job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_does_its_work_and_its_job_has_a_heading() {
        for subject in all() {
            assert_eq!(subject.run(2), Ok(()), "{subject:?}");
            assert_eq!(job(heading(subject.job)), subject.job);
            assert_ne!(heading(subject.job), subject.job);
        }
    }
}
