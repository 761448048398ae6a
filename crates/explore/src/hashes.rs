//! A task's past as a number. These numbers show that two states are equal although different orders led to them.
//!
//! A task's number changes with each of its turns, when it is woken, and when it touches something shared: then it
//! mixes in the number of the task that wrote to that last. So the number covers all that can have influenced the task, and
//! the numbers of all tasks together cover the state. If they are equal in two runs, every task has run equally often
//! and has read what the same turns had written, and all writes to one object came in the same order. The time, and which tasks
//! have ended, follow from that. Two orders that differ only in the turns of tasks that do not affect each other give
//! the same numbers.
//!
//! A task's number also changes when another task uses an object that may hold a waker of it, because the loop does not see
//! every wake. This tells apart some states that are equal, and never takes two states for one.
//!
//! The numbers have 64 bits. Among a million states, two different ones count as equal in one of 37 million explorations.

use crate::names::TaskId;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

/// Mixes two numbers into one that depends on every bit of both: the end of splitmix64.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a ^ b.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(32);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What happened. It is mixed in, so that a read is not a write.
const TURN: u64 = 1;
const MADE: u64 = 2;
const WOKEN: u64 = 3;
const READ: u64 = 4;
const WRITTEN: u64 = 5;
const STARTED: u64 = 6;
const RETURNED: u64 = 7;
const BRANCH: u64 = 8;

/// An object that tasks share.
#[derive(Debug, Default)]
pub(crate) struct Object {
    /// The number of the task that wrote to it last, at that time.
    written: AtomicU64,
    /// The tasks that used it, if it can hold their wakers. Any later use of it may call one.
    waiters: Mutex<HashSet<TaskId>>,
}

/// The numbers of all tasks of one run.
#[derive(Debug, Default)]
pub(crate) struct Hashes {
    tasks: HashMap<TaskId, u64>,
    /// The sum over all tasks, kept up to date, because with many tasks adding them up would take longer than a turn.
    sum: u64,
    /// The objects that the program knows by name.
    named: HashMap<String, Arc<Object>>,
    /// The time. It follows from a loop's turns, except where a loop inside a task has its own.
    clock: Arc<Object>,
}

impl Hashes {
    fn of(&mut self, task: TaskId) -> u64 {
        match self.tasks.get(&task) {
            Some(hash) => *hash,
            None => self.set(task, mix(u64::from(task.number), MADE)),
        }
    }

    fn set(&mut self, task: TaskId, hash: u64) -> u64 {
        let before = self.tasks.insert(task, hash).map_or(0, |before| mix(before, 0));
        self.sum = self.sum.wrapping_sub(before).wrapping_add(mix(hash, 0));
        hash
    }

    fn add(&mut self, task: TaskId, what: u64) {
        let hash = self.of(task);
        self.set(task, mix(hash, what));
    }

    /// A task, or the program outside all loops, starts a loop with this main task, and waits until it has ended.
    pub(crate) fn started(&mut self, main: TaskId, by: TaskId) {
        let hash = self.of(by);
        self.add(by, STARTED);
        self.set(main, mix(hash, STARTED));
    }

    /// That loop has ended, and the task or program that started it knows what the main task has seen.
    pub(crate) fn returned(&mut self, main: TaskId, to: TaskId) {
        let hash = self.of(main);
        self.add(to, mix(RETURNED, hash));
    }

    /// A task begins its turn.
    pub(crate) fn turn(&mut self, task: TaskId) {
        self.add(task, TURN);
    }

    /// In its turn, a task has taken a branch that was chosen.
    pub(crate) fn took_branch(&mut self, task: TaskId, chosen: u32) {
        self.add(task, mix(BRANCH, chosen.into()));
    }

    /// A task has made others in its turn.
    pub(crate) fn made(&mut self, by: TaskId, made: Range<u32>) {
        let parent = self.of(by);
        for (nth, number) in (0_u64..).zip(made) {
            self.set(TaskId { number, ..by }, mix(mix(parent, MADE), nth));
        }
    }

    /// In its turn, a task has woken another one.
    pub(crate) fn woken(&mut self, task: TaskId, by: TaskId) {
        let by = self.of(by);
        self.add(task, mix(WOKEN, by));
    }

    /// A task has read something shared.
    pub(crate) fn read(&mut self, task: TaskId, object: &Object) {
        self.add(task, mix(READ, object.written.load(Relaxed)));
    }

    /// A task has written to it, or has done both.
    pub(crate) fn written(&mut self, task: TaskId, object: &Object) {
        self.add(task, mix(WRITTEN, object.written.load(Relaxed)));
        object.written.store(self.of(task), Relaxed);
    }

    /// A task has used an object that can hold wakers. It may have called those of all tasks that used the object before.
    ///
    /// The loop sees a wake only if the task waits. A task that is ready can see it all the same: a `FuturesUnordered`
    /// in it keeps the order of its wakes. So each use counts as a wake of those tasks.
    pub(crate) fn used(&mut self, task: TaskId, object: &Object) {
        self.written(task, object);
        let mut waiters = object.waiters.lock().unwrap_or_else(PoisonError::into_inner);
        for waiter in waiters.iter().copied().filter(|waiter| *waiter != task) {
            self.woken(waiter, task);
        }
        waiters.insert(task);
    }

    /// A task has used the object with this name.
    pub(crate) fn used_by_name(&mut self, task: TaskId, name: &str) {
        let object = match self.named.get(name) {
            Some(object) => Arc::clone(object),
            None => Arc::clone(self.named.entry(name.to_owned()).or_default()),
        };
        self.used(task, &object);
    }

    /// A task has asked for the time.
    pub(crate) fn clock_read(&mut self, task: TaskId) {
        self.read(task, &Arc::clone(&self.clock));
    }

    /// Time has advanced in a loop that a task has started.
    pub(crate) fn clock_written(&mut self, task: TaskId) {
        self.written(task, &Arc::clone(&self.clock));
    }

    /// A task has let time pass, where the explorer does not see which tasks ask for the time: any may.
    pub(crate) fn worked(&mut self, by: TaskId) {
        for task in self.tasks.keys().copied().filter(|task| *task != by).collect::<Vec<_>>() {
            self.woken(task, by);
        }
    }

    /// The number of the state: a sum, because the order in which tasks were made does not matter.
    pub(crate) fn state(&self) -> u64 {
        self.sum
    }
}
