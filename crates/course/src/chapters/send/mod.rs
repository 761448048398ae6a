//! Chapter 14: what a task may hold, what it may borrow, and scopes.
//!
//! What a task owns goes with it to another thread, and a `Cell` may. What it lends across an await must be `Sync`:
//!
//! ```
//! fn is_send(_task: impl Send) {}
//! is_send(async {
//!     let paint = std::cell::Cell::new(3);
//!     std::future::ready(()).await;
//!     paint.set(2);
//! });
//! ```
//! ```compile_fail
//! fn is_send(_task: impl Send) {}
//! async fn take(paint: &std::cell::Cell<u32>) {
//!     std::future::ready(()).await;
//!     paint.set(2);
//! }
//! is_send(async {
//!     let paint = std::cell::Cell::new(3);
//!     take(&paint).await; // error: `&Cell<u32>` is not `Send`
//! });
//! ```
//!
//! An error in a box keeps a task from being `Send`, even if it is dropped before the await. Its text does not:
//!
//! ```
//! fn is_send(_task: impl Send) {}
//! fn deliver() -> Result<(), Box<dyn std::error::Error>> { Ok(()) }
//! is_send(async {
//!     if let Err(message) = deliver().map_err(|error| error.to_string()) {
//!         std::future::ready(()).await;
//!         println!("{message}");
//!     }
//! });
//! ```

use crate::replays::Replay;

pub mod across_threads;
pub mod forgotten;
pub mod three_ways;

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![across_threads::replay(), three_ways::replay(), forgotten::replay()]
}
