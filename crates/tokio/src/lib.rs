#![doc = include_str!("../README.md")]
//!
//! The two flavours are [`CurrentThread`] and [`MultiThread`]. Both are started with `enable_all`, as `#[tokio::main]` does it: tasks
//! have timers, and sockets if you enable tokio's feature `net`. What is specific to tokio:
//!
//! | | `CurrentThread` | `MultiThread` |
//! |---|---|---|
//! | threads that run tasks | the caller's | a worker for each core, or `TOKIO_WORKER_THREADS` |
//! | bound of its own spawn | `Send + 'static` (`spawn_local` takes others) | `Send + 'static` |
//! | dropping a task's handle | detaches the task | detaches the task |
//! | a panic in a task | is caught; its handle returns it as an error | the same |
//! | a panic in a drop | is caught: in a task's future it is the task's error, in a result that is never taken it is lost | the same |
//! | timers | a wheel of 1 ms: about 1 ms late | the same |
//! | a sleep of zero, and of `Duration::MAX` | gives the others a turn; ends after 30 years | the same |
//! | a sleep counts from | the call | the call |
//! | its yield | puts the task aside until the driver has been polled, at the latest after 61 polls; then the last put aside runs first | puts it aside alike; then the first put aside runs first, and the others from last to second |
//! | outside `run_until_complete` | `spawn` and `sleep` panic: "there is no reactor running" | the same |
//! | dropping the runtime | drops every task that has not ended and what they spawn then, and waits without limit for running `spawn_blocking` closures (`shutdown_timeout` has one) | the same, once each is at an await |

mod runtime;
pub use runtime::{CurrentThread, MultiThread};

mod task;
pub use task::Task;

pub use tokio;
