#![doc = include_str!("../README.md")]
//!
//! [`Explorer`] runs the program, on the loop of [`paintdry_generator`], again and again. At each turn for which several tasks are
//! ready, it chooses the task that runs, until all orders have been tried or one fails: a task panics, no task can run, or all tasks
//! run and none makes progress.
//!
//! # On another runtime
//! [`Explorer::check_on`] explores a program on tokio's current-thread runtime, on smol's local executor, or on any other runtime
//! that runs its tasks on the calling thread. The program spawns, sleeps and yields through [`Turnstile<R>`](Turnstile), and may use
//! that runtime's locks and channels. The schedules, the reports and the seeds are the same as on the loop: the "loop's own order" is
//! then the order in which the tasks became ready. A runtime with threads of its own is refused
//! ([`CheckError::SeveralThreads`]).
//!
//! # What can be explored
//! Anything that runs on the generator loop: programs that are generic over their [`Runtime`](paintdry_core::Runtime), as on
//! [`ExploredLoop`], and programs of the loop's own tasks and promises, through the handle that `check` gives. Time is virtual:
//! it does not move while a task is ready, and then jumps to the next timer. Tasks whose timers fire together become ready
//! together, and which of them is first is a choice like any other.
//!
//! A program may start several loops, one after another or inside a task, where the loop is part of the task's turn. The
//! explorer tries the orders of all of them. Their times follow each other: [`now`] counts from the start of the run. The time that a loop
//! takes inside a turn is added to the time of the loop around it.
//!
//! # How many
//! The number of orders grows fast: four tasks of four turns have 63 million. [`Explorer::pruned`] skips what leads to
//! nothing new, and says what it needs for that. [`Explorer::depth`] and [`Explorer::budget`] are limits, and
//! [`Explored::is_complete`] says whether all orders were tried. [`Seed::Random`] draws random orders if there are too many.
//!
//! # From a failure to its page
//! The [`Schedule`] of a [`Failure`] repeats it ([`Explorer::seed`]), as long as the program does not change.
//! [`Failure::recorded`] is the run as a recording holds it, from which `paintdry_replay::page` makes a page.
//!
//! In reading order: [`Explorer`], [`Failure`], [`Schedule`], [`Shared`] and [`touch`] (what tasks share), [`name_task`] and
//! [`note`] (what they say), [`select`] and [`cancel_at_any_await`] (choices inside a turn), [`work`] and [`sleep_blocking`] (turns that take time), [`Verdict`] (what the program ends with),
//! [`ExploredLoop`], [`Turnstile`], [`Explorer::play`] (one run, choice by choice),
//! [`Explorer::survey`] (how many schedules fail) and [`observe`] (which of them a runtime takes), [`programs`]. Inside: [`search.rs`]
//! (run after run), [`attempt.rs`] (one run, and why it fails), [`run.rs`] (its choices), [`chooser.rs`] (its loops and runtimes), [`hashes.rs`]
//! (which states are equal), [`shorten.rs`], [`recorder.rs`], [`traced.rs`].
//!
//! [`search.rs`]: ../src/paintdry_explore/search.rs.html
//! [`attempt.rs`]: ../src/paintdry_explore/attempt.rs.html
//! [`run.rs`]: ../src/paintdry_explore/run.rs.html
//! [`chooser.rs`]: ../src/paintdry_explore/chooser.rs.html
//! [`hashes.rs`]: ../src/paintdry_explore/hashes.rs.html
//! [`shorten.rs`]: ../src/paintdry_explore/shorten.rs.html
//! [`recorder.rs`]: ../src/paintdry_explore/recorder.rs.html
//! [`traced.rs`]: ../src/paintdry_explore/traced.rs.html

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

mod branches;
pub use branches::{CancelAtAnyAwait, Select, cancel_at_any_await, select};

mod words;
pub use paintdry_core::{name_task, note, now};

mod runtime;
pub use runtime::ExploredLoop;

mod turnstile;
pub use turnstile::Turnstile;

mod task;
pub use task::ExploredTask;

mod played;
#[cfg(panic = "abort")]
pub use played::played_until;
pub use played::{Ended, Play, Played, Then};

mod survey;
pub use survey::{Observed, Survey, observe};

mod time;
pub use time::{sleep_blocking, work};

mod settings;

mod search;

mod attempt;

mod run;
pub use run::Choice;

mod chooser;

mod names;

mod hashes;

mod shorten;

mod recorder;

mod traced;

mod uses;

mod locks;

mod text;

mod quiet;

pub mod programs;
