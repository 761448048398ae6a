// Whoever awaits with a time limit drops the future when the time is over: it ends at the await at which it stands, and
// what it owns is dropped with it. Here that is a canvas, which had been taken from the shelf and never comes back.
//
// What has to happen in any case belongs into a `Drop`. Let the canvas return to the shelf whenever a `Taken` is dropped.

use futures::future::{Either, select};
use paintdry_course::{Canvas, milliseconds, say, seconds, sleep};
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

type Shelf = Mutex<Vec<Canvas>>;

/// A canvas that was taken from the shelf.
struct Taken<'a> {
    shelf: &'a Shelf,
    canvas: Option<Canvas>, // an Option, so that it can be moved out
}

// TODO: implement `Drop` for it.

async fn paint_one(shelf: &Shelf) {
    let mut taken = Taken { shelf, canvas: shelf.lock().unwrap().pop() };
    let canvas = taken.canvas.as_mut().expect("a canvas is on the shelf");
    canvas.paint();
    canvas.dry().await;
    taken.shelf.lock().unwrap().extend(taken.canvas.take());
}

/// Leave it as it is: awaits `work`, but not longer than `patience`. When it returns, `work` is dropped.
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
    println!("{}", paintdry_course::watch("cancel1 given up", paint_with_patience(milliseconds(2_500))).log());
    println!("{}", paintdry_course::watch("cancel1 in time", paint_with_patience(seconds(4))).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn a_canvas_that_is_given_up_is_back_on_the_shelf() {
        let seen = watch("cancel1 given up", paint_with_patience(milliseconds(2_500)));
        let expected = ["sky: painted", "main: the time is over", "main: on the shelf, wet for 500ms"];
        seen.assert_said(&expected, "the canvas should be on the shelf again, as wet as it is");
    }

    #[test]
    fn a_canvas_that_is_done_is_there_once() {
        let seen = watch("cancel1 in time", paint_with_patience(seconds(4)));
        let expected = ["sky: painted", "sky: dry", "main: done in time", "main: on the shelf, wet for 0ns"];
        seen.assert_said(&expected, "the canvas should be on the shelf again, once");
    }
}
