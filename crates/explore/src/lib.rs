//! Runs an async program under every order of its tasks, and shows the shortest one that fails.
//!
//! A program whose tasks take turns has a bug as often as not in one order of the turns and not in another. A test sees one
//! of them, the same one each time. The explorer runs the program on the loop of [`paintdry_generator`] again and again, and
//! says at each turn for which several tasks are ready which of them has it, until all orders have been tried or one fails:
//! a task panics, no task can run, or all take turns and none gets on.
//!
//! ```
//! use paintdry_core::{Runtime, gather};
//! use paintdry_explore::{ExploredLoop, Explorer, CheckError, Shared, name_task};
//!
//! async fn pours(name: &str, paint: Shared<u32>) {
//!     name_task(name);
//!     if paint.get() > 0 {
//!         ExploredLoop::yield_now().await; // fetches a brush
//!         paint.change(|paint| *paint = paint.checked_sub(1).expect("there was some paint"));
//!     }
//! }
//!
//! let result = Explorer::new().check(|_| async {
//!     let paint = Shared::new("paint", 1);
//!     gather::<ExploredLoop, _>(["ada", "bob"].map(|name| pours(name, paint.clone()))).await;
//! });
//! let Err(CheckError::Failed(failure)) = result else { panic!("it has a bug") };
//! println!("{failure}");
//! # let text = failure.to_string();
//! # let (why, turns) = text.split_once("\n\n").unwrap();
//! # assert!(why.starts_with("bob panics at") && why.ends_with("there was some paint"), "{why}");
//! # assert_eq!(turns, "The shortest failing schedule that was found has 5 turns, all in the loop's own order:
//! #    1   main  makes ada, makes bob, waits
//! #    2   ada   sees paint 1, yields
//! #    3   bob   sees paint 1, yields
//! #    4   ada   changes paint to 0, ends
//! #    5   bob   panics\n\nSeed: 1:0");
//! ```
//! prints
//! ```text
//! bob panics at src/pot.rs:8: there was some paint
//!
//! The shortest failing schedule that was found has 5 turns, all in the loop's own order:
//!    1   main  makes ada, makes bob, waits
//!    2   ada   sees paint 1, yields
//!    3   bob   sees paint 1, yields
//!    4   ada   changes paint to 0, ends
//!    5   bob   panics
//!
//! Seed: 1:0
//! ```
//! In a test, `Explorer::new().check(…)` is unwrapped: the error's text is the one above, and the test fails with it.
//!
//! # What can be explored
//! Whatever runs on the generator loop: programs that are generic over their [`Runtime`](paintdry_core::Runtime), as on
//! [`ExploredLoop`], and programs of the loop's own tasks and promises, by the handle that `check` gives. Time is virtual: it
//! stands still as long as a task is ready, and then jumps to the next timer; tasks whose time comes together become ready
//! together, and which of them is first is a choice like any other. The order of the turns must be all that a program depends
//! on: no random numbers, no clock of the machine, no threads. An order of turns is all that is tried out: one thread runs
//! the tasks, and what they do between two awaits is never torn apart.
//!
//! A program may start several loops, one after another or inside of a task, where a loop is part of the task's turn. The
//! orders of all of them are tried. Their times follow each other: [`now`] counts from the start of the run.
//!
//! # How many
//! All orders are soon too many: four tasks of four turns have 63 million. [`Explorer::pruned`] leaves out what leads to
//! nothing new, and says what it takes for that; [`Explorer::depth`] and [`Explorer::budget`] are limits, and
//! [`Explored::is_complete`] says whether they were reached. [`Seed::Random`] draws orders where all are too many.
//!
//! # From a failure to its page
//! The [`Schedule`] of a [`Failure`] repeats it ([`Explorer::seed`]), as long as the program stays as it is.
//! [`Failure::recorded`] is the run as it stands in a recording, from which `paintdry_replay::page` makes a page.
//!
//! In reading order: [`Explorer`], [`Failure`], [`Schedule`], [`Shared`] and [`touch`] (what tasks share), [`name_task`] and
//! [`note`] (what they say), [`Verdict`] (what the program ends with), [`ExploredLoop`], [`programs`]. Inside: `search.rs` (run after run), `attempt.rs` (one of them, and
//! why it fails), `run.rs` (its choices), `chooser.rs` (its loops), `hashes.rs` (by what two states are known to be alike),
//! `shorten.rs`, `recorder.rs`.

mod explorer;
pub use explorer::Explorer;

mod explored;
pub use explored::Explored;

mod verdict;
pub use verdict::Verdict;

mod seed;
pub use seed::{ParseSeedError, Schedule, Seed};

mod error;
pub use error::CheckError;

mod failure;
pub use failure::{Failure, Turn, Why};

mod shared;
pub use shared::{Shared, Touching, touch, touching};

mod words;
pub use paintdry_core::{name_task, note, now};

mod runtime;
pub use runtime::{ExploredLoop, ExploredTask};

mod settings;

mod search;

mod attempt;

mod run;

mod chooser;

mod names;

mod hashes;

mod shorten;

mod recorder;

mod text;

mod quiet;

pub mod programs;
