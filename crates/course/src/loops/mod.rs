//! One event loop in four stages, each in a file of its own, so that `diff` shows what each stage adds.
//!
//! | file | what it adds |
//! |---|---|
//! | [`loop1_turns`] | tasks, a queue, and turns |
//! | [`loop2_timers`] | sleeping tasks, and a thread that parks until the first of them is due |
//! | [`loop3_wakers`] | waiting tasks, which a waker makes ready from any thread |
//! | [`loop4_cancellation`] | handles: results, `cancel`, caught panics; and an error for a loop that is stuck |
//!
//! All four are built from the standard library; the fourth also takes two tools from the crate `futures`. Their tests
//! are in `crates/course/tests/loops`, and `docs/06b-four-loops.md` explains them.

#![expect(missing_debug_implementations, reason = "a future has nothing to print, and the stages stay short")]

pub mod clock;

pub mod loop1_turns;

pub mod loop2_timers;

pub mod loop3_wakers;

pub mod loop4_cancellation;
