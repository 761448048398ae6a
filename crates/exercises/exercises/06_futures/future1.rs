// A painter awaits a canvas that a courier brings. The delivery is a future written by hand: a poll that finds the
// canvas on the easel gives it to the painter, and one that finds nothing is `Pending`.
//
// `Pending` is a promise: "I have seen to it that this task is woken when another poll makes sense." This delivery
// never does that, so the canvas arrives and the painter waits on. `put` calls a waker, if there is one on the easel.
//
// Keep the promise. The waker of the task that polls is in the context.

use paintdry_course::{Canvas, milliseconds, say, spawn, work, yield_now};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Easel {
    canvas: Option<Canvas>,
    waker: Option<Waker>,
}

/// The canvas that somebody will put on the easel.
struct Delivery(Arc<Mutex<Easel>>);

impl Future for Delivery {
    type Output = Canvas;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Canvas> {
        let mut easel = self.0.lock().unwrap();
        match easel.canvas.take() {
            Some(canvas) => Poll::Ready(canvas),
            // TODO: see to it that the task is woken when the canvas is there.
            None => Poll::Pending,
        }
    }
}

fn put(canvas: Canvas, easel: &Mutex<Easel>) {
    let mut easel = easel.lock().unwrap();
    easel.canvas = Some(canvas);
    let waker = easel.waker.take();
    drop(easel); // the waker may poll at once, and the poll takes this lock
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
        seen.assert_said(&expected, "the painter goes on when the canvas is there");
        seen.assert_took(seconds(3), "the courier takes two seconds, and painting one");
        let polls = seen.polls_of("painter");
        let sentence = format!(
            "two polls are enough, and the painter got {polls}: the first finds nothing, and the next makes no sense \
             before the canvas is there"
        );
        seen.assert(polls == 2, &sentence);
    }
}
