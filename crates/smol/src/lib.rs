#![doc = include_str!("../README.md")]
//!
//! The two flavours are [`Local`] and [`Global`]. What is specific to smol:
//!
//! | | `Local` | `Global` |
//! |---|---|---|
//! | threads that run tasks | the caller's | one, or `SMOL_THREADS`; they stay until the process ends |
//! | bound of its own spawn | `'static` | `Send + 'static` |
//! | dropping a task's handle | cancels the task | cancels the task |
//! | a panic in a task | is caught and continues in the code that awaits the handle | the same |
//! | a panic in a drop | ends the process, if the runtime drops it: a future that has ended or is cancelled, a result that is never taken | the same |
//! | timers | an ordered map that the reactor's thread or a waiting one reads: about 0.1 ms late | the same |
//! | a sleep of zero, and of `Duration::MAX` | is over at its first poll; never ends | the same |
//! | a sleep counts from | the call | the call |
//! | its yield | wakes the task, which goes to the back of the queue | the same |
//! | outside `run_until_complete` | `spawn` panics, `sleep` works | both work |
//! | dropping the runtime | drops every task that has not ended; their destructors cannot spawn | nothing: the executor is the process's |

mod runtime;
pub use runtime::{Global, Local};

mod task;
pub use task::Task;

pub use smol;
