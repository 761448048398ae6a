//! Where connections come from: the sockets of a runtime, or a lobby in memory.

use crate::pipe::{Pipe, pipe};
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::Runtime;
use paintdry_studio::sync::{Receiver, Sender, channel};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

/// What a server accepts connections from.
pub trait Listen: Send + 'static {
    /// A connection: bytes in, and bytes out.
    type Connection: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// Waits for the next connection. If you drop this future, no connection is lost.
    fn accept(&mut self) -> impl Future<Output = io::Result<Self::Connection>> + Send;
}

/// A runtime, and sockets that work on it. What differs between two runtimes is in the files `on_….rs`.
pub trait Sockets: Send + 'static {
    /// The runtime.
    type Runtime: Runtime;

    /// Its listening socket.
    type Listener: Listen;

    /// Starts the runtime.
    fn start() -> Self::Runtime;

    /// Listens on an address; port 0 is a port of the system's choice. Also gives the address that it is.
    fn bind(address: SocketAddr) -> impl Future<Output = io::Result<(Self::Listener, SocketAddr)>> + Send;

    /// Connects to a server.
    fn connect(address: SocketAddr) -> impl Future<Output = io::Result<<Self::Listener as Listen>::Connection>> + Send;
}

/// A place in memory where clients and a server meet, and the server's listener.
#[must_use]
pub fn lobby() -> (Lobby, LobbyListener) {
    let (door, waiting) = channel("lobby", 4);
    (Lobby(door), LobbyListener(waiting))
}

/// The clients' side of a [`lobby`].
#[derive(Debug, Clone)]
pub struct Lobby(Sender<Pipe>);

impl Lobby {
    /// Connects to the server. Each direction has room for 64 bytes. If the server does not listen any more, the connection is
    /// closed.
    pub async fn connect(&self, name: &str) -> Pipe {
        let (ours, theirs) = pipe(name, 64);
        drop(self.0.send(theirs).await);
        ours
    }
}

/// The server's side of a [`lobby`].
#[derive(Debug)]
pub struct LobbyListener(Receiver<Pipe>);

impl Listen for LobbyListener {
    type Connection = Pipe;

    /// It is an error if all [`Lobby`]s are dropped.
    async fn accept(&mut self) -> io::Result<Pipe> {
        self.0.receive().await.ok_or_else(|| ErrorKind::NotConnected.into())
    }
}
