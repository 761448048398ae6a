//! Pitfall 13: a futurelock. A future that its task no longer polls holds a lock, and the task waits for that lock.

use crate::replays::Replay;
use crate::{Canvas, milliseconds, say, seconds, sleep, spawn, watch, work};
use futures::future::{Either, join, select};
use futures::lock::Mutex;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// The only brush. `lock().await` waits until it is free, without blocking the thread.
type Brush = Arc<Mutex<()>>;

/// How long the main task watches a painter before it touches up the frame itself.
const TICK: Duration = seconds(2);

/// Takes the brush, and keeps it until the canvas is dry.
async fn paint_with(brush: Brush, name: &str) {
    let _brush = brush.lock().await;
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// Half a second of work with the brush.
async fn touch_up(brush: &Mutex<()>) {
    say("wants the brush");
    let _brush = brush.lock().await;
    work(milliseconds(500));
    say("has touched up the frame");
}

/// Fails: `sky` holds the brush, and this task does not poll `sky` while it waits for the brush.
pub async fn awaits_in_an_arm() {
    let brush = Brush::default();
    spawn("sea", paint_with(brush.clone(), "sea"));
    let mut sky = pin!(paint_with(brush.clone(), "sky"));
    loop {
        match select(sky.as_mut(), pin!(sleep(TICK))).await {
            Either::Left(_) => return say("the sky is done"),
            Either::Right(_) => touch_up(&brush).await,
        }
    }
}

/// Cured: `sky` is a task, so the runtime polls it while this task waits for the brush.
pub async fn gives_it_a_task() {
    let brush = Brush::default();
    let mut sky = spawn("sky", paint_with(brush.clone(), "sky"));
    spawn("sea", paint_with(brush.clone(), "sea"));
    loop {
        match select(&mut sky, pin!(sleep(TICK))).await {
            Either::Left(_) => return say("the sky is done"),
            Either::Right(_) => touch_up(&brush).await,
        }
    }
}

/// Cured without a task: `join` polls both.
pub async fn polls_both() {
    let brush = Brush::default();
    let mut sky = pin!(paint_with(brush.clone(), "sky"));
    if let Either::Right(_) = select(sky.as_mut(), pin!(sleep(TICK))).await {
        join(touch_up(&brush), sky).await;
    }
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-13-futurelock",
        title: "Pitfall 13: a futurelock",
        file: file!(),
        text: include_str!("p13_futurelock.rs"),
        runs: || {
            vec![
                watch("", awaits_in_an_arm())
                    .recorded("a future", "fails: main does not poll the sky, which has the brush"),
                watch("", gives_it_a_task()).recorded("a task", "cured: the sky is a task, and the runtime polls it"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::chapters::blocking::NAMES;
    use futures::channel::mpsc;
    use futures::{SinkExt, StreamExt};
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    const STALLED: &str = "
main waits for a wake that never comes
sea waits for a wake that never comes
";

    /// The stuck tasks, without their lines.
    fn stuck<T>(seen: &crate::Seen<T>) -> String {
        let stalled = seen.stalled().expect("no task can run");
        let tasks = stalled.tasks.iter().cloned().map(|mut task| {
            task.line = None;
            task.to_string()
        });
        tasks.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_future_that_is_not_polled_keeps_the_brush() {
        let seen = watch("futurelock", awaits_in_an_arm());
        assert_eq!(stuck(&seen), STALLED.trim());
        let log = "
  1.0 s  sky: painted
  2.0 s  main: wants the brush
";
        assert_log(&seen, log);
    }

    #[test]
    fn a_task_gives_the_brush_back() {
        let seen = watch("futurelock, cured", gives_it_a_task());
        let log = "
  1.0 s  sky: painted
  2.0 s  main: wants the brush
  3.0 s  sky: dry
  4.0 s  sea: painted
  6.0 s  sea: dry
  6.5 s  main: has touched up the frame
  6.5 s  main: the sky is done
";
        assert_log(&seen, log);
    }

    #[test]
    fn a_join_polls_both() {
        let seen = watch("futurelock, joined", polls_both());
        seen.assert_took(milliseconds(3500), "the sky is dry after three seconds, and then the frame is touched up");
    }

    #[test]
    fn a_dropped_future_gives_the_brush_back() {
        let seen = watch("futurelock, dropped", async {
            let brush = Brush::default();
            let mut sky = Box::pin(paint_with(brush.clone(), "sky"));
            if let Either::Right(_) = select(sky.as_mut(), pin!(sleep(TICK))).await {
                drop(sky);
                touch_up(&brush).await;
            }
        });
        seen.assert_took(milliseconds(2500), "the brush is free as soon as the sky is given up");
    }

    /// A place in a bounded channel is awaited like a lock.
    #[test]
    fn a_full_channel_does_the_same() {
        let seen = watch("futurelock, with a channel", async {
            let (mut sender, mut receiver) = mpsc::channel(0); // with room for one message of each sender
            let mut work = pin!(async { while receiver.next().await.is_some() {} });
            if let Either::Right(_) = select(work.as_mut(), pin!(sleep(TICK))).await {
                for canvas in NAMES {
                    sender.send(canvas).await.expect("the receiver is there");
                }
            }
        });
        assert_eq!(stuck(&seen), "main waits for a wake that never comes");
    }

    /// Tokio's lock goes to the waiters in their order, so a place in the queue is enough.
    #[test]
    fn a_place_in_the_queue_of_a_fair_lock_is_enough() {
        async fn takes(brush: &tokio::sync::Mutex<()>, count: &AtomicU32) {
            let _brush = brush.lock().await;
            sleep(seconds(3)).await;
            count.fetch_add(1, Relaxed);
        }
        let (brush, count) = (Arc::new(tokio::sync::Mutex::new(())), Arc::new(AtomicU32::new(0)));
        let seen = watch("futurelock, queued", {
            let (brush, count) = (Arc::clone(&brush), Arc::clone(&count));
            async move {
                let (held, counted) = (Arc::clone(&brush), Arc::clone(&count));
                spawn("sea", async move { takes(&held, &counted).await });
                crate::yield_now().await; // the sea takes the brush
                let mut sky = pin!(takes(&brush, &count)); // and the sky waits behind it
                if let Either::Right(_) = select(sky.as_mut(), pin!(sleep(TICK))).await {
                    takes(&brush, &count).await;
                }
            }
        });
        assert_eq!(stuck(&seen), "main waits for a wake that never comes");
        assert_eq!(count.load(Relaxed), 1, "the sea has given the brush back, to a future that is not polled");
    }
}
