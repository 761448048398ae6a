//! Lines of text on a connection: bytes come in pieces of any size, and a line ends at `\n`.

use crate::order::BadLine;
use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use std::fmt::Display;
use std::future::pending;
use std::{io, mem};

/// How many bytes are read at once.
const PIECE: usize = 512;

/// A connection that is read line by line. It keeps at most the longest line and a piece.
#[derive(Debug)]
pub struct Lines<C> {
    connection: C,
    /// What was read and belongs to no line yet.
    buffer: Vec<u8>,
    /// How many bytes a line may have.
    longest: usize,
    /// Whether the end of a line that is too long is still to come. It gets its error then. If it got it now, the client, which
    /// still writes, and the server could wait for each other to read.
    is_skipping: bool,
}

impl<C: AsyncRead + AsyncWrite + Unpin> Lines<C> {
    /// The lines of `connection`, each of which has at most `longest` bytes.
    pub const fn new(connection: C, longest: usize) -> Self {
        Self { connection, buffer: Vec::new(), longest, is_skipping: false }
    }

    /// The next line without its end, or an error if it is too long: then it was skipped up to its end. `None` at the end of the
    /// connection. If you drop this future, no byte is lost.
    ///
    /// # Errors
    /// If the connection is lost.
    pub async fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, BadLine>>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<_> = self.buffer.drain(..=end).collect();
                line.pop();
                let is_too_long = mem::take(&mut self.is_skipping) || line.len() > self.longest;
                return Ok(Some(if is_too_long { Err(BadLine::TooLong(self.longest)) } else { Ok(line) }));
            }
            if self.buffer.len() > self.longest {
                self.buffer.clear();
                self.is_skipping = true;
            }
            if self.fill().await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Waits until the client has closed its side of the connection, or the connection is lost. What the client sends meanwhile
    /// is kept for [`next`](Self::next). If it sends more than a line, the rest waits outside, so that it takes no memory here. Then
    /// the end of the connection cannot be seen behind it, and this waits for ever: limit the time of what it runs beside.
    pub async fn until_gone(&mut self) {
        while self.buffer.len() <= self.longest {
            if !matches!(self.fill().await, Ok(1..)) {
                return;
            }
        }
        pending::<()>().await;
    }

    /// Sends a line, and its end. If you drop this future, a part of the line may have been sent, so close the connection.
    ///
    /// # Errors
    /// If the connection is lost.
    pub async fn send(&mut self, line: &impl Display) -> io::Result<()> {
        self.connection.write_all(format!("{line}\n").as_bytes()).await?;
        self.connection.flush().await
    }

    /// The connection, without what was read of it.
    pub fn into_inner(self) -> C {
        self.connection
    }

    /// Reads a piece; the number of its bytes.
    async fn fill(&mut self) -> io::Result<usize> {
        let mut piece = [0; PIECE];
        let length = self.connection.read(&mut piece).await?;
        self.buffer.extend_from_slice(&piece[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use futures::io::Cursor;

    fn next(lines: &mut Lines<Cursor<Vec<u8>>>) -> Option<Result<Vec<u8>, BadLine>> {
        lines.next().now_or_never().expect("it is in memory").expect("it can be read")
    }

    #[test]
    fn a_line_that_never_ends_takes_no_memory() {
        let mut lines = Lines::new(Cursor::new(vec![b'x'; 10_000_000]), 128);
        assert_eq!(next(&mut lines), None);
        assert!(lines.buffer.capacity() <= 2 * (128 + PIECE), "{} bytes", lines.buffer.capacity());
    }

    #[test]
    fn a_client_that_sends_and_sends_meanwhile_takes_no_memory() {
        let mut sent = b"first\n".to_vec();
        sent.resize(1_000_000, b'x');
        let mut lines = Lines::new(Cursor::new(sent), 128);
        assert_eq!(lines.until_gone().now_or_never(), None, "the client is still there");
        assert!(lines.buffer.len() <= 128 + PIECE, "{} bytes", lines.buffer.len());
        assert_eq!(next(&mut lines), Some(Ok(b"first".to_vec())));
    }

    #[test]
    fn a_line_may_have_as_many_bytes_as_it_may_and_not_one_more() {
        let mut lines = Lines::new(Cursor::new(b"1234\n12345\n123456789\r\n\n123".to_vec()), 4);
        let too_long = || Some(Err(BadLine::TooLong(4)));
        let expected = [Some(Ok(b"1234".to_vec())), too_long(), too_long(), Some(Ok(Vec::new())), None];
        assert_eq!(std::array::from_fn(|_| next(&mut lines)), expected);
    }
}
