//! The state of each canvas, for the live display: painters store one number, and the display reads it.

use paintdry_core::clock;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

// What a canvas's number means. Anything between is the time of its last stroke, in ns of the states' clock.
const BLANK: u64 = 0;
const PAINTING: u64 = 1;
const DRY: u64 = u64::MAX;

/// What the display shows of one canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Appearance {
    /// No painter has begun to paint it.
    Blank,
    /// A painter is at work.
    Painting,
    /// It has been painted, and is dry when `left` has passed; zero if it is dry but its painter has not looked yet.
    Wet { left: Duration },
    /// Its painter saw that it is dry.
    Dry,
}

/// The states of all canvases of one run.
pub(crate) struct CanvasStates {
    drying: Duration,
    now: Box<dyn Fn() -> Duration + Send + Sync>,
    numbers: Vec<AtomicU64>,
}

impl CanvasStates {
    pub(crate) fn new(canvases: usize, drying: Duration) -> Self {
        Self::with_clock(canvases, drying, Box::new(clock()))
    }

    pub(crate) fn with_clock(canvases: usize, drying: Duration, now: Box<dyn Fn() -> Duration + Send + Sync>) -> Self {
        Self { drying, now, numbers: (0..canvases).map(|_| AtomicU64::new(BLANK)).collect() }
    }

    /// How long a canvas of this run dries.
    pub(crate) fn drying(&self) -> Duration {
        self.drying
    }

    /// What each canvas is doing, in order.
    pub(crate) fn seen(&self) -> impl Iterator<Item = Appearance> {
        let now = (self.now)();
        self.numbers.iter().map(move |number| match number.load(Ordering::Relaxed) {
            BLANK => Appearance::Blank,
            PAINTING => Appearance::Painting,
            DRY => Appearance::Dry,
            painted_at => {
                let since = now.saturating_sub(Duration::from_nanos(painted_at));
                Appearance::Wet { left: self.drying.saturating_sub(since) }
            }
        })
    }
}

impl fmt::Debug for CanvasStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.seen()).finish()
    }
}

/// A painter's side of one canvas. If no display shows the states, it stores nothing.
#[derive(Debug)]
pub(crate) struct Painter {
    states: Option<Arc<CanvasStates>>,
    canvas: usize,
}

impl Painter {
    pub(crate) fn new(states: Option<&Arc<CanvasStates>>, canvas: usize) -> Self {
        Self { states: states.cloned(), canvas }
    }

    pub(crate) fn begins(&self) {
        self.store(|_| PAINTING);
    }

    /// Call this whenever the painter reads the clock: the first time is right after the last stroke.
    pub(crate) fn looks(&self) {
        let Some(states) = &self.states else { return };
        if states.numbers[self.canvas].load(Ordering::Relaxed) == PAINTING {
            self.store(|states| {
                let painted_at = u64::try_from((states.now)().as_nanos()).unwrap_or(DRY);
                painted_at.clamp(PAINTING + 1, DRY - 1)
            });
        }
    }

    pub(crate) fn ends(&self) {
        self.store(|_| DRY);
    }

    fn store(&self, number: impl FnOnce(&CanvasStates) -> u64) {
        if let Some(states) = &self.states {
            states.numbers[self.canvas].store(number(states), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_is_blank_then_painted_then_wet_then_dry() {
        let seconds = Arc::new(AtomicU64::new(7));
        let time = Arc::clone(&seconds);
        let now = move || Duration::from_secs(time.load(Ordering::Relaxed));
        let states = Arc::new(CanvasStates::with_clock(2, Duration::from_secs(2), Box::new(now)));
        let painter = Painter::new(Some(&states), 1);
        let seen = || states.seen().collect::<Vec<_>>();

        assert_eq!(seen(), [Appearance::Blank, Appearance::Blank]);
        painter.begins();
        assert_eq!(seen(), [Appearance::Blank, Appearance::Painting]);
        painter.looks(); // the last stroke is made at second 7
        seconds.store(8, Ordering::Relaxed);
        painter.looks(); // a later look changes nothing
        assert_eq!(seen(), [Appearance::Blank, Appearance::Wet { left: Duration::from_secs(1) }]);
        painter.ends();
        assert_eq!(seen(), [Appearance::Blank, Appearance::Dry]);
    }
}
