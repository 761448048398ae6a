//! A program that answers a line with a line.

use super::Running;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// The program. Dropping this ends it with all that it has started.
#[derive(Debug)]
pub struct Dialogue {
    running: Running,
    lines: Receiver<String>,
}

/// Why there is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// None came in time.
    TimedOut,
    /// Its standard output has ended.
    Ended,
}

impl Dialogue {
    /// Starts the program.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(command: Command) -> io::Result<Self> {
        let mut running = Running::start(command, Stdio::piped())?;
        let lines = running.family.stdout().take().map_or_else(|| Ok(channel().1), lines)?;
        Ok(Self { running, lines })
    }

    /// Writes a line to its standard input. If the program has ended, [`Dialogue::listen`] finds out.
    pub fn tell(&mut self, line: &str) {
        if let Some(input) = self.running.family.stdin() {
            let _ = input.write_all(format!("{line}\n").as_bytes());
        }
    }

    /// The next line of its standard output.
    ///
    /// # Errors
    /// If no line comes within `limit`, or ever.
    pub fn listen(&mut self, limit: Duration) -> Result<String, Silence> {
        self.lines.recv_timeout(limit).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::TimedOut,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })
    }

    /// Ends the program; what it wrote to standard error.
    pub fn end(&mut self) -> String {
        self.running.end();
        self.running.output().1
    }
}

/// The lines until the end, or until an error, read by a thread. What is not UTF-8 is replaced.
fn lines(from: impl Read + Send + 'static) -> io::Result<Receiver<String>> {
    let (sender, lines) = channel();
    thread::Builder::new().spawn(move || {
        let all = BufReader::new(from).split(b'\n').map_while(Result::ok);
        all.map(|line| String::from_utf8_lossy(&line).trim_end().to_owned()).try_for_each(|line| sender.send(line))
    })?;
    Ok(lines)
}
