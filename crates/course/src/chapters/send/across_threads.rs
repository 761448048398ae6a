//! Chapter 14: a future begins on one thread, and another thread continues it.

use crate::replays::Replay;
use crate::{TwoThreads, say, seconds, sleep, spawn_thread, watch_blocking, work};
use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::Runtime;
use paintdry_studio::{Studio, name_task};
use std::sync::{Arc, Barrier};
use std::task::{Context, Waker};
use std::thread::{self, ThreadId};

/// A second of work, a wait, and another second of work.
pub async fn portrait(paint: oneshot::Receiver<&'static str>) {
    let sketch = String::from("a face");
    work(seconds(1));
    say(format!("has sketched {sketch}"));
    let colour = paint.await.expect("the paint is sent");
    work(seconds(1));
    say(format!("has painted {sketch} {colour}"));
}

/// Polls the portrait once here, and once on another thread.
pub fn by_hand() {
    let (promise, paint) = oneshot::channel();
    let mut portrait = Box::pin(portrait(paint));
    let polled = portrait.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_pending(), "the paint has not come");
    promise.send("blue").expect("the portrait waits for it");
    let ada = spawn_thread("ada", move || portrait.now_or_never());
    ada.join().expect("painting does not fail");
}

/// The same on tokio with two threads. While the portrait waits, the program holds the thread that has begun it, so the
/// other thread has to continue. Returns both threads.
pub async fn on_tokio() -> [ThreadId; 2] {
    let ((report, began_on), (promise, paint)) = (oneshot::channel(), oneshot::channel());
    let painter = Studio::<TwoThreads>::spawn(async move {
        name_task("portrait");
        let _ = report.send(thread::current().id()); // `main` listens
        portrait(paint).await;
        thread::current().id()
    });
    let began_on = began_on.await.expect("it is reported");
    sleep(seconds(2)).await; // now the portrait waits for paint
    let both = Arc::new(Barrier::new(2)); // so that each of the two holders gets a thread
    for _ in 0..2 {
        let both = Arc::clone(&both);
        let holder = async move {
            name_task("holder");
            both.wait();
            if thread::current().id() == began_on {
                work(seconds(3));
            }
        };
        drop(Studio::<TwoThreads>::spawn(holder)); // tokio detaches it
    }
    sleep(seconds(1)).await;
    promise.send("blue").expect("the portrait waits for it");
    [began_on, painter.await.expect("painting does not fail")]
}

/// The replay page: by hand. On tokio, what the threads do at the same time has no order.
pub(super) fn replay() -> Replay {
    Replay {
        name: "14-across-threads",
        title: "A future on two threads",
        file: file!(),
        text: include_str!("across_threads.rs"),
        runs: || vec![watch_blocking("", by_hand).recorded("by hand", "polled on one thread, then moved to another")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch_on;

    #[test]
    fn another_thread_continues_a_future_that_was_moved() {
        let seen = watch_blocking("by hand", by_hand);
        let log = "
  1.0 s  main: has sketched a face
  2.0 s  ada: has painted a face blue
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }

    #[test]
    fn another_thread_continues_a_task_of_tokio() {
        let seen = watch_on::<TwoThreads, _>("on tokio", on_tokio());
        seen.assert_took(seconds(4), "the portrait does not wait for the thread that has begun it");
        let [began_on, ended_on] = seen.result();
        assert_ne!(began_on, ended_on);
    }
}
