//! The messages of an echo server: how many, when they are sent, and what they say.

use crate::work::{Work, checksum};
use std::time::Duration;

/// A server sends the messages of a client back, and spawns a task for each connection. The client is not what is compared. Before
/// the clock starts, it warms up each connection with one message, which proves that the connection's task runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Echo {
    /// How many connections the client holds open.
    pub connections: usize,
    /// How many messages it sends on each while the clock runs.
    pub messages: usize,
    /// When it sends: a message every interval, on one connection after the other, whether or not the earlier ones have come
    /// back; or, with `None`, on each connection the next message as soon as the last has come back.
    pub interval: Option<Duration>,
}

impl Echo {
    /// How many messages are sent while the clock runs.
    pub fn total(&self) -> usize {
        self.connections * self.messages
    }

    /// What message `number` of a connection says, as words. Number 0 is the one that warms up. All messages differ.
    pub fn words(connection: usize, number: usize) -> [u64; Self::BYTES / 8] {
        let first = ((connection as u64) << 32 | number as u64) << 3;
        std::array::from_fn(|n| (first + n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(super) fn demands(&self) -> Work {
        let answers = |connection| (0..=self.messages).flat_map(move |number| Self::words(connection, number));
        let results = checksum((0..self.connections).flat_map(answers));
        Work { results, spawns: self.connections as u64, ..Work::default() }
    }

    /// At a fixed rate, the time of a pass is already that of one message.
    pub(super) fn operations(&self) -> u64 {
        if self.interval.is_none() { self.total() as u64 } else { 1 }
    }

    /// The length of a message.
    pub const BYTES: usize = 64;
}
