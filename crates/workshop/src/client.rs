//! The clients: one that waits for the answer to each order, and many of them, which measure how long that takes.

use crate::{Lines, Listen, Sockets};
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::{Runtime, gather};
use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// An answer of the workshop is no longer than this.
const LONGEST: usize = 1_024;

/// A connection to a workshop.
#[derive(Debug)]
pub struct Client<C>(Lines<C>);

impl<C: AsyncRead + AsyncWrite + Unpin> Client<C> {
    /// A client on this connection.
    pub const fn new(connection: C) -> Self {
        Self(Lines::new(connection, LONGEST))
    }

    /// Sends a line, and waits for its answer.
    ///
    /// # Errors
    /// If the connection is lost, or closed before the answer.
    pub async fn ask(&mut self, line: impl Display + Send + Sync) -> io::Result<String> {
        self.0.send(&line).await?;
        self.answer().await
    }

    /// Sends a line, and does not wait.
    ///
    /// # Errors
    /// If the connection is lost.
    pub async fn send(&mut self, line: impl Display + Send + Sync) -> io::Result<()> {
        self.0.send(&line).await
    }

    /// Waits for the next answer.
    ///
    /// # Errors
    /// If the connection is lost or closed.
    pub async fn answer(&mut self) -> io::Result<String> {
        let line = self.0.next().await?.ok_or(ErrorKind::UnexpectedEof)?;
        line.map(|line| String::from_utf8_lossy(&line).into_owned())
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string()))
    }
}

/// What the clients of a load run do.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// How many clients there are.
    pub clients: usize,
    /// How many orders each sends, one after the other.
    pub orders: usize,
    /// How long each canvas dries.
    pub drying: Duration,
}

/// What came of a load run.
#[derive(Debug, Clone)]
pub struct Measured {
    /// From the first order to the last answer.
    pub took: Duration,
    /// How long each answer took, from the shortest time to the longest.
    pub latencies: Vec<Duration>,
    /// How many canvases are dry.
    pub dry: usize,
}

impl Measured {
    /// How many answers came in a second.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no client sends that many orders")]
    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// The latency that this many of a hundred answers do not exceed.
    #[must_use]
    pub fn percentile(&self, of_hundred: usize) -> Duration {
        let place = (self.latencies.len() * of_hundred).div_ceil(100).saturating_sub(1);
        self.latencies.get(place).copied().unwrap_or_default()
    }
}

/// Connects all clients, and lets each send its orders. A client sends its next order when it has the answer to the last one, so
/// if the workshop is slow, it gets fewer orders.
///
/// # Errors
/// If a client cannot connect, or gets no answer.
pub async fn load<R: Runtime, S: Sockets>(address: SocketAddr, load: Load) -> io::Result<Measured>
where
    <S::Listener as Listen>::Connection: Send,
{
    let mut clients = Vec::new();
    for _ in 0..load.clients {
        clients.push(Client::new(S::connect(address).await?));
    }
    let start = Instant::now();
    let tasks = (0..).zip(clients).map(|(number, client)| sends::<S>(client, number, load));
    let (mut latencies, mut dry) = (Vec::new(), 0);
    for ended in gather::<R, _>(tasks).await {
        let (its_latencies, its_dry) = ended.map_err(io::Error::other)??;
        latencies.extend(its_latencies);
        dry += its_dry;
    }
    let took = start.elapsed();
    latencies.sort_unstable();
    Ok(Measured { took, latencies, dry })
}

/// One client of a load run: how long each answer took, and how many canvases are dry.
async fn sends<S: Sockets>(
    mut client: Client<<S::Listener as Listen>::Connection>,
    number: usize,
    load: Load,
) -> io::Result<(Vec<Duration>, usize)> {
    let (mut latencies, mut dry) = (Vec::new(), 0);
    let order = format!("PAINT canvas{number} {}", humantime::format_duration(load.drying));
    for _ in 0..load.orders {
        let sent = Instant::now();
        let answer = client.ask(&order).await?;
        latencies.push(sent.elapsed());
        dry += usize::from(answer.starts_with("DRY "));
    }
    Ok((latencies, dry))
}
