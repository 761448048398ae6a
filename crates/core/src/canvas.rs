//! The canvas: painting it costs processor time, drying only takes time.

use std::hint::black_box;
use std::time::Duration;

/// A canvas that takes `drying_time` to dry once it has been painted.
///
/// It has no clock. The caller passes the time, counted from a start that the caller chooses, such as the start of a
/// run. So a test can make a canvas dry without waiting for it.
///
/// ```
/// use paintdry_core::{Canvas, CanvasState};
/// use std::time::Duration;
///
/// let second = Duration::from_secs(1);
/// let mut canvas = Canvas::new(2 * second);
/// assert_eq!(canvas.state(second), CanvasState::Blank);
///
/// canvas.paint(1_000, || second); // the last stroke is made at second 1
/// assert_eq!(canvas.state(2 * second), CanvasState::Wet { left: second });
/// assert!(canvas.is_dry(3 * second));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    drying_time: Duration,
    painted_at: Option<Duration>,
    brush_loads: u64,
}

/// What a [`Canvas`] looks like at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CanvasState {
    /// It has not been painted yet, so there is nothing to dry.
    Blank,
    /// It has been painted and will be dry after `left`.
    Wet {
        /// The time until it is dry; never zero.
        left: Duration,
    },
    /// The drying time has passed since the last stroke.
    Dry,
}

impl Canvas {
    /// A blank canvas that dries in `drying_time`. If that is zero, it is dry as soon as it is painted.
    #[must_use]
    pub const fn new(drying_time: Duration) -> Self {
        Self { drying_time, painted_at: None, brush_loads: 0 }
    }

    /// Paints: `strokes` rounds of work on the calling thread, without a pause. Drying starts at `now()`, which is
    /// called once, after the last stroke, and returned. Painting again makes a dry canvas wet again.
    pub fn paint(&mut self, strokes: u64, now: impl FnOnce() -> Duration) -> Duration {
        self.brush_loads = brush_loads(strokes);
        let painted_at = now();
        self.painted_at = Some(painted_at);
        painted_at
    }

    /// What the canvas looks like at `now`. A `now` before the last stroke counts as the moment of that stroke.
    #[must_use]
    pub fn state(&self, now: Duration) -> CanvasState {
        let Some(painted_at) = self.painted_at else {
            return CanvasState::Blank;
        };
        let left = self.drying_time.saturating_sub(now.saturating_sub(painted_at));
        if left.is_zero() { CanvasState::Dry } else { CanvasState::Wet { left } }
    }

    /// Whether it is dry at `now`: true as soon as the drying time has passed, false while it is wet or blank.
    #[must_use]
    pub fn is_dry(&self, now: Duration) -> bool {
        self.state(now) == CanvasState::Dry
    }

    /// When the last stroke was made, or `None` while it is blank.
    #[must_use]
    pub const fn painted_at(&self) -> Option<Duration> {
        self.painted_at
    }

    /// How often the last painting loaded the brush with paint: once in three strokes. It is the result of the work, so
    /// two paintings with the same number have done the same work.
    #[must_use]
    pub const fn brush_loads(&self) -> u64 {
        self.brush_loads
    }
}

/// The work of a painting. `black_box` hides each stroke from the optimiser, which would otherwise replace the loop
/// with a division. It is never inlined, so every runtime runs the same instructions.
#[inline(never)]
fn brush_loads(strokes: u64) -> u64 {
    let mut loads = 0;
    for stroke in 0..strokes {
        if black_box(stroke) % 3 == 0 {
            loads += 1;
        }
    }
    loads
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn dry_as_soon_as_the_drying_time_has_passed() {
        let mut canvas = Canvas::new(2 * SECOND);
        let nanosecond = Duration::from_nanos(1);
        canvas.paint(10, || SECOND + nanosecond);
        let end = 3 * SECOND + nanosecond;
        assert_eq!(canvas.state(3 * SECOND), CanvasState::Wet { left: nanosecond });
        assert!(canvas.is_dry(end));
        assert!(canvas.is_dry(end + nanosecond));
    }

    #[test]
    fn blank_is_never_dry() {
        let canvas = Canvas::new(Duration::ZERO);
        assert_eq!(canvas.state(Duration::MAX), CanvasState::Blank);
        assert!(!canvas.is_dry(Duration::MAX));
        assert_eq!(canvas.painted_at(), None);
    }

    #[test]
    fn every_third_stroke_loads_the_brush() {
        let mut canvas = Canvas::new(SECOND);
        for (strokes, loads) in [(0, 0), (1, 1), (3, 1), (4, 2), (3_000, 1_000)] {
            canvas.paint(strokes, || SECOND);
            assert_eq!(canvas.brush_loads(), loads, "{strokes} strokes");
        }
    }

    #[test]
    fn painting_again_starts_the_drying_again() {
        let mut canvas = Canvas::new(2 * SECOND);
        canvas.paint(1, || Duration::ZERO);
        assert!(canvas.is_dry(2 * SECOND));
        canvas.paint(1, || 2 * SECOND);
        assert_eq!(canvas.state(2 * SECOND), CanvasState::Wet { left: 2 * SECOND });
    }

    #[test]
    fn extreme_times_do_not_overflow() {
        let mut canvas = Canvas::new(Duration::MAX);
        canvas.paint(1, || Duration::MAX);
        assert_eq!(canvas.state(Duration::ZERO), CanvasState::Wet { left: Duration::MAX });
        assert_eq!(canvas.state(Duration::MAX), CanvasState::Wet { left: Duration::MAX });
    }
}
