//! A painting workshop that takes orders over TCP, built in twelve steps.
//!
//! A client sends `PAINT sky 2s`. The workshop paints the sky, lets it dry on a rack for two seconds, and answers `DRY sky`.
//! `docs/19-workshop.md` builds the server step by step; [`steps`] has a file for each step, so that `diff` shows what it adds.
//! The last step is the one that the binary runs.
//!
//! ```
//! use futures::io::{AsyncReadExt, AsyncWriteExt};
//! use paintdry_core::Runtime;
//! use paintdry_smol::Local;
//! use paintdry_studio::{Clock, Studio};
//! use paintdry_workshop::{Settings, lobby, steps::s02_tasks};
//! use std::time::Duration;
//!
//! type R = Studio<Local>;
//!
//! let watched = R::new(Clock::Virtual).run(async {
//!     let (lobby, listener) = lobby();
//!     let server = R::spawn(s02_tasks::serve::<R, _>(listener, Settings::default()));
//!     let mut client = lobby.connect("ada").await;
//!     client.write_all(b"PAINT sky 2s\n").await?;
//!     let mut answer = [0; 8];
//!     client.read_exact(&mut answer).await?;
//!     drop((server, client));
//!     std::io::Result::Ok(answer)
//! });
//! assert_eq!(&watched.result.unwrap().unwrap(), b"DRY sky\n");
//! assert_eq!(watched.wall, Duration::from_secs(2));
//! ```
//!
//! In reading order: what does not change from step to step ([`Order`] and [`Answer`], [`Lines`], [`Job`], [`Crew`], [`unless`],
//! [`Settings`], [`Metrics`]); where connections come from ([`Listen`], and in memory [`lobby`] and [`pipe`]); [`steps`]; the
//! runtimes with their sockets ([`Sockets`], [`on_tokio`], [`on_async_std`], [`on_smol`], [`on_our_loop`]); and the
//! [`client`]s.

mod order;
pub use order::{Answer, BadLine, Order};

mod lines;
pub use lines::Lines;

mod job;
pub use job::{Job, Promise, promise};

mod crew;
pub use crew::Crew;

mod unless;
pub use unless::unless;

mod settings;
pub use settings::Settings;

mod metrics;
pub use metrics::Metrics;

mod pipe;
pub use pipe::{Pipe, pipe};

mod listen;
pub use listen::{Listen, Lobby, LobbyListener, Sockets, lobby};

pub mod steps;

pub mod on_tokio;

pub mod on_async_std;

pub mod on_smol;

pub mod on_our_loop;

pub mod client;
