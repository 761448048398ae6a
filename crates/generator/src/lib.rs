//! A small framework of generators: an event loop, tasks, futures and promises, to read in one sitting.
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
//! # Reading order
//! | file | lines | what |
//! |---|---|---|
//! | `generator.rs` | 40 | the trait: resume, yield a request, complete |
//! | `event_loop.rs` | 100 | the loop as its users see it, with asyncio's names |
//! | `run.rs` | 230 | a task's whole life: ready, its turn, and what it asked for |
//! | `task.rs` | 140 | a task, its states, and every transition between them |
//! | `shared.rs` | 190 | spawn, wake, cancel, end |
//! | `pause.rs` | 150 | yield and sleep in async code |
//! | `timers.rs` | 120 | who is woken when |
//! | `waker.rs` | 150 | wakes from other libraries and other threads |
//!
//! Take these as given at first: `queue.rs` (turns without moving a task), `table.rs` (an entry for each task), `future.rs`
//! (a result and its promise), `polling.rs` (a future as a generator), `gather.rs`, `clock.rs`, `panics.rs`, `choosing.rs` (a
//! run in which you choose whose turn it is), `runtime.rs` (the loop behind [`paintdry_core::Runtime`]), `error.rs`. `amap.rs`
//! and `paint.rs` are the course's two jobs, written by hand. `asyncio/` has what asyncio offers around a loop: limits of time,
//! `wait`, shields, task groups, requests to cancel. The loop does not know of it.
//!
//! # A task's states
//! ```text
//!              Shared::spawn
//!                    │
//!                    ▼        Run::take_ready              Shared::end
//!                  Ready ───────────────────────▶ Queued ────────────────▶ Ended, Panicked
//!                  ▲   ▲                          │ │  │                      │ LoopFuture::take
//!   Shared::wake   │   │ Shared::fire_timers      │ │  │ Shared::cancel       ▼
//!                  │   │                          │ │  ▼                    Taken
//!                  │ Asleep ◀────── Sleep ────────┘ │ Cancelling
//!                  │   │         Run::after_yield   │  │ Run::drop_cancelled
//!                Waiting ◀───────── Wait ───────────┘  ▼
//!                  └───┴────── Shared::cancel ─────▶ Cancelled
//! ```
//! A task that yields stays queued. One that is woken in its own turn is *woken*, and then does not come to wait.
//!
//! # What is particular to it
//! | | `EventLoop` |
//! |---|---|
//! | threads that run tasks | the caller's |
//! | bound of its own spawn | `'static` ([`EventLoop::create_task`]) |
//! | dropping a task's handle | detaches the task |
//! | a panic in a task | is caught; its future gives it as an error |
//! | a panic in a drop | goes to whoever cancels the task, closes the loop or drops it; where the loop drops by itself, it is caught |
//! | timers | a heap, checked between two rounds: about 0.1 ms late |
//! | a sleep of zero, and of `Duration::MAX` | is a yield; ends after 584 years |
//! | a sleep counts from | its first poll, or the yield of its request |
//! | its yield | puts the task at the end of the queue, without a waker |
//! | outside `run_until_complete` | [`EventLoop::create_task`] works; awaiting [`sleep`] or [`yield_now`] panics |
//! | dropping the runtime | drops every task that has not ended; their destructors cannot spawn ([`Error::Closed`]) |
//!
//! A full runtime also runs tasks on several threads, and waits for sockets and files. This one does not.

mod generator;
pub use generator::{Generator, GeneratorState, Request};

mod amap;
pub use amap::{Amap, amap};

mod paint;
pub use paint::{Paint, paint};

mod event_loop;
pub use event_loop::EventLoop;

mod run;

mod queue;

mod task;

mod shared;

mod table;

mod timers;

mod future;
pub use future::{LoopFuture, Promise};

mod gather;
pub use gather::Gather;

mod polling;
pub use polling::{FutureGenerator, from_future};

mod pause;
pub use pause::{Sleep, YieldNow, sleep, yield_now};

mod waker;

mod clock;

mod choosing;
pub use choosing::{Chooser, TurnEnd};

mod asyncio;
pub use asyncio::cancel_on_drop::CancelOnDrop;
pub use asyncio::cancel_request::CancelRequest;
pub use asyncio::group::{TaskGroup, task_group};
pub use asyncio::shield::{Shield, shield};
pub use asyncio::timeout::{timeout, wait_for};
pub use asyncio::wait::{ReturnWhen, wait};

mod error;
pub use error::Error;

mod runtime;
pub use runtime::Task;

mod panics;

mod sync;

#[cfg(all(test, paintdry_loom))]
mod models;
