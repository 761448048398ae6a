//! The programs of the course, and the virtual time in which they and the exercises run.
//!
//! ```
//! use paintdry_course::{Canvas, gather, seconds, watch};
//!
//! let seen = watch("paint", async {
//!     gather(["sky", "sea"].map(|name| async move {
//!         let mut canvas = Canvas::new(name);
//!         canvas.paint(); // one second of work
//!         canvas.dry().await; // two seconds of waiting
//!     })).await;
//! });
//! seen.assert_took(seconds(4), "the sea is painted while the sky dries");
//! println!("{}", seen.log());
//! # assert!(seen.log().contains(" 4.0 s  sea: dry"));
//! ```
//! prints, in a moment:
//! ```text
//!   1.0 s  sky: painted
//!   2.0 s  sea: painted
//!   3.0 s  sky: dry
//!   4.0 s  sea: dry
//! ```
//!
//! In virtual time, work costs what it says it costs, a sleep ends to the nanosecond, and nothing takes long. A program that hangs
//! ends within a second, with a message that names the waiting tasks.
//!
//! In reading order: [`Canvas`], [`watch()`] and its siblings (run a program), [`Seen`] (its outcome, and assertions about
//! it), [`words`] (what a program says and asks for), [`chapters`] (the book's programs), [`loops`] (an event
//! loop in four stages), [`quiz`], [`pictures`], [`replays`], [`stills`], [`links`].

pub mod words;
pub use words::{gather, offload, say, sleep, sleep_blocking, spawn, spawn_thread, work, yield_now};

mod canvas;
pub use canvas::{Canvas, DRYING, PAINTING};

mod watch;
pub use watch::{resumed, watch, watch_blocking, watch_generators, watch_on};

mod progress;

mod two_threads;
pub use two_threads::TwoThreads;

mod seen;
pub use seen::Seen;

mod log;

mod chapter;
pub use chapter::check;

mod deadline;
pub use deadline::within_a_second;

mod page;
pub use page::page;

pub mod chapters;

pub mod from_python;

pub mod loops;

pub mod pictures;

pub mod links;

pub mod quiz;

pub mod replays;

pub mod stills;

pub use paintdry_studio::{name_task, now};

use std::time::Duration;

/// This many seconds.
#[must_use]
pub const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// This many milliseconds.
#[must_use]
pub const fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// The pages of the book, whose programs are doctests unless they are quoted from a file.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../../docs/00-from-python.md")]
    struct FromPython;
    #[doc = include_str!("../../../docs/01-canvas-and-blocking.md")]
    struct CanvasAndBlocking;
    #[doc = include_str!("../../../docs/02-generators.md")]
    struct Generators;
    #[doc = include_str!("../../../docs/03-the-event-loop.md")]
    struct TheEventLoop;
    #[doc = include_str!("../../../docs/04-from-yield-to-await.md")]
    struct FromYieldToAwait;
    #[doc = include_str!("../../../docs/05-promises-and-gather.md")]
    struct PromisesAndGather;
    #[doc = include_str!("../../../docs/06-futures-and-wakers.md")]
    struct FuturesAndWakers;
    #[doc = include_str!("../../../docs/06b-four-loops.md")]
    struct FourLoops;
    #[doc = include_str!("../../../docs/07-function-colour.md")]
    struct FunctionColour;
    #[doc = include_str!("../../../docs/08-three-runtimes.md")]
    struct ThreeRuntimes;
    #[doc = include_str!("../../../docs/09-pitfalls-too-late.md")]
    struct PitfallsTooLate;
    #[doc = include_str!("../../../docs/09b-pitfalls-wrong-runtime.md")]
    struct PitfallsWrongRuntime;
    #[doc = include_str!("../../../docs/09c-pitfalls-dropped-or-held.md")]
    struct PitfallsDroppedOrHeld;
    #[doc = include_str!("../../../docs/10-cancellation-and-structure.md")]
    struct CancellationAndStructure;
    #[doc = include_str!("../../../docs/11-measuring.md")]
    struct Measuring;
    #[doc = include_str!("../../../docs/12-your-own-runtime.md")]
    struct YourOwnRuntime;
    #[doc = include_str!("../../../docs/13-channels-and-streams.md")]
    struct ChannelsAndStreams;
    #[doc = include_str!("../../../docs/13b-streams.md")]
    struct Streams;
    #[doc = include_str!("../../../docs/14-send-and-scopes.md")]
    struct SendAndScopes;
    #[doc = include_str!("../../../docs/15-pin.md")]
    struct Pin;
    #[doc = include_str!("../../../docs/16-traits-and-closures.md")]
    struct TraitsAndClosures;
    #[doc = include_str!("../../../docs/17-time-limits-and-shutdown.md")]
    struct TimeLimitsAndShutdown;
    #[doc = include_str!("../../../docs/18-bridging.md")]
    struct Bridging;
    #[doc = include_str!("../../../docs/19-workshop.md")]
    struct AWorkshop;
    #[doc = include_str!("../../../docs/leaving-async-std.md")]
    struct LeavingAsyncStd;
    #[doc = include_str!("../../../docs/10b-every-schedule.md")]
    struct EverySchedule;
    #[doc = include_str!("../../../docs/explorer.md")]
    struct TheExplorer;
    #[doc = include_str!("../../../docs/studio.md")]
    struct TheStudio;
    #[doc = include_str!("../../../docs/asyncio.md")]
    struct Asyncio;
    #[doc = include_str!("../../../docs/teachers-guide.md")]
    struct TeachersGuide;
}

/// What chapters 7 and 9 say of `Send` without a program. Each pair differs in one line.
///
/// What a task captures counts, without any await:
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// let paint = std::rc::Rc::new("blue");
/// is_send(async move { println!("{paint}") });
/// ```
/// ```
/// fn is_send(_task: impl Send) {}
/// let paint = std::sync::Arc::new("blue");
/// is_send(async move { println!("{paint}") });
/// ```
///
/// `drop` before the await is too late if the value was borrowed, as a guard is when it is used:
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let paint = std::rc::Rc::new("blue");
///     println!("{paint}");
///     drop(paint);
///     std::future::ready(()).await;
/// });
/// ```
/// ```
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let paint = std::rc::Rc::new("blue");
///     drop(paint);
///     std::future::ready(()).await;
/// });
/// ```
///
/// `tokio::spawn` asks for `Send` on every runtime of tokio; `spawn_local` does not:
/// ```compile_fail
/// async fn holds() {
///     let paint = std::rc::Rc::new("blue");
///     std::future::ready(()).await;
///     println!("{paint}");
/// }
/// let spawns = || tokio::spawn(holds());
/// ```
/// ```
/// async fn holds() {
///     let paint = std::rc::Rc::new("blue");
///     std::future::ready(()).await;
///     println!("{paint}");
/// }
/// let spawns = || tokio::task::spawn_local(holds());
/// ```
#[cfg(doctest)]
struct SendRules;

/// What chapter 4 says of a future that no task polls: the compiler warns if you throw it away, and not if you keep it.
/// ```compile_fail
/// #![deny(unused_must_use)]
/// async fn painter() {}
/// fn main() {
///     painter();
/// }
/// ```
/// ```
/// #![deny(unused_must_use)]
/// async fn painter() {}
/// fn main() {
///     let _sky = painter();
///     let _ = painter();
/// }
/// ```
#[cfg(doctest)]
struct UnusedFutures;
