//! Echo servers on each runtime's own sockets, as its users write them: a listener, and a task for each connection.

use crate::contender::{Fault, Pass};
use crate::job::Echo;
use crate::kits::echo::{self, BUFFER, LOOPBACK};
use crate::tally::Tally;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;
use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

/// A runtime and what listens on it. The listener goes first when they are dropped.
pub(crate) struct Server<R, L> {
    listener: L,
    address: SocketAddr,
    runtime: R,
}

pub(crate) type TokioServer = Server<Runtime, tokio::net::TcpListener>;

/// tokio with everything it has, as `#[tokio::main]` starts it.
pub(crate) fn tokio_server(mut builder: Builder) -> io::Result<TokioServer> {
    let runtime = builder.enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(LOOPBACK))?;
    Ok(Server { address: listener.local_addr()?, listener, runtime })
}

pub(crate) fn tokio<T: Tally>(server: &TokioServer, job: Echo) -> Result<Pass, Fault> {
    let Server { listener, address, runtime } = server;
    let accept = async || tokio_accept(listener).await;
    let spawn = |stream| Ok(tokio::spawn(tokio_echo(stream)));
    echo::pass(job, *address, || {
        runtime.block_on(echo::serve::<T, _, _>(job.connections, accept, spawn, |output| Ok(output?)))
    })
}

async fn tokio_accept(listener: &tokio::net::TcpListener) -> io::Result<tokio::net::TcpStream> {
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The handler on tokio's traits.
async fn tokio_echo(mut stream: tokio::net::TcpStream) -> io::Result<u64> {
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

pub(crate) type SmolServer<R> = Server<R, smol::net::TcpListener>;

/// smol's sockets belong to its reactor, which all executors of the process share.
pub(crate) fn smol_server<R>(runtime: R) -> io::Result<SmolServer<R>> {
    let listener = smol::block_on(smol::net::TcpListener::bind(LOOPBACK))?;
    Ok(Server { address: listener.local_addr()?, listener, runtime })
}

async fn smol_accept(listener: &smol::net::TcpListener) -> io::Result<smol::net::TcpStream> {
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub(crate) fn smol<T: Tally>(server: &SmolServer<LocalExecutor<'_>>, job: Echo) -> Result<Pass, Fault> {
    let Server { listener, address, runtime } = server;
    let accept = async || smol_accept(listener).await;
    let spawn = |stream| Ok(runtime.spawn(echo::echo(stream)));
    echo::pass(job, *address, || {
        smol::block_on(runtime.run(echo::serve::<T, _, _>(job.connections, accept, spawn, Ok)))
    })
}

pub(crate) fn smol_global<T: Tally>(server: &SmolServer<()>, job: Echo) -> Result<Pass, Fault> {
    let Server { listener, address, .. } = server;
    let accept = async || smol_accept(listener).await;
    let spawn = |stream| Ok(smol::spawn(echo::echo(stream)));
    echo::pass(job, *address, || smol::block_on(echo::serve::<T, _, _>(job.connections, accept, spawn, Ok)))
}

pub(crate) type AsyncStdServer = Server<(), async_std::net::TcpListener>;

pub(crate) fn async_std_server() -> io::Result<AsyncStdServer> {
    let listener = async_std::task::block_on(async_std::net::TcpListener::bind(LOOPBACK))?;
    Ok(Server { address: listener.local_addr()?, listener, runtime: () })
}

pub(crate) fn async_std<T: Tally>(server: &AsyncStdServer, job: Echo) -> Result<Pass, Fault> {
    let Server { listener, address, .. } = server;
    let accept = async || {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    };
    let spawn = |stream| Ok(async_std::task::spawn(echo::echo(stream)));
    echo::pass(job, *address, || async_std::task::block_on(echo::serve::<T, _, _>(job.connections, accept, spawn, Ok)))
}

/// The generator loop with the sockets of another runtime.
pub(crate) type GeneratorServer = Server<EventLoop, TokioServer>;

/// The generator loop has no sockets. A socket needs only a waker and something that waits for events, so one of tokio's works on
/// any loop, while a runtime of tokio's with one worker waits. The crate async-compat does the same for smol:
/// <https://docs.rs/async-compat>.
///
/// Those of async-io would need nothing else, but it has one thread for all loops of the process, which sleeps up to 10 ms as
/// long as any thread is in its `block_on`. The threads of smol and async-std that the other rows start always are.
pub(crate) fn generator_server() -> io::Result<GeneratorServer> {
    let mut one_worker = Builder::new_multi_thread();
    one_worker.worker_threads(1);
    let sockets = tokio_server(one_worker)?;
    Ok(Server { address: sockets.address, listener: sockets, runtime: EventLoop::new() })
}

pub(crate) fn generator<T: Tally>(server: &GeneratorServer, job: Echo) -> Result<Pass, Fault> {
    let Server { listener: sockets, address, runtime } = server;
    let _sockets = sockets.runtime.enter();
    let accept = async || tokio_accept(&sockets.listener).await;
    let spawn = |stream| Ok(runtime.create_task(tokio_echo(stream))?);
    echo::pass(job, *address, || {
        runtime.run_until_complete(echo::serve::<T, _, _>(job.connections, accept, spawn, |output| Ok(output?)))?
    })
}
