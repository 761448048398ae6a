//! Locks, channels and signals that tell a recording who waits, who was notified and who holds what.
//!
//! They need only a waker, so they work on every runtime, inside a watched run and outside. Outside they note nothing, and cost some
//! tens of nanoseconds more than what they wrap. Each has a name, and a clone is the same one. If a run is stuck, its error says who
//! waits for what, and who holds it.
//!
//! In a recording each call that waits or takes something is a *claim*, known by its number. Its events say when it began to
//! wait, when it was notified, when it took what it wanted and when it gave that back: [recording.md] lists them. A claim that was
//! notified while its task ran on without polling it is a *futurelock*: what it waits for is free, and no other task is notified.
//!
//! A resource that tasks of two runs use is in the list of both. Each recording has the claims of its own tasks, so a lock may be
//! held by a task that is not in the recording, or by code outside of any task: then a task waits though no claim holds it.
//!
#![doc = concat!("[recording.md]: ", env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/recording.md")]

mod channel;
mod claim;
mod identity;
mod mutex;
mod uses;
mod semaphore;
mod send_error;
mod signal;

pub use channel::{Receiver, Sender, channel};
pub use mutex::{Mutex, MutexGuard};
pub use semaphore::{Permit, Semaphore};
pub use send_error::{SendError, TrySendError};
pub use signal::Signal;
#[doc(hidden)]
pub use uses::{Explores, NotesUses, explore_uses};
