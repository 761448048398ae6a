//! The programs that the book's chapters quote, in the chapters' order, each with its tests in virtual time.

#![allow(clippy::unchecked_time_subtraction, reason = "the time of a run never goes back")]
#![allow(
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    reason = "the chapters say it, where it is the lesson"
)]

pub mod blocking;
pub mod generators;
pub mod event_loop;
pub mod from_yield_to_await;
pub mod promises;
pub mod futures;
pub mod smallest_runtime;
pub mod moving;
pub mod colour;
pub mod across_an_await;
pub mod bridges;
pub mod runtimes;
pub mod pitfalls;
pub mod cancellation;
pub mod measuring;
pub mod own_runtime;
pub mod channels;
pub mod send;
pub mod pinning;
pub mod traits;
pub mod shutdown;
pub mod bridging;
pub mod workshop;
pub mod every_schedule;
