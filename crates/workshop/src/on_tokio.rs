//! The workshop on tokio. Its sockets have traits of their own for reading and writing, so a wrapper translates.

use crate::{Listen, Sockets};
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::Runtime;
use paintdry_tokio::MultiThread;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::ReadBuf;
use tokio::net::{TcpListener, TcpStream};

/// tokio, with several threads, and its sockets.
#[derive(Debug)]
pub struct OnTokio;

impl Sockets for OnTokio {
    type Runtime = MultiThread;

    type Listener = Listener;

    fn start() -> MultiThread {
        MultiThread::start()
    }

    async fn bind(address: SocketAddr) -> io::Result<(Listener, SocketAddr)> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((Listener(listener), address))
    }

    async fn connect(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection(stream))
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
        Ok(Connection(stream))
    }
}

/// A socket, behind the traits of the crate `futures`, as the sockets of the other runtimes are.
#[derive(Debug)]
pub struct Connection(TcpStream);

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut to = ReadBuf::new(to);
        ready!(tokio::io::AsyncRead::poll_read(Pin::new(&mut self.0), context, &mut to))?;
        Poll::Ready(Ok(to.filled().len()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        tokio::io::AsyncWrite::poll_write(Pin::new(&mut self.0), context, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        tokio::io::AsyncWrite::poll_flush(Pin::new(&mut self.0), context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        tokio::io::AsyncWrite::poll_shutdown(Pin::new(&mut self.0), context)
    }
}
