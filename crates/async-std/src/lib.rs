#![doc = include_str!("../README.md")]
//!
//! The one flavour is [`Global`]. What is specific to async-std:
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
