// The delivery again, now with a waker. The early painter waits for one second at most, and then hands the delivery on to
// the late painter, who awaits the same future in another task.
//
// The canvas arrives, and the late painter waits on. A future may move from task to task, and the context of each poll
// has the waker of the task that polls it now. Which of them is on the easel?
//
// Repair `poll`. Nobody but the late painter should be woken when the canvas is there.

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

/// The canvas that somebody will put on the easel.
struct Delivery(Arc<Mutex<Easel>>);

impl Future for Delivery {
    type Output = Canvas;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Canvas> {
        let mut easel = self.0.lock().unwrap();
        if let Some(canvas) = easel.canvas.take() {
            return Poll::Ready(canvas);
        }
        // Changed: each poll lays its own waker there. The one before may be that of another task.
        easel.waker = Some(context.waker().clone());
        Poll::Pending
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

async fn paint_early_or_late(delivery: Delivery) {
    let patience = pin!(sleep(seconds(1)));
    match select(delivery, patience).await {
        Either::Left((mut canvas, _)) => canvas.paint(),
        Either::Right(((), delivery)) => {
            say("hands the delivery on");
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
            "early: hands the delivery on",
            "late: waits for the canvas",
            "courier: brings the sky",
            "sky: painted",
            "early: has cleaned the brushes",
        ];
        seen.assert_said(&expected, "the late painter paints as soon as the canvas is there");
        let polls = seen.polls_of("early");
        let sentence = format!(
            "the early painter needs 3 polls (the start, the end of the patience, the brushes clean) and got {polls}: who has \
             handed the delivery on is not to be woken for it"
        );
        seen.assert(polls == 3, &sentence);
    }
}
