//! What a task has seen, as a number: by these numbers two states that came about by different orders are known to be alike.
//!
//! A task's number changes with each of its turns, when it is woken, and when it touches something that is shared: then it
//! takes in the number of whoever wrote to that last. So it stands for all that can have had an influence on the task, and
//! the numbers of all tasks together for the state: in two runs in which they are equal, every task has had as many turns,
//! has read what the same turns had written, and all writes to one thing came in the same order. What time it is and who has
//! ended follows from that. Two orders that differ only in the turns of tasks that have nothing to do with each other give
//! the same numbers.
//!
//! The numbers have 64 bits. Among a million states two different ones are taken for alike once in 37 million explorations.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Mixes two numbers to one that depends on every bit of both: the end of splitmix64.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a ^ b.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(32);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What has happened; mixed in, so that a read is no write.
const TURN: u64 = 1;
const MADE: u64 = 2;
const WOKEN: u64 = 3;
const READ: u64 = 4;
const WRITTEN: u64 = 5;

/// Something that tasks share.
#[derive(Debug, Default)]
pub(crate) struct Object {
    /// The number of the task that wrote to it last, when it did.
    written: AtomicU64,
}

/// The numbers of the tasks of one run.
#[derive(Debug, Default)]
pub(crate) struct Hashes {
    /// By the number of the task.
    tasks: HashMap<u32, u64>,
    /// What the program knows by a name.
    named: HashMap<String, Arc<Object>>,
}

impl Hashes {
    fn of(&mut self, task: u32) -> &mut u64 {
        self.tasks.entry(task).or_insert(mix(u64::from(task), MADE))
    }

    fn add(&mut self, task: u32, what: u64) {
        let hash = self.of(task);
        *hash = mix(*hash, what);
    }

    /// A task begins its turn.
    pub(crate) fn turn(&mut self, task: u32) {
        self.add(task, TURN);
    }

    /// A task has made others in its turn.
    pub(crate) fn made(&mut self, by: u32, made: Range<u32>) {
        let parent = *self.of(by);
        for (nth, task) in (0_u64..).zip(made) {
            self.tasks.insert(task, mix(mix(parent, MADE), nth));
        }
    }

    /// A task that waited has been woken by another one in its turn.
    pub(crate) fn woken(&mut self, task: u32, by: u32) {
        let by = *self.of(by);
        self.add(task, mix(WOKEN, by));
    }

    /// A task has read from something that is shared.
    pub(crate) fn read(&mut self, task: u32, object: &Object) {
        self.add(task, mix(READ, object.written.load(Relaxed)));
    }

    /// A task has written to it, or has done what is both.
    pub(crate) fn written(&mut self, task: u32, object: &Object) {
        self.add(task, mix(WRITTEN, object.written.load(Relaxed)));
        object.written.store(*self.of(task), Relaxed);
    }

    /// A task has done something with what has this name.
    pub(crate) fn written_by_name(&mut self, task: u32, name: &str) {
        let object = match self.named.get(name) {
            Some(object) => Arc::clone(object),
            None => Arc::clone(self.named.entry(name.to_owned()).or_default()),
        };
        self.written(task, &object);
    }

    /// The number of the state: a sum, because the order in which tasks were made changes nothing.
    pub(crate) fn state(&self) -> u64 {
        self.tasks.values().fold(0, |sum, hash| sum.wrapping_add(mix(*hash, 0)))
    }
}
