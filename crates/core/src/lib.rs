#![doc = include_str!("../README.md")]
//!
//! The command, the benches and the tests know a runtime by the trait [`Runtime`]. In reading order:
//!
//! | item | what it is | file |
//! |---|---|---|
//! | [`Canvas`] | painting it costs processor time, drying only takes time | [`canvas.rs`] |
//! | [`paint_blocking`], [`paint()`] | a painter that blocks, and the same one as a coroutine | [`paint.rs`] |
//! | [`timed()`], [`timed_future`], [`clock`] | how long a call took | [`timed.rs`] |
//! | [`amap()`] | a map that yields after every item | [`amap.rs`] |
//! | [`Runtime`], [`TaskError`] | what a runtime promises | [`runtime.rs`] |
//! | [`gather()`] | several coroutines side by side, as tasks | [`gather.rs`] |
//! | [`timeout()`] | a limit of time | [`timeout.rs`] |
//! | [`Chooser`] | whose turn it is, for tests that try every order | [`turns.rs`] |
//! | [`name_task`], [`note`], [`now`] | what a task says about itself and asks | [`words.rs`] |
//! | [`listed()`], [`thousands`] | for messages | [`listed.rs`] |
//! | [`contain`], [`discard`], [`drop_ended`] | catching panics | [`panics.rs`] |
//!
//! [`canvas.rs`]: ../src/paintdry_core/canvas.rs.html
//! [`paint.rs`]: ../src/paintdry_core/paint.rs.html
//! [`timed.rs`]: ../src/paintdry_core/timed.rs.html
//! [`amap.rs`]: ../src/paintdry_core/amap.rs.html
//! [`runtime.rs`]: ../src/paintdry_core/runtime.rs.html
//! [`gather.rs`]: ../src/paintdry_core/gather.rs.html
//! [`timeout.rs`]: ../src/paintdry_core/timeout.rs.html
//! [`turns.rs`]: ../src/paintdry_core/turns.rs.html
//! [`words.rs`]: ../src/paintdry_core/words.rs.html
//! [`listed.rs`]: ../src/paintdry_core/listed.rs.html
//! [`panics.rs`]: ../src/paintdry_core/panics.rs.html

mod canvas;
pub use canvas::{Canvas, CanvasState};

mod paint;
pub use paint::{PAINT_TEXT, Painted, paint, paint_blocking};

mod timed;
pub use timed::{Timing, clock, timed, timed_future, timed_future_with, timed_with, to_stderr};

mod amap;
pub use amap::{AMAP_TEXT, amap};

mod runtime;
pub use runtime::{RUNTIME_TEXT, Runtime, TaskError};

mod gather;
pub use gather::gather;

mod timeout;
pub use timeout::{TimedOut, timeout};

mod turns;
pub use turns::{Chooser, TurnEnd};

mod words;
pub use words::{Watcher, name_task, note, note_at, now, watch_words};

mod listed;
pub use listed::{listed, thousands};

mod panics;
pub use panics::{contain, discard, drop_ended};
