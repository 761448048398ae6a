//! Chapter 17: one token tells any number of tasks to stop, and each stops where it loses nothing.

use crate::replays::Replay;
use crate::{say, seconds, sleep, watch_on};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, Shared, join_all, select};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{RecordedRun, Studio, name_task};
use std::pin::pin;

/// Ready when its promise is dropped. A clone listens to the same promise, so many tasks can.
pub type Token = Shared<oneshot::Receiver<()>>;

/// A promise to drop when the tasks should stop, and the token that they listen to.
pub fn token() -> (oneshot::Sender<()>, Token) {
    let (stop, stopped) = oneshot::channel();
    (stop, stopped.shared())
}

/// Whether the promise is dropped by now, without waiting.
#[must_use]
pub fn is_stopped(stopped: &Token) -> bool {
    stopped.clone().now_or_never().is_some()
}

/// Paints canvas after canvas. Between two of them, and not in the middle of one, it looks at the token.
async fn paint_until(stopped: Token, drying: u64) {
    for number in 1.. {
        sleep(seconds(drying)).await;
        say(format!("canvas {number} is done"));
        if is_stopped(&stopped) {
            break;
        }
    }
    say("cleans the brush");
}

/// Waits for a customer who never comes, so only the token can end it.
async fn wait_until(stopped: Token) {
    let customer = pin!(std::future::pending::<()>());
    if let Either::Right(_) = select(customer, stopped).await {
        say("closes the door");
    }
}

/// Three tasks, and at second 4 the promise is dropped.
pub async fn closing_time<R: Runtime>() {
    let (stop, stopped) = token();
    let named = |name, job: futures::future::BoxFuture<'static, ()>| {
        Studio::<R>::spawn(async move {
            name_task(name);
            job.await;
        })
    };
    let tasks = [
        named("ada", paint_until(stopped.clone(), 3).boxed()),
        named("bob", paint_until(stopped.clone(), 5).boxed()),
        named("clerk", wait_until(stopped).boxed()),
    ];
    sleep(seconds(4)).await;
    say("closing time");
    drop(stop);
    join_all(tasks).await;
    say("all have gone home");
}

fn on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", closing_time::<R>()).recorded(R::NAME, about)
}

/// The replay page: the same on four runtimes.
pub(super) fn replay() -> Replay {
    Replay {
        name: "17-token",
        title: "Closing time, told to three tasks",
        file: file!(),
        text: include_str!("token.rs"),
        runs: || {
            vec![
                on::<EventLoop>("each task stops where it loses nothing"),
                on::<paintdry_tokio::CurrentThread>("on tokio"),
                on::<paintdry_async_std::Global>("on async-std"),
                on::<paintdry_smol::Local>("on smol"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_task_stops_where_it_loses_nothing() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, closing_time::<R>());
            seen.assert_took(seconds(6), "ada's second canvas is done at second 6");
            let expected = [
                ("clerk: closes the door", 4),
                ("bob: cleans the brush", 5),
                ("ada: cleans the brush", 6),
                ("main: all have gone home", 6),
            ];
            for (said, time) in expected {
                assert_eq!(seen.times_of(said), [seconds(time)], "{}: {said}\n{}", R::NAME, seen.log());
            }
            assert_eq!(seen.left_alive(), 0, "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }
}
