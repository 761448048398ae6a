//! The workshop on our own loop, which has no sockets. Those of `async-io` need only a waker: their reactor is a thread that
//! waits for the operating system, and calls the wakers. To the loop, a socket is a wake from another thread.

use crate::{Listen, Sockets};
use async_io::Async;
use paintdry_generator::EventLoop;
use std::io;
use std::net::SocketAddr;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Our event loop, and the sockets of `async-io`.
#[derive(Debug)]
pub struct OnOurLoop;

impl Sockets for OnOurLoop {
    type Runtime = EventLoop;

    type Listener = Listener;

    fn start() -> EventLoop {
        // A loop without timers may wait for the next connection for ever. It cannot know that, so it has to be told.
        EventLoop::new().with_patience(Duration::MAX)
    }

    async fn bind(address: SocketAddr) -> io::Result<(Listener, SocketAddr)> {
        let listener = Async::<TcpListener>::bind(address)?;
        let address = listener.get_ref().local_addr()?;
        Ok((Listener(listener), address))
    }

    async fn connect(address: SocketAddr) -> io::Result<Connection> {
        let stream = Async::<TcpStream>::connect(address).await?;
        stream.get_ref().set_nodelay(true)?;
        Ok(stream)
    }
}

/// A listening socket.
#[derive(Debug)]
pub struct Listener(Async<TcpListener>);

impl Listen for Listener {
    type Connection = Connection;

    async fn accept(&mut self) -> io::Result<Connection> {
        let (stream, _) = self.0.accept().await?;
        stream.get_ref().set_nodelay(true)?;
        Ok(stream)
    }
}

/// A socket, which has the traits of the crate `futures`.
pub type Connection = Async<TcpStream>;
