//! Paints a canvas and looks at it until it is dry: once blocking, once async, in the same words.

use crate::Canvas;
use std::time::Duration;

/// The text of this file, for tools that show at which line a painter is.
#[doc(hidden)]
pub const PAINT_TEXT: &str = include_str!("paint.rs");

/// What a painter noted about one canvas. The times are those of the painter's clock, `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Painted {
    /// When the last stroke was made.
    pub painted_at: Duration,
    /// When the painter saw that the canvas was dry.
    pub dry_at: Duration,
    /// How often the painter looked, the last time included.
    pub looks: u64,
}

/// Paints `canvas`, then sleeps for `poll` and checks again until it is dry. It holds its thread all the time.
///
/// ```
/// use paintdry_core::{Canvas, clock, paint_blocking};
/// use std::{thread, time::Duration};
///
/// let canvas = Canvas::new(Duration::from_millis(2));
/// let painted = paint_blocking(canvas, 1_000, Duration::from_millis(1), clock(), thread::sleep);
/// assert!(painted.looks >= 2);
/// ```
pub fn paint_blocking(
    mut canvas: Canvas,
    strokes: u64,
    poll: Duration,
    now: impl Fn() -> Duration,
    sleep: impl Fn(Duration),
) -> Painted {
    let painted_at = canvas.paint(strokes, &now);
    let mut looks = 1;
    while !canvas.is_dry(now()) {
        sleep(poll);
        looks += 1;
    }
    Painted { painted_at, dry_at: now(), looks }
}

/// Paints `canvas`, then sleeps for `poll` and checks again until it is dry. While it sleeps, other tasks run. The
/// `await` is the only place where they can.
///
/// `sleep` is the runtime's own, such as `tokio::time::sleep`, or a closure that returns its future. An `async`
/// closure also works, but the compiler cannot yet prove `Send` for one that borrows what it captured.
/// If you drop the future, it drops the canvas, wet or dry.
///
/// ```
/// use paintdry_core::{Canvas, paint};
/// use std::{cell::Cell, time::Duration};
///
/// // Time is an argument: here it passes only while the painter sleeps.
/// let time = Cell::new(Duration::ZERO);
/// let sleep = async |duration| time.set(time.get() + duration);
/// let canvas = Canvas::new(Duration::from_secs(2));
/// let painting = paint(canvas, 1_000, Duration::from_millis(500), || time.get(), sleep);
/// let painted = futures::executor::block_on(painting);
/// assert_eq!((painted.dry_at, painted.looks), (Duration::from_secs(2), 5));
/// ```
pub async fn paint(
    mut canvas: Canvas,
    strokes: u64,
    poll: Duration,
    now: impl Fn() -> Duration,
    sleep: impl AsyncFn(Duration),
) -> Painted {
    let painted_at = canvas.paint(strokes, &now);
    let mut looks = 1;
    while !canvas.is_dry(now()) {
        sleep(poll).await;
        looks += 1;
    }
    Painted { painted_at, dry_at: now(), looks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use std::cell::Cell;

    const MILLISECOND: Duration = Duration::from_millis(1);

    /// The lesson of this file: without the words of async, the two painters read the same.
    #[test]
    fn the_async_text_is_the_blocking_text_with_async_and_await_added() {
        let text = PAINT_TEXT;
        let function = |name: &str| {
            let start = text.find(name).expect("the function is in this file");
            let end = start + text[start..].find("\n}").expect("it ends");
            text[start..end].to_owned()
        };
        let blocking = function("pub fn paint_blocking(");
        let asynchronous = function("pub async fn paint(");
        let stripped = asynchronous
            .replace("async fn paint(", "fn paint_blocking(")
            .replace("AsyncFn(", "Fn(")
            .replace(".await", "");
        assert_eq!(stripped, blocking);
        assert_eq!(asynchronous.matches(".await").count(), 1);
    }

    /// Runs both painters in a time that passes only while they sleep.
    fn both(drying: Duration, poll: Duration) -> [Painted; 2] {
        let time = Cell::new(Duration::ZERO);
        let now = || time.get();
        let blocking = paint_blocking(Canvas::new(drying), 10, poll, now, |slept| time.set(time.get() + slept));
        time.set(Duration::ZERO);
        let sleep = async |slept| time.set(time.get() + slept);
        let asynchronous = block_on(paint(Canvas::new(drying), 10, poll, now, sleep));
        [blocking, asynchronous]
    }

    #[test]
    fn both_see_the_end_at_the_first_look_that_can() {
        let painted = |dry_at: u32, looks| Painted { painted_at: Duration::ZERO, dry_at: dry_at * MILLISECOND, looks };
        let cases = [(2_000, 500, painted(2_000, 5)), (2_001, 500, painted(2_500, 6)), (0, 1, painted(0, 1))];
        for (drying, poll, expected) in cases {
            assert_eq!(both(drying * MILLISECOND, poll * MILLISECOND), [expected, expected]);
        }
    }

    /// Such as the time of day, which a user may set back, or a day ahead.
    #[test]
    fn a_clock_that_jumps_is_believed_at_each_look() {
        const DAY: u64 = 24 * 60 * 60;
        // At the last stroke, at each look, and at the end.
        for (jumps, looks) in [(&[10, 9, 0, 11, 12, 12][..], 4), (&[10, DAY, DAY], 1), (&[DAY, 10, DAY + 2, 3], 2)] {
            let asked = Cell::new(0);
            let now = || {
                asked.set(asked.get() + 1);
                Duration::from_secs(jumps[asked.get() - 1])
            };
            let canvas = Canvas::new(2_000 * MILLISECOND);
            let blocking = paint_blocking(canvas.clone(), 1, MILLISECOND, now, |_| ());
            asked.set(0);
            let asynchronous = block_on(paint(canvas, 1, MILLISECOND, now, async |_| ()));
            assert_eq!((blocking.looks, asked.get()), (looks, jumps.len()));
            assert_eq!(blocking, asynchronous);
        }
    }
}
