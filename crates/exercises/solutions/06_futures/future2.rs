// Chapter 6, about 15 minutes: store the latest waker, because a future can move to another task.
// docs/06-futures-and-wakers.md
//
// The delivery of future1 again. Now it stores a waker. The early painter waits for one second at most, and then gives the
// delivery to the late painter. The late painter awaits the same future in another task.
//
// The canvas arrives, and the late painter still waits. The context of each poll has the waker of the task that polls this
// time. Whose waker is on the easel?
//
// Repair `poll`. When the canvas is there, only the late painter should be woken.
//
// `select` polls two futures, and is ready as soon as one of them is. It returns `Either::Left` if that was the first, with the
// result and the other future; and `Either::Right` if it was the second.

use futures::future::{Either, select};
use paintdry_course::{Canvas, say, seconds, sleep, spawn};
use std::pin::{Pin, pin};
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
        if let Some(canvas) = easel.canvas.take() {
            return Poll::Ready(canvas);
        }
        // Changed: every poll stores its own waker, because the task that polled before may not be the one that waits now.
        easel.waker = Some(context.waker().clone());
        Poll::Pending
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

async fn paint_early_or_late(delivery: Delivery) {
    let patience = pin!(sleep(seconds(1)));
    match select(delivery, patience).await {
        Either::Left((mut canvas, _)) => canvas.paint(),
        Either::Right(((), delivery)) => {
            say("gives the delivery away");
            let late = spawn("late", async {
                say("waits for the canvas");
                let mut canvas = delivery.await;
                canvas.paint();
            });
            sleep(seconds(4)).await;
            say("has cleaned the brushes");
            late.await.expect("painting does not fail");
        }
    }
}

async fn paint_what_comes() {
    let easel = Arc::<Mutex<Easel>>::default();
    let early = spawn("early", paint_early_or_late(Delivery(Arc::clone(&easel))));
    spawn("courier", async move {
        sleep(seconds(2)).await; // on the road
        say("brings the sky");
        put(Canvas::new("sky"), &easel);
    });
    early.await.expect("painting does not fail");
}

fn main() {
    println!("{}", paintdry_course::watch("future2", paint_what_comes()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn the_task_that_waits_now_is_woken() {
        let seen = watch("future2", paint_what_comes());
        let expected = [
            "early: gives the delivery away",
            "late: waits for the canvas",
            "courier: brings the sky",
            "sky: painted",
            "early: has cleaned the brushes",
        ];
        seen.assert_said(&expected, "the late painter should paint as soon as the canvas is there");
        let polls = seen.polls_of("early");
        let sentence = format!(
            "the early painter needs 3 polls (at the start, after a second, and when the brushes are clean), and got {polls}. \
             It has given the delivery away, so the canvas should not wake it"
        );
        seen.assert(polls == 3, &sentence);
    }
}
