//! The client of the echo servers: one thread that holds all connections and uses none of the runtimes that are compared.
//!
//! It uses `mio`, a portable form of epoll. For each message it makes the system calls of the one-threaded floor: one read, one
//! write, and a share of the wait for the next answers. So a server that is near the floor may have to wait for the client. The pass
//! says what each side cost the processors: where the client was busy all the time, the server could have served more. A client
//! with a thread for each connection would be slower than most servers.

use crate::contender::{Cpu, Fault, Late, Pass};
use crate::job::Echo;
use crate::work::checksum;
use cpu_time::{ProcessTime, ThreadTime};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{self, SocketAddr};
use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

/// How long the client waits for an answer before it gives up, so that a pass cannot hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client that is connected.
pub(super) struct Client {
    job: Echo,
    poll: Poll,
    events: Events,
    connections: Vec<Connection>,
    last_answer: Instant,
}

/// The processor time of the process and of the client's thread, from when it was started. The system may not tell.
struct Clocks {
    process: ProcessTime,
    client: ThreadTime,
}

impl Clocks {
    fn start() -> Option<Self> {
        Some(Self { process: ProcessTime::try_now().ok()?, client: ThreadTime::try_now().ok()? })
    }

    fn read(&self) -> Option<Cpu> {
        let client = self.client.try_elapsed().ok()?;
        Some(Cpu { server: self.process.try_elapsed().ok()?.saturating_sub(client), client })
    }
}

/// One connection, and what has come back on it.
struct Connection {
    number: usize,
    stream: TcpStream,
    /// How many messages were sent.
    sent: usize,
    /// How many bytes of `answers` have come back.
    filled: usize,
    answers: Vec<u8>,
}

impl Client {
    /// Opens all connections of the job.
    pub(super) fn connect(job: Echo, address: SocketAddr) -> Result<Self, Fault> {
        let connect = |number| Connection::open(number, job, address);
        let connections: io::Result<Vec<_>> = (0..job.connections).map(connect).collect();
        let mut connections = connections.map_err(|error| Fault::of("the client cannot connect", &error))?;
        let poll = registered(&mut connections).map_err(|error| Fault::of("the client cannot wait", &error))?;
        let events = Events::with_capacity(job.connections.max(1));
        Ok(Self { job, poll, events, connections, last_answer: Instant::now() })
    }

    /// Warms up, does the job, and closes the connections. What came back is compared after the clock was read.
    pub(super) fn run(mut self) -> Result<Pass, Fault> {
        self.last_answer = Instant::now();
        self.exchange(1)?;
        let clocks = Clocks::start();
        let start = Instant::now();
        let (time, late) = match self.job.interval {
            None => {
                self.exchange(self.job.messages)?;
                (start.elapsed(), None)
            }
            Some(interval) => {
                let late = Late::of(self.paced(interval)?);
                (late.map_or(Duration::ZERO, |late| late.median), late)
            }
        };
        let cpu = clocks.and_then(|clocks| clocks.read());
        let results = self.results()?;
        Ok(Pass { late, cpu, ..Pass::new(time, results) })
    }

    /// Sends this many messages on each connection, each as soon as the one before has come back.
    fn exchange(&mut self, messages: usize) -> Result<(), Fault> {
        if messages == 0 {
            return Ok(());
        }
        for connection in &mut self.connections {
            connection.send()?;
        }
        let last = self.connections.first().map_or(0, |connection| connection.sent + messages - 1);
        let mut missing = self.connections.len() * messages;
        while missing > 0 {
            missing -= self.receive(PATIENCE, |connection, _| {
                if connection.sent < last { connection.send() } else { Ok(()) } //
            })?;
        }
        Ok(())
    }

    /// Sends a message every interval, and gives how long after its time each was back.
    ///
    /// The times are fixed in advance, and a latency counts from them. If the client waited for an answer before it sent again, or
    /// counted from when it did send, it would miss most of a stall. Gil Tene calls this mistake coordinated omission:
    /// <https://github.com/giltene/wrk2>. A stall of the client itself counts as well, in all rows alike.
    ///
    /// The client polls without waiting, because Linux wakes a thread that sleeps some 50 µs late, which is more than a round trip.
    /// So it keeps one core busy. Between two polls it gives up the core, in case a thread of the server needs it.
    fn paced(&mut self, interval: Duration) -> Result<Vec<Duration>, Fault> {
        let (connections, total) = (self.connections.len(), self.job.total());
        let mut latencies = Vec::with_capacity(total);
        let mut sent = 0;
        let start = Instant::now() + interval;
        let due = |n: usize| start + interval * u32::try_from(n).unwrap_or(u32::MAX);
        while latencies.len() < total {
            while sent < total && due(sent) <= Instant::now() {
                self.connections[sent % connections].send()?;
                sent += 1;
            }
            self.receive(Duration::ZERO, |connection, number| {
                // The first answer, number 0, warmed up.
                latencies.push(due((number - 1) * connections + connection.number).elapsed());
                Ok(())
            })?;
            thread::yield_now();
        }
        Ok(latencies)
    }

    /// Waits for up to `patience` and gives each answer that has come back whole to `on_answer`: its connection, and its number
    /// there. How many there were.
    fn receive(
        &mut self,
        patience: Duration,
        mut on_answer: impl FnMut(&mut Connection, usize) -> Result<(), Fault>,
    ) -> Result<usize, Fault> {
        self.events.clear();
        match self.poll.poll(&mut self.events, Some(patience)) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                return Err(Fault::of("the client cannot wait", &error));
            }
            _ => {}
        }
        let mut answers = 0;
        for event in &self.events {
            let connection = &mut self.connections[event.token().0];
            for number in connection.read()? {
                on_answer(connection, number)?;
                answers += 1;
            }
        }
        if answers > 0 {
            self.last_answer = Instant::now();
        } else if self.last_answer.elapsed() >= PATIENCE {
            return Err(Fault::Failed(format!("no answer came within {PATIENCE:?}")));
        }
        Ok(answers)
    }

    /// Compares what came back with what was sent; the checksum of it.
    fn results(&self) -> Result<u64, Fault> {
        for Connection { number, answers, .. } in &self.connections {
            for (n, answer) in answers.chunks_exact(Echo::BYTES).enumerate() {
                if answer != message(*number, n) {
                    return Err(Fault::Failed(format!("message {n} of connection {number} did not come back as sent")));
                }
            }
        }
        let words = self.connections.iter().flat_map(|connection| connection.answers.as_chunks().0);
        Ok(checksum(words.map(|word| u64::from_le_bytes(*word))))
    }
}

impl Connection {
    fn open(number: usize, job: Echo, address: SocketAddr) -> io::Result<Self> {
        let stream = net::TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        // Ones and not zeros, so that the system hands out the memory before the clock starts.
        let answers = vec![1; (job.messages + 1) * Echo::BYTES];
        Ok(Self { number, stream: TcpStream::from_std(stream), sent: 0, filled: 0, answers })
    }

    /// Sends the next message. All that a connection sends in a pass fits into the socket's buffer, so it need not wait.
    fn send(&mut self) -> Result<(), Fault> {
        let message = message(self.number, self.sent);
        self.stream.write_all(&message).map_err(|error| Fault::of("a message could not be sent", &error))?;
        self.sent += 1;
        Ok(())
    }

    /// Reads what has come back; the numbers of the answers that are whole now.
    fn read(&mut self) -> Result<Range<usize>, Fault> {
        let before = self.filled / Echo::BYTES;
        while self.filled < self.answers.len() {
            match self.stream.read(&mut self.answers[self.filled..]) {
                Ok(0) => return Err(Fault::Failed("the server closed a connection".to_owned())),
                Ok(length) => self.filled += length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(Fault::of("an answer could not be read", &error)),
            }
            if SHORT_READ_EMPTIES {
                break;
            }
        }
        Ok(before..self.filled / Echo::BYTES)
    }
}

/// Whether a read that did not fill its buffer has emptied the socket, so that the next message is a new event. On Windows, `mio`
/// has to see a read that would block.
pub(crate) const SHORT_READ_EMPTIES: bool = cfg!(not(windows));

/// A message, as it is sent.
fn message(connection: usize, number: usize) -> [u8; Echo::BYTES] {
    let mut bytes = [0; Echo::BYTES];
    for (bytes, word) in bytes.chunks_exact_mut(8).zip(Echo::words(connection, number)) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

/// A poll that sees what comes in on each connection.
fn registered(connections: &mut [Connection]) -> io::Result<Poll> {
    let poll = Poll::new()?;
    for connection in connections {
        poll.registry().register(&mut connection.stream, Token(connection.number), Interest::READABLE)?;
    }
    Ok(poll)
}
