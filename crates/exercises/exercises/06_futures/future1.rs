// Chapter 6, about 15 minutes: store the waker before a poll returns `Pending`.
// docs/06-futures-and-wakers.md
//
// A painter awaits a canvas that a courier brings. The delivery is a future written by hand. If a poll finds the canvas on
// the easel, it is `Ready` with the canvas. If not, it is `Pending`.
//
// `Pending` means: "I have made sure that this task is woken when it should poll me again." This delivery returns `Pending`, and
// has made sure of nothing. The canvas arrives, and the painter still waits.
//
// Repair `poll`, without looking at the chapter. The waker of the task that polls is in the context. `put` takes the waker that is
// on the easel, if there is one, and calls it.
//
// `spawn` starts a task and names it. `yield_now` lets the other tasks run. `polls_of`, in the test, counts the polls of a task.

use paintdry_course::{Canvas, milliseconds, say, spawn, work, yield_now};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Easel {
    canvas: Option<Canvas>,
    waker: Option<Waker>,
}

/// The canvas that the courier will put on the easel.
struct Delivery(Arc<Mutex<Easel>>);

impl Future for Delivery {
    type Output = Canvas;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Canvas> {
        let mut easel = self.0.lock().unwrap();
        match easel.canvas.take() {
            Some(canvas) => Poll::Ready(canvas),
            // TODO: make sure that this task is woken when the canvas is there.
            None => Poll::Pending,
        }
    }
}

fn put(canvas: Canvas, easel: &Mutex<Easel>) {
    let mut easel = easel.lock().unwrap();
    easel.canvas = Some(canvas);
    let waker = easel.waker.take();
    drop(easel); // a runtime may poll inside `wake`, and that poll would wait for this lock for ever
    if let Some(waker) = waker {
        waker.wake();
    }
}

async fn paint_what_comes() {
    let easel = Arc::<Mutex<Easel>>::default();
    let delivery = Delivery(Arc::clone(&easel));
    let painter = spawn("painter", async {
        say("waits for a canvas");
        let mut canvas = delivery.await;
        canvas.paint();
    });
    spawn("courier", async move {
        for _street in 0..4 {
            work(milliseconds(500)); // on the road
            yield_now().await;
        }
        say("brings the sky");
        put(Canvas::new("sky"), &easel);
    });
    painter.await.expect("painting does not fail");
}

fn main() {
    println!("{}", paintdry_course::watch("future1", paint_what_comes()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_painter_is_woken_when_the_canvas_is_there() {
        let seen = watch("future1", paint_what_comes());
        let expected = ["painter: waits for a canvas", "courier: brings the sky", "sky: painted"];
        seen.assert_said(&expected, "the painter should continue when the canvas is there");
        seen.assert_took(seconds(3), "the courier takes two seconds, and painting takes one");
        let polls = seen.polls_of("painter");
        let sentence = format!(
            "the painter should be polled twice, and is polled {polls} times: the first poll finds nothing, and the next \
             should come when the canvas is there. Do not call the waker in `poll`; store it"
        );
        seen.assert(polls == 2, &sentence);
    }
}
