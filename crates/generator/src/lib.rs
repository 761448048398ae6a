#![doc = include_str!("../README.md")]
//!
//! Begin with [`EventLoop`]. A task's result is a [`LoopFuture`], and a [`Promise`] sets one by hand. Async code calls [`sleep`] and
//! [`yield_now`]. Around them are [`timeout`], [`wait`], [`shield`], [`task_group`] and [`CancelRequest`].
//!
//! # Reading order
//! | file | lines of code | what |
//! |---|---|---|
//! | [`event_loop.rs`] | 130 | the loop as its users see it, with asyncio's names |
//! | [`run.rs`] | 260 | the run: who is ready, their turns, and what each turn asked for |
//! | [`task.rs`] | 130 | a task, its states, and every transition between them |
//! | [`table.rs`] | 140 | an entry for each task, and the list of ready tasks |
//! | [`shared.rs`] | 190 | spawn, wake, fire the timers, park, cancel, end |
//! | [`sleep.rs`] | 190 | a sleep, its timer, and all timers in the order of time |
//! | [`yield_now.rs`] | 40 | how a future asks for another turn |
//! | [`waker.rs`] | 130 | wakes from other libraries and other threads |
//!
//! A ready task is on a list, or in the queue of the run. `Run::give_turn` takes the next task off the list and gives it a turn.
//! `Run::give_turns` gives turns in the queue, where tasks stay as long as they only yield: that is the fast path. `Run::begin_round`
//! chooses between the two, and the order of turns is the same. A *round* is a number of turns; between two rounds the loop checks its
//! timers.
//!
//! Between `sleep(d).await` and the next line:
//! 1. `Sleep::poll` sets a timer: a time and the slot of the task, in a heap, and no waker ([`sleep.rs`]). The poll is pending.
//! 2. `Coroutine::resume` of a future turns that into [`Request::Wait`], and `take_turn` turns the request into `Event::Wait`
//!    ([`task.rs`]).
//! 3. `Run::after_turn` puts the task into its entry in the table, where it is on no list ([`run.rs`], [`table.rs`]).
//! 4. Before each round, `Shared::run` in `run.rs` calls `fire_timers`, which reads the clock. If no task is ready, `park` waits until the
//!    timer is due ([`shared.rs`]).
//! 5. The timer is due: `wake` puts the id of the task at the end of the list. `Table::take_ready` takes the task out for its turn.
//! 6. `Sleep::poll` compares its time with the one that `fire_timers` read, and the sleep is over.
//!
//! A sleep that is dropped clears its timer. Four names on the way are from other files: `is_lent`, whether a poll is the task's own and
//! not one inside a `join_all`; `take_request`, whether the task has asked for another turn ([`yield_now.rs`]); `end_fast_path`, which
//! sends the run from `give_turns` back to its loop ([`waker.rs`]); and `latest`, the time that `fire_timers` has read ([`clock.rs`]).
//!
//! Take these as given at first: [`generator.rs`] (the trait: resume, yield a request, complete), [`coroutine.rs`] and [`by_hand.rs`] (what
//! the loop takes: a future, or a generator), [`future.rs`] (a result and its promise), [`gather.rs`], [`clock.rs`], [`panics.rs`],
//! [`choosing.rs`] (a run in which you choose whose turn it is, for tests), [`runtime.rs`] (the loop behind
//! [`paintdry_core::Runtime`]), [`error.rs`]. [`amap.rs`] and [`paint.rs`] are the two jobs of the Paintdry course, written
//! by hand. `asyncio/` has what asyncio offers around a loop: limits of time, `wait`, shields, task groups, requests to
//! cancel.
//!
//! # A task's states
//! ```text
//!           1             2               3
//!   spawn ────▶ Runnable ────▶ Scheduled ────▶ Ended or Panicked
//!                 ▲             │     │
//!               5 │           4 │     │ 6              7
//!                 └─── Waiting ◀┘     └──▶ Cancelling ────▶ Cancelled or Panicked
//! ```
//! 1. `Shared::spawn`
//! 2. `Table::take_ready`: the run takes the task off the list. It goes back when it has yielded outside the queue
//!    (`Run::after_turn`), and from the queue when tasks there are cancelled or the run ends (`Run::drop_cancelled`)
//! 3. `Run::after_turn`; for the future of a promise `Promise::set_result`
//! 4. `Run::after_turn`, for a generator that yields [`Request::Wait`] or [`Request::Sleep`] of more than zero, and for an `.await` that is
//!    pending and no yield; but not if the task was woken in this turn
//! 5. `Shared::wake`, by a waker, a result, or a timer
//! 6. `Shared::cancel`; a task that is `Runnable` or `Waiting` is cancelled at once
//! 7. `Run::drop_cancelled`, or the end of the task's own turn
//!
//! A task that yields in the queue stays there. A task that is woken in its own turn is `Woken`: if it then asks to wait, it stays
//! scheduled. `Owed` and `Broken` are states of a future that belongs to a promise.
//!
//! # What is specific to it
//! | | `EventLoop` |
//! |---|---|
//! | threads that run tasks | the caller's |
//! | bound of its own spawn | `'static` ([`EventLoop::create_task`]) |
//! | dropping a task's handle | detaches the task |
//! | a panic in a task | is caught; its future returns it as an error |
//! | a panic in a drop | goes to the code that cancels the task, or closes or drops the loop; where the loop drops by itself, it is caught |
//! | timers | a heap, checked between two rounds: about 0.1 ms late if turns are short |
//! | a sleep of zero, and of `Duration::MAX` | the first is a yield; the second ends after 584 years |
//! | a sleep counts from | its first poll, or the yield of its request |
//! | its yield | puts the task at the end of the queue, without a waker; inside a combinator such as `join_all` it wakes that |
//! | outside `run_until_complete` | [`EventLoop::create_task`] works; awaiting [`sleep`] or [`yield_now`] panics |
//! | dropping the runtime | drops every task that has not ended; their destructors cannot spawn ([`Error::Closed`]) |
//!
//! [`event_loop.rs`]: ../src/paintdry_generator/event_loop.rs.html
//! [`run.rs`]: ../src/paintdry_generator/run.rs.html
//! [`task.rs`]: ../src/paintdry_generator/task.rs.html
//! [`table.rs`]: ../src/paintdry_generator/table.rs.html
//! [`shared.rs`]: ../src/paintdry_generator/shared.rs.html
//! [`sleep.rs`]: ../src/paintdry_generator/sleep.rs.html
//! [`yield_now.rs`]: ../src/paintdry_generator/yield_now.rs.html
//! [`waker.rs`]: ../src/paintdry_generator/waker.rs.html
//! [`generator.rs`]: ../src/paintdry_generator/generator.rs.html
//! [`coroutine.rs`]: ../src/paintdry_generator/coroutine.rs.html
//! [`by_hand.rs`]: ../src/paintdry_generator/by_hand.rs.html
//! [`future.rs`]: ../src/paintdry_generator/future.rs.html
//! [`gather.rs`]: ../src/paintdry_generator/gather.rs.html
//! [`clock.rs`]: ../src/paintdry_generator/clock.rs.html
//! [`panics.rs`]: ../src/paintdry_generator/panics.rs.html
//! [`choosing.rs`]: ../src/paintdry_generator/choosing.rs.html
//! [`runtime.rs`]: ../src/paintdry_generator/runtime.rs.html
//! [`error.rs`]: ../src/paintdry_generator/error.rs.html
//! [`amap.rs`]: ../src/paintdry_generator/amap.rs.html
//! [`paint.rs`]: ../src/paintdry_generator/paint.rs.html

mod coroutine;
pub use coroutine::IntoCoroutine;

mod by_hand;

mod generator;
pub use generator::{Generator, GeneratorState, Request};

mod amap;
pub use amap::{Amap, amap};

mod paint;
pub use paint::{Paint, paint};

mod event_loop;
pub use event_loop::EventLoop;

mod run;

mod task;

mod shared;

mod table;

mod future;
pub use future::{LoopFuture, Promise};

mod gather;
pub use gather::Gather;

mod sleep;
pub use sleep::{Sleep, sleep};

mod yield_now;
pub use yield_now::{YieldNow, yield_now};

mod waker;

mod clock;

mod choosing;
pub use choosing::work;
pub use paintdry_core::{Chooser, TurnEnd};

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
