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
//! Read these first, in this order: 600 lines, of which each is about the loop and not about how something is stored.
//!
//! | file | lines | what |
//! |---|---|---|
//! | `generator.rs` | 20 | the trait: resume, yield a request, complete |
//! | `event_loop.rs` | 100 | the loop as its users see it, with asyncio's names |
//! | `gather.rs` | 20 | waiting for several tasks, as a generator |
//! | `run.rs` | 100 | the loop inside: its rounds, and what happens when nothing is ready |
//! | `shared.rs` | 140 | what all handles of a loop share, and the steps of a task: ready, asleep, waiting, woken |
//! | `future.rs` | 130 | a future and its promise |
//! | `polling.rs` | 30 | the adapter that makes a generator of any future: what `.await` is |
//! | `pause.rs` | 90 | yield and sleep in async code |
//!
//! Two coroutines that run on it, the ones of the course, as state machines written by hand: `amap.rs` and `paint.rs`, 70
//! lines. What the loop is built of may be taken as given on first reading; each file says what it gives to those above:
//!
//! | file | lines | what it gives |
//! |---|---|---|
//! | `parts/task.rs` | 140 | a generator and then its result, in one place that the loop and the future share |
//! | `parts/queue.rs` | 100 | those that are ready, in order, and their turns |
//! | `parts/table.rs` | 100 | those that somebody has to know by a number |
//! | `parts/timers.rs` | 170 | those that go on at some time |
//! | `parts/lending.rs` | 120 | the waker that every poll is lent |
//! | `parts/remote.rs` | 110 | wakers that somebody keeps, on whatever thread, and the wait for them |
//! | `parts/first_panic.rs` | 20 | dropping many, though the drops of some panic |
//!
//! Around the loop stands what asyncio has for programs of many tasks. It is made of what is above, and the loop does not
//! know of it; a program that does without pays nothing for it:
//!
//! | file | lines | what |
//! |---|---|---|
//! | `around/timeout.rs` | 10 | a limit of time, for a coroutine and for a task |
//! | `around/wait.rs` | 20 | waiting for the first of several tasks |
//! | `around/shield.rs` | 20 | what goes on when whoever waits for it is cancelled |
//! | `around/cancel_on_drop.rs` | 30 | what does not |
//! | `around/cancel_request.rs` | 40 | cancellation that a task can catch, so that its clean-up may await |
//! | `around/group.rs` | 150 | tasks that end before their scope does |
//! | `around/notice.rs` | 20 | how the last two tell a task that something has happened |
//! | `around/unrolled.rs` | 20 | cancelling long chains of owners without using up the stack |
//!
//! For whoever tries a program under all orders of its tasks, as `paintdry-explore` does, there is a second way to run it:
//!
//! | file | lines | what |
//! |---|---|---|
//! | `around/choosing.rs` | 90 | a run in which somebody else says whose turn it is |
//!
//! Beside them stand `error.rs`, the messages, and `runtime.rs`, the loop behind [`paintdry_core::Runtime`], as the other
//! runtimes; `sync.rs`, what threads meet by, and `models.rs`, which tries every order in which they can. Lines are those of
//! code, without documentation and tests, to the nearest ten.
//!
//! What is particular to it:
//!
//! | | `EventLoop` |
//! |---|---|
//! | threads that run tasks | the caller's |
//! | bound of its own spawn | `'static` ([`EventLoop::create_task`]) |
//! | dropping a task's handle | detaches the task |
//! | a panic in a task | is caught; its future gives it as an error |
//! | a panic in a drop | goes to whoever cancels the task, closes the loop or drops it; of a result that nobody takes it is lost |
//! | timers | a heap, looked at between two rounds: about 0.1 ms late |
//! | a sleep of zero, and of `Duration::MAX` | gives the others a turn; ends after 584 years |
//! | a sleep counts from | its first poll, or the yield of its request |
//! | its yield | puts the task at the end of the queue, without a waker |
//! | outside `run_until_complete` | [`EventLoop::create_task`] works; awaiting [`sleep`] or [`yield_now`] panics |
//! | dropping the runtime | drops every task that has not ended; their destructors cannot spawn ([`Error::Closed`]) |
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

mod sync;

#[cfg(all(test, paintdry_loom))]
mod models;

mod future;
pub use future::{LoopFuture, Promise};

mod polling;
pub use polling::{FutureGenerator, from_future};

mod pause;
pub use pause::{Sleep, YieldNow, sleep, yield_now};

mod around;
pub use around::cancel_on_drop::CancelOnDrop;
pub use around::cancel_request::CancelRequest;
pub use around::choosing::{Chooser, TurnEnd};
pub use around::group::{TaskGroup, task_group};
pub use around::shield::{Shield, shield};
pub use around::timeout::{timeout, wait_for};
pub use around::wait::{ReturnWhen, wait};

mod parts;

mod error;
pub use error::Error;

mod runtime;
pub use runtime::Task;
