//! For passes of an echo server: its handler and its accept loop, and what one pass is.
//!
//! The handler is the one of tokio's README: read what is there, write it back, until the other side closes. tokio's README and
//! monoio's show it with a buffer that is larger than a message, which spares a runtime on epoll the read that finds nothing:
//! <https://docs.rs/crate/tokio/latest>, <https://docs.rs/crate/monoio/latest>.

use crate::contender::{Fault, Pass};
use crate::job::Echo;
use crate::kits::client::Client;
use crate::tally::Tally;
use smol::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::thread;

/// The port is the system's choice.
pub(crate) const LOOPBACK: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);

/// How much a handler reads at once.
pub(crate) const BUFFER: usize = 1_024;

/// One pass: the client connects, `serve` echoes until the client has closed, and gives how many bytes it echoed. `serve` runs
/// on the caller's thread, and the client on one of its own.
///
/// The client connects before the server accepts. Connections wait in the listener's backlog, so a server that accepts this many
/// never waits for one that does not come, even if the client has failed.
pub(crate) fn pass(job: Echo, address: SocketAddr, serve: impl FnOnce() -> Result<u64, Fault>) -> Result<Pass, Fault> {
    let client = Client::connect(job, address)?;
    let client = thread::Builder::new().name("echo client".to_owned()).spawn(move || client.run())?;
    let echoed = serve();
    let pass = client.join().map_err(Fault::from_panic)?;
    // The server's own error says more than the client's, which lost a connection because of it.
    let (echoed, sent) = (echoed?, (job.connections * (job.messages + 1) * Echo::BYTES) as u64);
    let pass = pass?;
    if echoed == sent { Ok(pass) } else { Err(Fault::Failed(format!("{echoed} bytes were echoed instead of {sent}"))) }
}

/// Accepts the connections, spawns a handler for each, and joins the handlers: what a user writes around a runtime's sockets.
/// `output` reads what a handle gives. The sum of the bytes that the handlers echoed.
pub(crate) async fn serve<T: Tally, S, H: Future>(
    connections: usize,
    accept: impl AsyncFn() -> io::Result<S>,
    spawn: impl Fn(S) -> Result<H, Fault>,
    output: impl Fn(H::Output) -> Result<io::Result<u64>, Fault>,
) -> Result<u64, Fault> {
    let mut handles = Vec::with_capacity(connections);
    for _ in 0..connections {
        let stream = accept().await.map_err(|error| Fault::of("the server accepts no connection", &error))?;
        T::spawned(1);
        handles.push(spawn(stream)?);
    }
    let mut bytes = 0;
    for handle in handles {
        bytes += output(handle.await)?.map_err(|error| Fault::of("the server lost a connection", &error))?;
    }
    Ok(bytes)
}

/// The handler on sockets with the traits of the crate `futures-io`: those of smol, async-std and async-io. How many bytes it
/// echoed.
pub(crate) async fn echo(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<u64> {
    let mut buffer = [0; BUFFER];
    let mut bytes = 0;
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(bytes);
        }
        stream.write_all(&buffer[..length]).await?;
        bytes += length as u64;
    }
}

/// The handler on a socket that blocks its thread.
pub(crate) fn echo_blocking(mut stream: impl Read + Write) -> io::Result<u64> {
    let mut buffer = [0; BUFFER];
    let mut bytes = 0;
    loop {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            return Ok(bytes);
        }
        stream.write_all(&buffer[..length])?;
        bytes += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::time::Duration;

    /// The pass of a server that gives each connection to `handler`, one after the other.
    fn pass_with(interval: Option<Duration>, handler: fn(std::net::TcpStream) -> io::Result<u64>) -> String {
        let job = Echo { connections: 1, messages: 3, interval };
        let listener = TcpListener::bind(LOOPBACK).expect("there is loopback");
        let address = listener.local_addr().expect("it is bound");
        let serve = || {
            let (stream, _) = listener.accept().expect("the client has connected");
            handler(stream).map_err(|error| Fault::of("the server lost a connection", &error))
        };
        match pass(job, address, serve) {
            Ok(pass) => format!("{:x}", pass.results),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn a_server_that_closes_early_or_answers_wrongly_is_refused() {
        for interval in [None, Some(Duration::from_micros(20))] {
            assert!(!pass_with(interval, echo_blocking).contains(' '));
            let refusal = pass_with(interval, |mut stream| {
                stream.read_exact(&mut [0; Echo::BYTES])?; // and closes
                Ok(0)
            });
            assert_eq!(refusal, "refused: the server closed a connection");
            let refusal = pass_with(interval, |mut stream| {
                let mut message = [0; Echo::BYTES];
                let mut bytes = 0;
                while stream.read_exact(&mut message).is_ok() {
                    message[9] ^= u8::from(bytes == 2 * message.len() as u64);
                    stream.write_all(&message)?;
                    bytes += message.len() as u64;
                }
                Ok(bytes)
            });
            assert_eq!(refusal, "refused: message 2 of connection 0 did not come back as sent");
            let refusal = pass_with(interval, |stream| Ok(echo_blocking(stream)? - 1));
            assert_eq!(refusal, "refused: 255 bytes were echoed instead of 256");
        }
    }

    #[test]
    fn a_server_that_is_not_there_is_refused() {
        let listener = TcpListener::bind(LOOPBACK).expect("there is loopback");
        let address = listener.local_addr().expect("it is bound");
        drop(listener);
        let job = Echo { connections: 2, messages: 1, interval: None };
        let fault = pass(job, address, || panic!("there is no client to serve")).expect_err("nobody listens");
        assert!(fault.to_string().starts_with("refused: the client cannot connect: "), "{fault}");
    }
}
