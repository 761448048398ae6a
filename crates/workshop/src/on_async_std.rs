//! The workshop on async-std. Its sockets have the traits of the crate `futures`.

use crate::{Listen, Sockets};
use async_std::net::{TcpListener, TcpStream};
use paintdry_async_std::Global;
use paintdry_core::Runtime;
use std::io;
use std::net::SocketAddr;

/// async-std, with its threads, and its sockets.
#[derive(Debug)]
pub struct OnAsyncStd;

impl Sockets for OnAsyncStd {
    type Runtime = Global;

    type Listener = Listener;

    fn start() -> Global {
        Global::start()
    }

    async fn bind(address: SocketAddr) -> io::Result<(Listener, SocketAddr)> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((Listener(listener), address))
    }

    async fn connect(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// A listening socket.
#[derive(Debug)]
pub struct Listener(TcpListener);

impl Listen for Listener {
    type Connection = Connection;

    async fn accept(&mut self) -> io::Result<Connection> {
        let (stream, _) = self.0.accept().await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// A socket, which has the traits of the crate `futures`.
pub type Connection = TcpStream;
