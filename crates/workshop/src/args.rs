//! The command line of the workshop.

use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A painting workshop that takes orders over TCP
#[derive(Debug, Parser)]
#[command(name = "workshop", version)]
pub(crate) enum Command {
    /// Open the workshop, until Ctrl-C
    Serve(Serve),
    /// Order canvases, and wait for them
    Orders(Orders),
    /// Measure many clients, on each runtime in turn
    Load(Load),
}

/// Reads a number from 1 to `most`. Each rack is a task, and each client a connection, so a typing error must not fill the memory.
fn up_to(most: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=most)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    Tokio,
    AsyncStd,
    Smol,
    Loop,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) size: Size,
    /// Close after this time, without Ctrl-C
    #[arg(long, value_parser = humantime::parse_duration, value_name = "TIME")]
    pub(crate) close_after: Option<Duration>,
    /// Record the run, and write a page that plays it
    #[arg(long, value_name = "FILE.html")]
    pub(crate) replay: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Orders {
    #[command(flatten)]
    pub(crate) place: Place,
    /// What to paint, each on a connection of its own, such as `sky=2s`
    #[arg(required = true, value_name = "NAME=TIME")]
    pub(crate) canvases: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Load {
    /// Only this runtime
    #[arg(short, long, value_enum)]
    pub(crate) runtime: Option<Name>,
    #[command(flatten)]
    pub(crate) size: Size,
    /// How many clients are connected at the same time
    #[arg(short = 'n', long, default_value_t = 100, value_parser = up_to(10_000))]
    pub(crate) clients: usize,
    /// How many orders each client sends, one after the other
    #[arg(long, default_value_t = 100, value_parser = up_to(1_000_000))]
    pub(crate) orders: usize,
    /// How long each canvas dries
    #[arg(long, value_parser = humantime::parse_duration, default_value = "0s", value_name = "TIME")]
    pub(crate) drying: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The runtime
    #[arg(short, long, value_enum, default_value = "tokio")]
    pub(crate) runtime: Name,
    /// Where the workshop is; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:7070")]
    pub(crate) address: SocketAddr,
}

#[derive(Debug, Args)]
pub(crate) struct Size {
    /// How many canvases dry at the same time
    #[arg(long, value_parser = up_to(10_000))]
    pub(crate) racks: Option<usize>,
    /// How many orders wait for a rack
    #[arg(long, value_parser = up_to(1_000_000))]
    pub(crate) queue: Option<usize>,
}
