//! **async-std is discontinued** since its version 1.13.1 of 21 February 2025 ([RUSTSEC-2025-0052]). Use `smol`, which
//! runs on the same executor and reactor. It is kept here because courses and older programs still name it, and a
//! comparison shows what changes when you move away from it.
//!
//! Paintdry on [async-std](https://docs.rs/async-std): one flavour, [`Global`].
//!
//! ```
//! use futures::channel::oneshot;
//! use paintdry_core::{Runtime, amap};
//! use paintdry_async_std::Global;
//!
//! let (promise, future) = oneshot::channel();
//! let results = Global::start().run_until_complete(async {
//!     Global::spawn(amap(promise, |n| n * 2, 0..5, async_std::task::yield_now)).await?;
//!     Ok::<_, paintdry_core::TaskError>(future.await)
//! });
//! println!("{results:?}");
//! # assert_eq!(format!("{results:?}"), "Ok(Ok([0, 2, 4, 6, 8]))");
//! ```
//! prints `Ok(Ok([0, 2, 4, 6, 8]))`.
//!
//! What is specific to async-std:
//!
//! | | `Global` |
//! |---|---|
//! | threads that run tasks | one for each core, or `ASYNC_STD_THREAD_COUNT`; they stay until the process ends |
//! | bound of its own spawn | `Send + 'static` |
//! | dropping a task's handle | detaches the task |
//! | a panic in a task | is caught and continues in the code that awaits the handle |
//! | a panic in a drop | ends the process, if the runtime drops it: a future that has ended or is cancelled, a result that is never taken |
//! | timers | smol's: an ordered map that the reactor's thread or a waiting one reads, about 0.1 ms late |
//! | a sleep of zero, and of `Duration::MAX` | is over at its first poll; never ends |
//! | a sleep counts from | its first poll |
//! | its yield | wakes the task, which goes to the back of the queue |
//! | outside `run_until_complete` | `spawn` and `sleep` work |
//! | dropping the runtime | nothing: the executor is the process's |
//!
//! [RUSTSEC-2025-0052]: https://rustsec.org/advisories/RUSTSEC-2025-0052

mod runtime;
pub use runtime::Global;

mod task;
pub use task::Task;
