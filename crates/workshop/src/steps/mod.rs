//! One server in twelve steps, each in a file of its own, so that `diff` shows what each step adds.
//!
//! | file | what it adds |
//! |---|---|
//! | [`s01_accept`] | connections, served one after another |
//! | [`s02_tasks`] | a task for each connection |
//! | [`s03_lines`] | lines, however many pieces they come in |
//! | [`s04_racks`] | racks, which limit how many canvases dry at once |
//! | [`s05_queue`] | `BUSY`, when the queue is full |
//! | [`s06_limits`] | limits of time |
//! | [`s07_gone`] | the order of a client that goes away is cancelled |
//! | [`s08_panics`] | an order that panics harms no other |
//! | [`s09_shutdown`] | a shutdown that drains within a limit |
//! | [`s10_metrics`] | numbers |
//! | [`s11_recording`] | names and notes for a recording |
//! | [`s12_load`] | a limit of connections; accepts that fail |
//!
//! `tests/steps` holds each step to what it can do and what it cannot do yet. The binary runs the last one, [`serve`].

pub mod s01_accept;

pub mod s02_tasks;

pub mod s03_lines;

pub mod s04_racks;

pub mod s05_queue;

pub mod s06_limits;

pub mod s07_gone;

pub mod s08_panics;

pub mod s09_shutdown;

pub mod s10_metrics;

pub mod s11_recording;

pub mod s12_load;
pub use s12_load::serve;
