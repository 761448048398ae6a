//! Reads a program's output as it comes, because a program that prints much would wait for its reader.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{io, thread};

/// How much of the beginning and of the end of the output is kept; more would only fill the memory.
pub(super) const HALF: usize = 8 << 20;

/// An output that a thread reads to its end.
#[derive(Debug)]
pub(super) struct Reading {
    kept: Arc<Mutex<Kept>>,
    /// Nothing is sent here: the thread drops the sender when the output ends.
    end: Receiver<()>,
}

/// No output, which has ended.
impl Default for Reading {
    fn default() -> Self {
        Self { kept: Arc::default(), end: mpsc::channel().1 }
    }
}

impl Reading {
    pub(super) fn start(mut stream: impl Read + Send + 'static) -> io::Result<Self> {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let (reader, end): (Sender<()>, _) = mpsc::channel();
        let shared = Arc::clone(&kept);
        let read = move || {
            let _reader = reader;
            let mut bytes = vec![0; 1 << 16];
            loop {
                match stream.read(&mut bytes) {
                    Ok(count) if count > 0 => lock(&shared).keep(&bytes[..count]),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    _ => return, // an error ends the output
                }
            }
        };
        thread::Builder::new().spawn(read)?;
        Ok(Self { kept, end })
    }

    /// Whether the output ends before `wait` is over.
    pub(super) fn ends_within(&self, wait: Duration) -> bool {
        self.end.recv_timeout(wait) == Err(RecvTimeoutError::Disconnected)
    }

    /// What has come until now.
    pub(super) fn text(&self) -> String {
        lock(&self.kept).text()
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The beginning and the end of an output.
#[derive(Debug, Default)]
struct Kept {
    first: Vec<u8>,
    last: VecDeque<u8>,
    left_out: usize,
}

impl Kept {
    fn keep(&mut self, bytes: &[u8]) {
        let (first, rest) = bytes.split_at(bytes.len().min(HALF - self.first.len()));
        self.first.extend(first);
        self.last.extend(rest);
        let too_many = self.last.len().saturating_sub(HALF);
        self.last.drain(..too_many);
        self.left_out = self.left_out.saturating_add(too_many);
    }

    fn text(&self) -> String {
        let last: Vec<u8> = self.last.iter().copied().collect();
        if self.left_out == 0 {
            return String::from_utf8_lossy(&[&self.first[..], &last].concat()).into_owned();
        }
        // Each half may end in the middle of a character.
        let [first, last] = [&self.first, &last].map(|half| String::from_utf8_lossy(half));
        let (first, last) = (first.trim_end_matches('\u{FFFD}'), last.trim_start_matches('\u{FFFD}'));
        format!("{first}\n[{} bytes are left out here]\n{last}", self.left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut_where_the_middle_is_left_out() {
        let mut kept = Kept::default();
        kept.keep("€".repeat(HALF).as_bytes());
        let text = kept.text();
        assert!(!text.contains('\u{FFFD}'));
        assert_eq!(text.matches(" bytes are left out here]\n€").count(), 1);
    }
}
