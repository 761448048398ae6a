//! The floors of an echo server: one thread that waits for all its sockets, and a thread for each connection.

use crate::contender::{Fault, Pass};
use crate::job::Echo;
use crate::kits::client::SHORT_READ_EMPTIES;
use crate::kits::echo::{self, BUFFER, LOOPBACK};
use crate::tally::Tally;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{self, TcpListener};
use std::thread;

/// A listener that blocks.
pub(crate) fn listen() -> io::Result<TcpListener> {
    TcpListener::bind(LOOPBACK)
}

/// All connections of a pass; those of the client wait in the backlog.
fn accept(listener: &TcpListener) -> io::Result<net::TcpStream> {
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn pass(
    listener: &TcpListener,
    job: Echo,
    serve: impl FnOnce() -> Result<io::Result<u64>, Fault>,
) -> Result<Pass, Fault> {
    let address = listener.local_addr().map_err(|error| Fault::of("the server has no address", &error))?;
    echo::pass(job, address, || serve()?.map_err(|error| Fault::of("the server lost a connection", &error)))
}

/// A thread for each connection, which blocks until there is something to read.
pub(crate) fn threads<T: Tally>(listener: &TcpListener, job: Echo) -> Result<Pass, Fault> {
    let handler = |_| {
        let stream = accept(listener)?;
        T::spawned(1);
        thread::Builder::new().spawn(move || echo::echo_blocking(stream))
    };
    pass(listener, job, || Ok(super::join((0..job.connections).map(handler))?.into_iter().sum()))
}

/// One thread that waits for all sockets at once and has no tasks: an event names a connection, and the loop reads and writes.
pub(crate) fn poll_loop(listener: &TcpListener, job: Echo) -> Result<Pass, Fault> {
    pass(listener, job, || Ok(serve(listener, job.connections)))
}

fn serve(listener: &TcpListener, connections: usize) -> io::Result<u64> {
    let mut poll = Poll::new()?;
    let mut streams = Vec::with_capacity(connections);
    for n in 0..connections {
        let stream = accept(listener)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        poll.registry().register(&mut stream, Token(n), Interest::READABLE)?;
        streams.push(Some(stream));
    }
    let mut events = Events::with_capacity(connections.max(1));
    let (mut open, mut bytes) = (connections, 0);
    while open > 0 {
        match poll.poll(&mut events, None) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue, // by a signal; there is no event
            polled => polled?,
        }
        for event in &events {
            let place = &mut streams[event.token().0];
            let Some(stream) = place else { continue };
            // One event may say both that there is a message and that there will be no more.
            let is_open = echo_what_is_there(stream, event.is_read_closed(), &mut bytes)?;
            if !is_open {
                *place = None;
                open -= 1;
            }
        }
    }
    Ok(bytes)
}

/// Echoes until there is nothing to read; whether the connection is still open. One that `is_closing` is read to its end. Answers
/// fit into the socket's buffer, so that a write need not wait.
fn echo_what_is_there(stream: &mut TcpStream, is_closing: bool, bytes: &mut u64) -> io::Result<bool> {
    let mut buffer = [0; BUFFER];
    loop {
        let length = match stream.read(&mut buffer) {
            Ok(0) => return Ok(false),
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(true),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        stream.write_all(&buffer[..length])?;
        *bytes += length as u64;
        if SHORT_READ_EMPTIES && length < buffer.len() && !is_closing {
            return Ok(true);
        }
    }
}
