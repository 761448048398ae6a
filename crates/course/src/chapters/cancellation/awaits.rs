//! Chapter 10: at each await a task may stop for good, and lose what it holds.

use crate::{seconds, sleep};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The canvases that wait to be painted.
#[derive(Debug, Clone)]
pub struct Shelf(Arc<Mutex<Vec<&'static str>>>);

impl Shelf {
    /// A shelf with three canvases.
    #[must_use]
    pub fn full() -> Self {
        Self(Arc::new(Mutex::new(vec!["sky", "sea", "sun"])))
    }

    /// How many are on it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.canvases().len()
    }

    /// Takes a canvas off it.
    pub fn take(&self) -> Option<&'static str> {
        self.canvases().pop()
    }

    /// Puts a canvas on it.
    pub fn put(&self, canvas: &'static str) {
        self.canvases().push(canvas);
    }

    fn canvases(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a canvas off the shelf, and puts it back when it is painted and dry.
pub async fn paint_one(shelf: &Shelf) {
    sleep(seconds(1)).await; // may stop here: walks to the shelf, holds nothing
    let canvas = shelf.take().expect("a canvas is on the shelf");
    sleep(seconds(1)).await; // may stop here: waits for paint, holds the canvas
    sleep(seconds(2)).await; // may stop here: waits until it is dry, holds the canvas
    shelf.put(canvas);
}

/// A canvas that returns to its shelf when it is dropped.
#[derive(Debug)]
pub struct Loan<'a> {
    shelf: &'a Shelf,
    canvas: &'static str,
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        self.shelf.put(self.canvas);
    }
}

/// The same with a guard.
pub async fn paint_one_on_loan(shelf: &Shelf) {
    sleep(seconds(1)).await; // may stop here: holds nothing
    let _loan = Loan { shelf, canvas: shelf.take().expect("a canvas is on the shelf") };
    sleep(seconds(1)).await; // may stop here: the guard puts the canvas back
    sleep(seconds(2)).await; // may stop here: the guard puts the canvas back
}

#[cfg(test)]
mod tests {
    use super::super::select::timeout;
    use super::*;
    use crate::{milliseconds, watch};

    /// A limit in the middle of each wait, and one after the end.
    const LIMITS: [u64; 4] = [500, 1_500, 3_000, 5_000];

    /// How many canvases are on the shelf after each of the limits.
    fn left(paint: &impl AsyncFn(&Shelf)) -> [usize; 4] {
        LIMITS.map(|limit| {
            let shelf = Shelf::full();
            let painting = async { timeout(milliseconds(limit), paint(&shelf)).await };
            watch("a limit", painting).assert_ended();
            shelf.count()
        })
    }

    #[test]
    fn a_canvas_that_the_dropped_future_holds_is_lost() {
        assert_eq!(left(&paint_one), [3, 2, 2, 3]);
    }

    #[test]
    fn a_guard_puts_it_back_at_each_await() {
        assert_eq!(left(&paint_one_on_loan), [3, 3, 3, 3]);
    }
}
