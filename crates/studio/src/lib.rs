#![doc = include_str!("../README.md")]
//!
//! [`Studio`] is the runtime that watches, [`WatchedRun`] what it has seen, [`Recording`] the file of several runs. [`sync`] has
//! locks and channels that a recording shows. [`spawn_thread`] and [`BlockingStudio`] are for programs that block.
//!
//! # In tokio-console
//!
//! With the feature `tracing`, which is off by default, each task is a span and each call of its waker an event, under
//! the names that [tokio-console](https://docs.rs/tokio-console) reads: it then shows the tasks of any runtime, where
//! otherwise it shows tokio's. A program of yours depends on
//! ```toml
//! paintdry-studio = { version = "0.1", features = ["tracing"] }
//! console-subscriber = "0.5"
//! ```
//! begins its `main` with `console_subscriber::init();`, and is started by
//! ```sh
//! RUSTFLAGS="--cfg console_without_tokio_unstable" cargo run
//! tokio-console   # in another terminal, while it runs
//! ```
//! Without that flag console-subscriber panics. With `--cfg tokio_unstable` in its place the tasks of tokio come twice:
//! as tokio sees them (target `tokio::task`), and as they are seen here (target `paintdry::task`).
//!
//! The console goes by the machine's clock: in virtual time no task is idle for long. A task's ID is its number; the
//! main task is 0, and called `main`. Its location is the line that spawned it. The name of another task is shown if it was
//! spawned with [`Studio::spawn_named`]: console-subscriber 0.5 reads the fields of a span only when it is opened, so what
//! [`name_task`] adds later it does not show. Its number of wakers is always 1, because copies cannot be counted without `unsafe`. Timers
//! are not among the console's resources.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod studio;
pub use studio::Studio;

mod watched_run;
pub use watched_run::WatchedRun;

mod task;
pub use task::Task;

mod here;
pub use here::at_line;
pub use paintdry_core::{Chooser, TurnEnd, name_task, note, now};

mod threads;
pub use threads::{BlockingStudio, BlockingTask, sleep_blocking, work};

mod thread;
pub use thread::{BlockingThread, spawn_thread};

mod clock;
pub use clock::Clock;

mod run;

mod timers;

mod counts;

mod facts;

mod state;

mod spans;

mod watch;

mod turnstile;

mod pause;

mod yielding;

mod watchdog;

mod stalled;
pub use stalled::{Stalled, StuckTask, Wanted};

mod recording;
pub use recording::{RecordedRun, RecordedState, Recording, RecordingError, Source, States, limits};

mod workload;
pub use workload::{AmapWorkload, PaintWorkload, RecordedWorkload};

mod host;
pub use host::{Host, RUSTC};

mod trace;

mod event;
pub use event::{Aim, Event, EventKind, WakeSource};

mod event_text;

mod resource;
pub use resource::{Resource, ResourceKind};

mod resources;

mod waits;

pub mod sync;

mod log;

mod primitives;

#[cfg(all(test, paintdry_loom))]
mod models;
