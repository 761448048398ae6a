//! A little framework of generators: an event loop, tasks, futures and promises, to read in one sitting.
//!
//! ```
//! use paintdry_generator::{EventLoop, Generator, GeneratorState, Request};
//!
//! struct Painter(&'static str, u32);
//!
//! impl Generator for Painter {
//!     type Return = ();
//!
//!     fn resume(&mut self) -> GeneratorState<()> {
//!         if self.1 == 2 {
//!             return GeneratorState::Complete(());
//!         }
//!         print!("{}{} ", self.0, self.1);
//!         self.1 += 1;
//!         GeneratorState::Yielded(Request::Turn)
//!     }
//! }
//!
//! let event_loop = EventLoop::new();
//! event_loop.run_until_complete(event_loop.gather([Painter("a", 0), Painter("b", 0)])?)?;
//! # Ok::<(), paintdry_generator::Error>(())
//! ```
//! prints `a0 b0 a1 b1`.
//!
//! In reading order:
//!
//! | file | what |
//! |---|---|
//! | `generator.rs` | the trait: resume, yield a request, complete |
//! | `amap.rs`, `paint.rs` | the two coroutines of the course, as state machines written by hand |
//! | `event_loop.rs`, `gather.rs` | the loop as its users see it, with asyncio's names |
//! | `run.rs`, `shared.rs` | the loop inside: its rounds; what its handles share, and the steps of a task |
//! | `task.rs`, `future.rs` | a generator and then its result, in one place; a promise and its future |
//! | `timers.rs`, `table.rs` | who goes on when; who waits for a wake |
//! | `polling.rs`, `pause.rs` | futures on the loop: the adapter, yield and sleep |
//! | `lending.rs`, `remote.rs` | wakers: the one that every poll is lent, and those that somebody keeps |
//! | `runtime.rs` | the loop behind [`paintdry_core::Runtime`], beside the other runtimes |
//!
//! What is particular to it:
//!
//! | | `EventLoop` |
//! |---|---|
//! | threads that run tasks | the caller's |
//! | bound of its own spawn | `'static` ([`EventLoop::create_task`]) |
//! | dropping a task's handle | detaches the task |
//! | a panic in a task | is caught; its future gives it as an error |
//! | timers | a heap, looked at between two rounds: about 0.1 ms late |
//! | a sleep counts from | its first poll, or the yield of its request |
//! | its yield | puts the task at the end of the queue, without a waker |
//! | outside `run_until_complete` | [`EventLoop::create_task`] works; awaiting [`sleep`] or [`yield_now`] panics |
//! | dropping the runtime | drops every task that has not ended |
//!
//! What it does not do, and a full runtime does: run tasks on several threads, wait for sockets and files, and take
//! turns from a task that will not give them.

mod generator;
pub use generator::{Generator, GeneratorState, Request};

mod amap;
pub use amap::{Amap, amap};

mod paint;
pub use paint::{Paint, paint};

mod event_loop;
pub use event_loop::EventLoop;

mod gather;
pub use gather::Gather;

mod run;

mod shared;

mod task;

mod table;

mod timers;

mod lending;

mod future;
pub use future::{LoopFuture, Promise};

mod polling;
pub use polling::{FutureGenerator, from_future};

mod pause;
pub use pause::{Sleep, YieldNow, sleep, yield_now};

mod remote;

mod error;
pub use error::Error;

mod runtime;
pub use runtime::Task;
