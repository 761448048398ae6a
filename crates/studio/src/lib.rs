//! Watches tasks on any async runtime: a virtual clock, a watchdog that names stuck tasks, and a recorder.
//!
//! ```
//! use paintdry_core::{Runtime, gather};
//! use paintdry_smol::Local;
//! use paintdry_studio::{Clock, Studio, name_task};
//! use std::time::Duration;
//!
//! type Watched = Studio<Local>;
//!
//! let watched = Watched::new(Clock::Virtual).recording().run(gather::<Watched, _>(["a", "b"].map(|name| async move {
//!     name_task(name);
//!     Watched::sleep(Duration::from_secs(60)).await;
//! })));
//! println!("{:?}, {} events", watched.wall, watched.events.len());
//! # assert_eq!(watched.wall, Duration::from_secs(60));
//! ```
//! prints `60s, 24 events`, in a moment.

mod studio;
pub use studio::{Studio, Watched};

mod task;
pub use task::Task;

mod here;
pub use here::{at_line, name_task, now};

mod threads;
pub use threads::{BlockingStudio, BlockingTask, sleep_blocking, work};

mod run;
pub use run::Clock;

mod counts;

mod state;

mod watch;

mod pause;

mod stalled;
pub use stalled::{Stalled, StuckTask};

mod recording;
pub use recording::{NotARecording, RecordedClock, RecordedHost, RecordedRun, RecordedWorkload, Recording, Source};

mod trace;

mod event;
pub use event::{Event, What, WokenBy};

mod event_text;

mod log;
