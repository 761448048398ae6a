//! The workshop on smol. Its sockets have the traits of the crate `futures`.

use crate::{Listen, Sockets};
use paintdry_core::Runtime;
use paintdry_smol::Global;
use smol::net::{TcpListener, TcpStream};
use std::io;
use std::net::SocketAddr;

/// smol, with its thread, and its sockets.
#[derive(Debug)]
pub struct OnSmol;

impl Sockets for OnSmol {
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
