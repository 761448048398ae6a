//! The same tests on the real sockets of each runtime: on loopback, with clients that behave well and badly.
//!
//! What takes how long is tested in virtual time. Here a watchdog ends a test that hangs, and no time is asserted.

mod suite;

use futures::channel::oneshot;
use futures::io::AsyncWriteExt;
use paintdry_core::Runtime;
use paintdry_workshop::client::Client;
use paintdry_workshop::on_async_std::OnAsyncStd;
use paintdry_workshop::on_our_loop::OnOurLoop;
use paintdry_workshop::on_smol::OnSmol;
use paintdry_workshop::on_tokio::{self, OnTokio};
use paintdry_workshop::{Listen, Metrics, Settings, Sockets, steps};
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// A test that takes longer hangs.
const WATCHDOG: Duration = Duration::from_secs(120);

pub(crate) type Connection<S> = <<S as Sockets>::Listener as Listen>::Connection;

async fn connect<S: Sockets>(address: SocketAddr) -> Client<Connection<S>> {
    Client::new(S::connect(address).await.expect("the workshop listens"))
}

/// What a client hears, or that it has lost the connection: with which error, the system decides.
fn heard(answer: io::Result<String>) -> String {
    answer.unwrap_or_else(|_| "lost".to_owned())
}

/// Closes the writing half of a connection. For two of the runtimes, `close` of the crate `futures` only flushes.
pub(crate) trait CloseHalf {
    fn close_half(&mut self) -> impl Future<Output = io::Result<()>>;
}

impl CloseHalf for on_tokio::Connection {
    async fn close_half(&mut self) -> io::Result<()> {
        self.close().await
    }
}

impl CloseHalf for async_std::net::TcpStream {
    async fn close_half(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

impl CloseHalf for smol::net::TcpStream {
    async fn close_half(&mut self) -> io::Result<()> {
        self.close().await
    }
}

impl CloseHalf for async_io::Async<TcpStream> {
    async fn close_half(&mut self) -> io::Result<()> {
        self.get_ref().shutdown(Shutdown::Write)
    }
}

/// Opens a workshop, and plays a scene. The workshop closes when the scene drops its last argument. Then no client is left, and
/// each order has had one fate.
fn open<S: Sockets, T: Send + 'static>(
    settings: Settings,
    scene: impl AsyncFnOnce(SocketAddr, &Metrics, oneshot::Sender<()>) -> T + Send + 'static,
) -> T {
    let (ends, ended) = mpsc::channel();
    thread::spawn(move || {
        let played = S::start().run_until_complete(async {
            let (listener, address) = S::bind((Ipv4Addr::LOCALHOST, 0).into()).await.expect("there is loopback");
            let (close, closes) = oneshot::channel::<()>();
            let metrics = Arc::<Metrics>::default();
            let stop = async { _ = closes.await };
            let server =
                S::Runtime::spawn(steps::serve::<S::Runtime, _>(listener, settings, stop, Arc::clone(&metrics)));
            let played = scene(address, &metrics, close).await;
            server.await.expect("it does not panic").expect("its listener works");
            assert_eq!(metrics.clients.load(Relaxed), 0, "no client is left: {metrics}");
            assert_eq!(metrics.open(), 0, "each order has one fate: {metrics}");
            played
        });
        let _ = ends.send(played);
    });
    ended
        .recv_timeout(WATCHDOG)
        .unwrap_or_else(|_| panic!("the workshop on {} hangs or has panicked", S::Runtime::NAME))
}

#[test]
fn on_tokio() {
    suite::all::<OnTokio>();
}

#[test]
fn on_async_std() {
    suite::all::<OnAsyncStd>();
}

#[test]
fn on_smol() {
    suite::all::<OnSmol>();
}

#[test]
fn on_our_loop() {
    suite::all::<OnOurLoop>();
}
