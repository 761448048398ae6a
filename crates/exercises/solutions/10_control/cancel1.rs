// Chapter 10, about 15 minutes: clean up in a destructor, because a future can be dropped at any await.
// docs/10-cancellation-and-structure.md
//
// If you await a future with a time limit, the future is dropped when the time is over. It ends at the await where it waits,
// and everything it owns is dropped with it. Here it owns a canvas that it has taken from the shelf, and the canvas is lost.
//
// A destructor runs in any case. Implement `Drop` for `Taken`, so that the canvas returns to the shelf whenever a `Taken` is
// dropped.
//
// `select` polls two futures, and is ready as soon as one of them is: `Either::Left` is the first, and `Either::Right` the second.
// `wet_for` says how long a canvas still has to dry.

use futures::future::{Either, select};
use paintdry_course::{Canvas, milliseconds, say, seconds, sleep};
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

type Shelf = Mutex<Vec<Canvas>>;

/// A canvas that was taken from the shelf.
struct Taken<'a> {
    shelf: &'a Shelf,
    canvas: Option<Canvas>, // an `Option`, so that the canvas can be moved out
}

// Changed: added. It runs when the painter is done, when it is cancelled, and when it panics.
impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.shelf.lock().unwrap().extend(self.canvas.take());
    }
}

async fn paint_one(shelf: &Shelf) {
    let mut taken = Taken { shelf, canvas: shelf.lock().unwrap().pop() };
    let canvas = taken.canvas.as_mut().expect("a canvas is on the shelf");
    canvas.paint();
    canvas.dry().await;
    // Changed: nothing to do here, because `taken` is dropped at the end.
}

/// Awaits `work`, but not longer than `patience`. When it returns, `work` is dropped. You need not change it.
async fn with_timeout(patience: Duration, work: impl Future<Output = ()>) {
    match select(pin!(work), pin!(sleep(patience))).await {
        Either::Left(_) => say("done in time"),
        Either::Right(_) => say("the time is over"),
    }
}

async fn paint_with_patience(patience: Duration) -> Vec<Canvas> {
    let shelf = Mutex::new(vec![Canvas::new("sky")]);
    with_timeout(patience, paint_one(&shelf)).await;
    for canvas in shelf.lock().unwrap().iter() {
        say(format!("on the shelf, wet for {:?}", canvas.wet_for().unwrap_or_default()));
    }
    shelf.into_inner().unwrap()
}

fn main() {
    println!("{}", paintdry_course::watch("cancel1 too late", paint_with_patience(milliseconds(2_500))).log());
    println!("{}", paintdry_course::watch("cancel1 in time", paint_with_patience(seconds(4))).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn a_canvas_that_is_too_late_is_back_on_the_shelf() {
        let seen = watch("cancel1 too late", paint_with_patience(milliseconds(2_500)));
        let expected = ["sky: painted", "main: the time is over", "main: on the shelf, wet for 500ms"];
        seen.assert_said(
            &expected,
            "the canvas should be back on the shelf although `paint_one` has not reached its last line",
        );
    }

    #[test]
    fn a_canvas_that_is_dry_in_time_is_there_once() {
        let seen = watch("cancel1 in time", paint_with_patience(seconds(4)));
        let expected = ["sky: painted", "sky: dry", "main: done in time", "main: on the shelf, wet for 0ns"];
        seen.assert_said(&expected, "the canvas should be back on the shelf, once");
    }
}
