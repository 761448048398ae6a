//! Chapter 16: a closure that awaits, called again until it succeeds.

use crate::replays::Replay;
use crate::{say, seconds, sleep, spawn, watch};
use std::time::Duration;

/// Calls `attempt` until it gives something, with longer and longer pauses.
pub async fn retry<T>(mut attempt: impl AsyncFnMut() -> Option<T>) -> T {
    let mut pause = seconds(1);
    loop {
        if let Some(value) = attempt().await {
            return value;
        }
        sleep(pause).await;
        pause *= 2;
    }
}

/// Asks a shop for paint, which takes a second. The shop has paint when it is asked for the nth time.
pub async fn buys_paint(nth: u32) -> &'static str {
    let mut asked = 0;
    let paint = retry(async || {
        asked += 1;
        sleep(seconds(1)).await;
        say("asks for paint");
        (asked == nth).then_some("blue")
    });
    paint.await
}

/// Calls `job` several times, each time in a task. The bound on `T` says that its futures are `Send`, for which an
/// `AsyncFn` has no words.
pub async fn in_tasks<F, T>(names: [&'static str; 2], job: F)
where
    F: Fn(&'static str) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let tasks = names.map(|name| spawn(name, job(name)));
    for task in tasks {
        task.await.expect("the job does not fail");
    }
}

/// Two tasks that dry for this long.
pub async fn dries_two(drying: Duration) {
    let job = |_name| async move {
        sleep(drying).await;
        say("dry");
    };
    in_tasks(["sky", "sea"], job).await;
}

/// The replay page: the shop, and the tasks.
pub(super) fn replay() -> Replay {
    Replay {
        name: "16-retry",
        title: "A closure that awaits",
        file: file!(),
        text: include_str!("closures.rs"),
        runs: || vec![watch("", buys_paint(3)).recorded("retry", "the shop has paint at the third time")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch_on;
    use paintdry_core::Runtime;

    #[test]
    fn the_pauses_grow() {
        let seen = watch("retry", buys_paint(3));
        let log = "
  1.0 s  main: asks for paint
  3.0 s  main: asks for paint
  6.0 s  main: asks for paint
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        assert_eq!(seen.result(), "blue");
    }

    #[test]
    fn it_retries_on_every_runtime() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, buys_paint(3));
            seen.assert_took(seconds(6), "three times a second, and pauses of one and two seconds");
        }
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn each_task_has_a_future_of_the_closure() {
        let seen = watch("in tasks", dries_two(seconds(2)));
        seen.assert_took(seconds(2), "both wait at the same time");
        seen.assert_said(&["sky: dry", "sea: dry"], "each is a task with its name");
    }
}
