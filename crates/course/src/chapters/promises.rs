//! Chapter 5: promises, futures and gather.

use super::blocking::NAMES;
use crate::replays::Replay;
use crate::words::{Ended, Watched};
use crate::{Canvas, now, say, seconds, sleep, spawn, watch};
use futures::channel::oneshot;
use futures::future::join_all;
use std::time::Duration;

/// Paints, waits, and sends the time at which the canvas was dry on a promise.
pub async fn paint_and_report(promise: oneshot::Sender<Duration>) {
    let mut canvas = Canvas::new("sky");
    canvas.paint();
    canvas.dry().await;
    let _ = promise.send(now()); // the receiver may be gone
}

/// Passes in a promise, and waits for its future.
pub async fn fulfilled() -> Duration {
    let (promise, future) = oneshot::channel();
    spawn("sky", paint_and_report(promise));
    say("waits for the future");
    future.await.expect("the promise is fulfilled")
}

/// Paints, and returns early: its promise is dropped.
#[expect(clippy::unused_async, reason = "a task is a future")]
pub async fn paint_and_leave(_promise: oneshot::Sender<Duration>) {
    let mut canvas = Canvas::new("sky");
    canvas.paint();
}

/// Waits for a promise that is dropped.
pub async fn broken() -> Result<Duration, oneshot::Canceled> {
    let (promise, future) = oneshot::channel();
    spawn("sky", paint_and_leave(promise));
    future.await
}

/// Waits for a promise that is neither fulfilled nor dropped.
pub async fn forgotten() -> Result<Duration, oneshot::Canceled> {
    let (promise, future) = oneshot::channel::<Duration>();
    let _in_a_drawer = promise; // it lives as long as this function, and `send` is never called
    spawn("sky", paint_one("sky"));
    future.await
}

/// A second of work, and two of waiting. Returns the time at which the canvas was dry.
pub async fn paint_one(name: &str) -> Duration {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    now()
}

/// Three canvases, each awaited before the next begins.
pub async fn one_after_another() -> Vec<Duration> {
    let mut dry_at = Vec::new();
    for name in NAMES {
        dry_at.push(paint_one(name).await);
    }
    dry_at
}

/// Three canvases inside one task.
pub async fn joined() -> Vec<Duration> {
    join_all(NAMES.map(paint_one)).await
}

/// Three canvases, each in a task of its own.
pub async fn spawned() -> Vec<Duration> {
    let tasks = NAMES.map(|name| spawn(name, paint_one(name)));
    let mut dry_at = Vec::new();
    for task in tasks {
        dry_at.push(task.await.expect("painting does not fail"));
    }
    dry_at
}

/// Sleeps for this many seconds, and returns the number.
async fn nap(length: u64) -> u64 {
    sleep(seconds(length)).await;
    say(format!("nap of {length}: over"));
    length
}

/// Three naps of different lengths, gathered.
pub async fn gathered() -> Vec<Ended<u64>> {
    paintdry_core::gather::<Watched, _>([3, 1, 2].map(nap)).await
}

/// Three naps, each awaited before the next is spawned.
pub async fn awaited_too_early() -> Vec<u64> {
    let mut results = Vec::new();
    for length in [3, 1, 2] {
        results.push(spawn("nap", nap(length)).await.expect("a nap does not fail"));
    }
    results
}

/// Three tasks; the second panics.
pub async fn one_fails() -> Vec<Ended<u64>> {
    let nap = |length| async move {
        assert!(length != 1, "this one fell out of bed");
        nap(length).await
    };
    paintdry_core::gather::<Watched, _>([3, 1, 2].map(nap)).await
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "05-promises",
        title: "Promises fulfilled, broken and forgotten; naps gathered",
        file: file!(),
        text: include_str!("promises.rs"),
        runs: || {
            vec![
                watch("", fulfilled()).recorded("fulfilled", "the task puts its result on the promise"),
                watch("", broken()).recorded("broken", "the task returns early and drops the promise"),
                watch("", forgotten()).recorded("forgotten", "the promise is neither fulfilled nor dropped"),
                watch("", gathered()).recorded("gathered", "three naps, results in the order given"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::TaskError;

    #[test]
    fn the_waiting_task_continues_when_the_promise_is_fulfilled() {
        let seen = watch("fulfilled", fulfilled());
        let log = "
  0.0 s  main: waits for the future
  1.0 s  sky: painted
  3.0 s  sky: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        assert_eq!(seen.result(), seconds(3));
    }

    #[test]
    fn a_dropped_promise_is_an_error_at_once() {
        let seen = watch("broken", broken());
        seen.assert_took(seconds(1), "the promise is dropped then");
        assert_eq!(seen.result(), Err(oneshot::Canceled));
    }

    #[test]
    fn a_panic_breaks_the_promise() {
        let seen = watch("a panic", async {
            let (promise, future) = oneshot::channel::<Duration>();
            spawn("sky", async move {
                let _promise = promise;
                panic!("the pot fell over");
            });
            future.await
        });
        assert_eq!(seen.result(), Err(oneshot::Canceled));
    }

    #[test]
    fn a_promise_can_be_fulfilled_before_its_task_ends() {
        let seen = watch("fulfilled early", async {
            let (promise, future) = oneshot::channel();
            spawn("sky", async move {
                let _ = promise.send(now());
                sleep(seconds(5)).await;
            });
            future.await
        });
        seen.assert_took(seconds(0), "the task is not awaited");
        assert_eq!(seen.result(), Ok(seconds(0)));
    }

    #[test]
    fn a_forgotten_promise_is_found_by_the_watchdog() {
        let seen = watch("forgotten", forgotten());
        let expected = "stalled: nothing can run and no timer is set: main waits for a wake that never comes";
        let message = seen.stalled().expect("no task can fulfil the promise").to_string();
        assert!(message.starts_with(expected), "{message}");
    }

    #[test]
    fn an_await_in_a_loop_waits_for_each_canvas() {
        let seen = watch("one after another", one_after_another());
        seen.assert_took(seconds(9), "nothing overlaps");
        assert_eq!(seen.result(), [3, 6, 9].map(seconds));
    }

    #[test]
    fn joined_and_spawned_canvases_dry_at_the_same_time() {
        let joined = watch("joined", joined());
        joined.assert_took(seconds(5), "three seconds of work, and the last canvas dries for two");
        assert_eq!(joined.tasks(), ["main"], "one task");
        let spawned = watch("spawned", spawned());
        spawned.assert_took(seconds(5), "the same, because there is one thread");
        assert_eq!(spawned.tasks(), ["main", "sky", "sea", "sun"]);
        assert_eq!(joined.result(), spawned.result());
    }

    #[test]
    fn an_await_right_after_the_spawn_waits_for_each_nap() {
        let seen = watch("awaited too early", awaited_too_early());
        seen.assert_took(seconds(6), "three, one and two seconds");
        assert_eq!(seen.result(), [3, 1, 2]);
    }

    #[test]
    fn results_come_in_the_order_given() {
        let seen = watch("gathered", gathered());
        let log = "
  1.0 s  nap of 1: over
  2.0 s  nap of 2: over
  3.0 s  nap of 3: over
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        seen.assert_took(seconds(3), "the longest nap");
        assert_eq!(seen.result(), [Ok(3), Ok(1), Ok(2)]);
    }

    #[test]
    fn a_panic_is_an_error_in_its_place_and_the_others_finish() {
        let seen = watch("one fails", one_fails());
        seen.assert_took(seconds(3), "the others continue");
        let fell = TaskError::Panicked("this one fell out of bed".to_owned());
        assert_eq!(seen.result(), [Ok(3), Err(fell), Ok(2)]);
    }
}
