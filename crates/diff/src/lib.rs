//! Finds the first difference of two recorded runs of async tasks that no other difference causes, and says why it is there.
//!
//! ```
//! use paintdry_core::{Runtime, name_task, note};
//! use paintdry_diff::{Run, diff};
//! use paintdry_studio::{Clock, RecordedRun, Recording, Studio};
//! use std::time::Duration;
//!
//! fn record<R: Runtime>() -> RecordedRun {
//!     let second = Duration::from_secs(1);
//!     let main = async move {
//!         drop(Studio::<R>::spawn(async move {
//!             name_task("bob");
//!             Studio::<R>::sleep(second).await;
//!             note("has painted");
//!         }));
//!         Studio::<R>::sleep(2 * second).await;
//!     };
//!     Studio::<R>::new(Clock::Virtual).recording().run(main).recorded(R::NAME, "one thread")
//! }
//!
//! let mut recording = Recording::of_program("a dropped handle", Clock::Virtual, Vec::new());
//! recording.runs = vec![record::<paintdry_tokio::CurrentThread>(), record::<paintdry_smol::Local>()];
//! let runs = [0, 1].map(|number| Run::of(&recording, number).unwrap());
//! println!("{}", diff(&runs[0], &runs[1]));
//! ```
//! prints
//! ```text
//! main and bob do the same until the first turn of bob. Then bob continues on tokio, and is cancelled on smol, where main drops its handle.
//!
//! Why: tokio lets the task continue when its handle is dropped; smol cancels the task when its handle is dropped.
//! ```
//!
//! | file, in reading order | what is in it |
//! |---|---|
//! | `run.rs` | [`Run`]: a run, and what it is called |
//! | `lives.rs`, `reading.rs` | what each task did, in steps and in turns |
//! | `pairs.rs` | which task of one run is which of the other |
//! | `steps.rs` | the step in which each task first differs, and which of these no other one causes |
//! | `order.rs` | the turn from which the order differs, and whose turn came before a step |
//! | `particular.rs` | the table of what is particular to each runtime |
//! | `reason.rs` | [`Reason`]: why a step or an order differs |
//! | `words.rs`, `because.rs` | both as sentences |
//! | `difference.rs` | [`Diff`]: the result |
//! | `compare.rs` | [`diff()`]: all of it together |
//! | `groups.rs` | [`group()`]: many runs |

mod run;
pub use run::Run;

mod lives;

mod reading;

mod pairs;

mod steps;

mod order;

mod particular;

mod reason;
pub use reason::Reason;

mod words;

mod because;

mod difference;
pub use difference::{Diff, Difference, Side, Verdict};

mod compare;
pub use compare::diff;

mod groups;
pub use groups::{Between, Groups, group};
