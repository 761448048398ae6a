//! The jobs whose tasks wait for each other: oneshot channels, a bounded channel, a mutex.

use crate::job::double;
use crate::work::{EMPTY, Work, checksum, extended};
use std::ops::Range;

/// Pairs of tasks that call each other through oneshot channels: a caller sends each number with a channel for the
/// answer, and the answer brings a channel for the next call. So the tasks live long, and a pass is almost all channels
/// and few spawns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oneshots {
    /// How many pairs of tasks.
    pub pairs: usize,
    /// How many calls each pair makes. A call and its answer are a channel each.
    pub round_trips: u64,
}

impl Oneshots {
    pub(super) fn demands(self) -> Work {
        let tasks = 2 * self.pairs as u64;
        let caller = (0..self.round_trips).map(double).fold(EMPTY, extended);
        let answerer = (0..self.round_trips).fold(EMPTY, extended);
        let results = checksum((0..self.pairs).flat_map(|_| [caller, answerer]));
        Work { results, spawns: tasks, ..Work::default() }
    }

    pub(super) fn operations(self) -> u64 {
        2 * self.round_trips * self.pairs as u64
    }
}

/// One bounded channel: producers send numbers, and one consumer receives them until all producers have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mpsc {
    /// How many tasks send.
    pub producers: usize,
    /// How many messages each sends.
    pub messages: u64,
    /// How many messages fit into the channel.
    pub capacity: usize,
}

impl Mpsc {
    /// The numbers that producer `n` doubles and sends. Each number is sent by one producer, once.
    pub(crate) fn numbers(self, n: usize) -> Range<u64> {
        let first = n as u64 * self.messages;
        first..first + self.messages
    }

    /// What a consumer gives that received these messages. It depends on each message and on their number, and not on
    /// their order, because producers race.
    pub(crate) fn received(sum: u64, count: u64) -> u64 {
        checksum([sum, count])
    }

    pub(super) fn demands(self) -> Work {
        let sent = (0..self.producers).flat_map(|n| self.numbers(n));
        let sum = sent.map(|number| checksum([double(number)])).fold(0, u64::wrapping_add);
        let producers = (0..self.producers).map(|_| self.messages);
        let results = checksum(std::iter::once(Self::received(sum, self.operations())).chain(producers));
        Work { results, spawns: self.producers as u64 + 1, ..Work::default() }
    }

    pub(super) fn operations(self) -> u64 {
        self.messages * self.producers as u64
    }
}

/// Tasks that take turns with one mutex. Each locks it, reads a number, gives up its turn, writes the number plus one, and
/// unlocks. Then it gives up its turn again: otherwise it could lock a mutex that is not fair again at once, and the other
/// tasks would wait until it has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locks {
    /// How many tasks.
    pub tasks: usize,
    /// How often each locks.
    pub locks: u64,
}

impl Locks {
    pub(super) fn demands(self) -> Work {
        let own = (0..self.tasks).map(|_| self.locks);
        // If two tasks had held the lock at once, one of their additions would be lost.
        let results = checksum(own.chain([self.operations()]));
        Work { results, yields: 2 * self.operations(), spawns: self.tasks as u64, ..Work::default() }
    }

    pub(super) fn operations(self) -> u64 {
        self.locks * self.tasks as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_or_doubled_message_changes_the_result_and_the_order_does_not() {
        let job = Mpsc { producers: 2, messages: 3, capacity: 4 };
        assert_eq!([job.numbers(0), job.numbers(1)], [0..3, 3..6]);
        let received = |messages: &[u64]| {
            let sum = messages.iter().map(|message| checksum([*message])).fold(0, u64::wrapping_add);
            let results = [Mpsc::received(sum, messages.len() as u64), 3, 3];
            Work { results: checksum(results), spawns: 3, ..Work::default() }
        };
        assert_eq!(received(&[0, 2, 4, 6, 8, 10]), job.demands());
        assert_eq!(received(&[6, 0, 8, 2, 10, 4]), job.demands());
        for wrong in [&[0, 2, 4, 6, 8][..], &[0, 2, 4, 6, 8, 8], &[0, 2, 4, 6, 8, 10, 10], &[0, 2, 2, 8, 8, 10]] {
            assert_ne!(received(wrong), job.demands(), "{wrong:?}");
        }
    }
}
