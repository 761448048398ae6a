//! A connection in memory, for tests in virtual time: what one end writes, the other end reads.

use futures::io::{AsyncRead, AsyncWrite};
use paintdry_explore::touch;
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Two ends of a connection. Each direction has room for `capacity` bytes: a write into a full one waits until the other end
/// reads. `name` is for an exploration, which learns from it what tasks share.
#[must_use]
pub fn pipe(name: &str, capacity: usize) -> (Pipe, Pipe) {
    let flow = || Arc::new(Mutex::new(Flow { capacity: capacity.max(1), ..Flow::default() }));
    let (there, back) = (flow(), flow());
    let end = |reads: &Arc<_>, writes: &Arc<_>| Pipe {
        name: name.into(),
        reads: Arc::clone(reads),
        writes: Arc::clone(writes),
    };
    (end(&back, &there), end(&there, &back))
}

/// One end of a connection in memory. Dropping it closes both directions.
#[derive(Debug)]
pub struct Pipe {
    name: Arc<str>,
    reads: Arc<Mutex<Flow>>,
    writes: Arc<Mutex<Flow>>,
}

/// One direction.
#[derive(Debug, Default)]
struct Flow {
    bytes: VecDeque<u8>,
    capacity: usize,
    /// The end that writes has closed it: after these bytes there are no more.
    is_closed: bool,
    /// The end that reads is gone: bytes would be lost.
    is_broken: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Pipe {
    fn reads(&self) -> MutexGuard<'_, Flow> {
        touch(&self.name);
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writes(&self) -> MutexGuard<'_, Flow> {
        touch(&self.name);
        self.writes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the task, when nothing is locked.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl AsyncRead for Pipe {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut flow = self.reads();
        if flow.bytes.is_empty() && !flow.is_closed {
            flow.reader = Some(context.waker().clone());
            return Poll::Pending;
        }
        let length = flow.bytes.len().min(to.len());
        to.iter_mut().zip(flow.bytes.drain(..length)).for_each(|(to, byte)| *to = byte);
        let writer = flow.writer.take();
        drop(flow);
        wake(writer);
        Poll::Ready(Ok(length))
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let mut flow = self.writes();
        if flow.is_broken || flow.is_closed {
            return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
        }
        let length = from.len().min(flow.capacity - flow.bytes.len());
        if length == 0 && !from.is_empty() {
            flow.writer = Some(context.waker().clone());
            return Poll::Pending;
        }
        flow.bytes.extend(&from[..length]);
        let reader = flow.reader.take();
        drop(flow);
        wake(reader);
        Poll::Ready(Ok(length))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(())) // what is written is there
    }

    /// Closes one direction: this end can still read.
    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut flow = self.writes();
        flow.is_closed = true;
        let reader = flow.reader.take();
        drop(flow);
        wake(reader);
        Poll::Ready(Ok(()))
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let mut flow = self.writes();
        flow.is_closed = true;
        let reader = flow.reader.take();
        drop(flow);
        let mut flow = self.reads();
        flow.is_broken = true;
        let writer = flow.writer.take();
        drop(flow);
        wake(reader);
        wake(writer);
    }
}
