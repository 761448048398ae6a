//! The program of Paintdry: a canvas that has to dry, a map that yields, and the trait through which an async runtime
//! runs both.
//!
//! ```
//! use futures::{channel::oneshot, executor::block_on, future::{join, ready}};
//! use paintdry_core::amap;
//!
//! let (promise, future) = oneshot::channel();
//! // The last argument is the runtime's own yield, such as `tokio::task::yield_now`.
//! let mapping = amap(promise, |n| n * 2, 0..5, || ready(()));
//! let ((), results) = block_on(join(mapping, future));
//! println!("{results:?}");
//! # assert_eq!(format!("{results:?}"), "Ok([0, 2, 4, 6, 8])");
//! ```
//! prints `Ok([0, 2, 4, 6, 8])`.
//!
//! Nothing here depends on a runtime. What a coroutine needs (a yield, a sleep, the time) is an argument, so the line
//! that calls it names the runtime's own function. The command, the benches and the tests know a runtime by the trait
//! [`Runtime`].
//!
//! | file, in reading order | what is in it |
//! |---|---|
//! | `canvas.rs` | [`Canvas`]: painting it costs processor time, drying only takes time |
//! | `paint.rs` | [`paint_blocking`] and [`paint()`]: a painter that blocks, and the same one as a coroutine |
//! | `timed.rs` | [`timed()`], [`timed_future`], [`clock`]: how long a call took |
//! | `amap.rs` | [`amap()`]: a map that yields after every item |
//! | `runtime.rs` | [`Runtime`]: what a runtime promises; [`TaskError`] |
//! | `gather.rs` | [`gather()`]: several coroutines side by side, as tasks |
//! | `timeout.rs` | [`timeout()`]: a limit of time |
//! | `turns.rs` | [`Chooser`]: whose turn it is, for tests that try every order |
//! | `words.rs` | [`name_task`], [`note`], [`now`]: what a task says about itself and asks |
//! | `listed.rs`, `panics.rs` | what all crates share: [`listed()`] and [`thousands`] for messages; catching panics |

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
