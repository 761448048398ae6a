//! Chapter 10: four ways to cancel the same work after one second.

use super::drop_order::Held;
use super::select::timeout;
use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, spawn, watch};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, abortable, select};
use std::pin::pin;

/// The work: it holds a brush for three seconds.
pub async fn paint() {
    let _brush = Held("brush");
    sleep(seconds(3)).await;
    say("painted");
}

/// 1. Drop the future that you own.
pub async fn by_drop() {
    let mut painting = Box::pin(paint());
    assert_eq!((&mut painting).now_or_never(), None); // polled once: it has the brush
    sleep(seconds(1)).await;
    drop(painting);
    say("has dropped it");
}

/// 2. Abort the task through a handle.
pub async fn by_abort() {
    let (painting, handle) = abortable(paint());
    let task = spawn("painter", painting);
    sleep(seconds(1)).await;
    handle.abort();
    say("has asked");
    let _ = task.await;
    say("the task has ended");
}

/// 3. Ask the task through a token: it stops where it listens, and may await before it ends.
pub async fn by_token() {
    let (cancel, token) = oneshot::channel::<()>();
    let task = spawn("painter", async {
        let is_cancelled = matches!(select(pin!(paint()), token).await, Either::Right(_));
        if is_cancelled {
            sleep(milliseconds(500)).await;
            say("has cleaned up");
        }
    });
    sleep(seconds(1)).await;
    drop(cancel);
    say("has asked");
    let _ = task.await;
    say("the task has ended");
}

/// 4. Let it lose a `select`.
pub async fn by_losing() {
    timeout(seconds(1), paint()).await;
    say("the time is over");
}

/// The replay page: all four.
pub(super) fn replay() -> Replay {
    Replay {
        name: "10-four-ways",
        title: "Four ways to cancel",
        file: file!(),
        text: include_str!("ways.rs"),
        runs: || {
            vec![
                watch("", by_drop()).recorded("drop", "the owner drops the future"),
                watch("", by_abort()).recorded("abort", "another task aborts it through a handle"),
                watch("", by_token()).recorded("token", "the task listens for a token"),
                watch("", by_losing()).recorded("losing a select", "a time limit is ready first"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;

    #[test]
    fn drop_returns_after_the_destructors() {
        let log = "
  1.0 s  main: drops the brush
  1.0 s  main: has dropped it
";
        assert_log(&watch("drop", by_drop()), log);
    }

    #[test]
    fn abort_only_asks() {
        let log = "
  1.0 s  main: has asked
  1.0 s  painter: drops the brush
  1.0 s  main: the task has ended
";
        assert_log(&watch("abort", by_abort()), log);
    }

    #[test]
    fn after_a_token_a_task_can_await() {
        let log = "
  1.0 s  main: has asked
  1.0 s  painter: drops the brush
  1.5 s  painter: has cleaned up
  1.5 s  main: the task has ended
";
        assert_log(&watch("token", by_token()), log);
    }

    #[test]
    fn the_loser_of_a_select_is_dropped_with_it() {
        let log = "
  1.0 s  main: drops the brush
  1.0 s  main: the time is over
";
        assert_log(&watch("losing", by_losing()), log);
    }
}
