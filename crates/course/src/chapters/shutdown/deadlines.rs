//! Chapter 17: a limit for each step is no limit for all of them. A deadline is.

use crate::chapters::cancellation::select::timeout;
use crate::replays::Replay;
use crate::{milliseconds, now, say, seconds, sleep, watch};
use std::time::Duration;

/// The steps of a painting.
const STEPS: [&str; 3] = ["fetches the canvas", "paints it", "frames it"];

/// How long each takes.
const STEP: Duration = milliseconds(1500);

/// How long the customer waits.
const PATIENCE: Duration = seconds(2);

async fn work_on(step: &str) {
    sleep(STEP).await;
    say(step);
}

/// Fails: each step is within the limit, and all of them together are not.
pub async fn limit_for_each() -> Option<()> {
    for step in STEPS {
        timeout(PATIENCE, work_on(step)).await?;
    }
    Some(())
}

/// Cured: the deadline is computed once, and each step has the time that is left.
pub async fn with_a_deadline() -> Option<()> {
    let deadline = now() + PATIENCE;
    for step in STEPS {
        until(deadline, work_on(step)).await?;
    }
    Some(())
}

/// Waits for `future` until that moment. A moment that is over still gives it one poll.
pub async fn until<T>(deadline: Duration, future: impl Future<Output = T>) -> Option<T> {
    timeout(deadline.saturating_sub(now()), future).await
}

/// A customer who waits two seconds, asks a shop that tries a step of 1.5 s again each time it fails, and it always fails.
async fn tries(limit: impl AsyncFn() -> Option<()>) -> u32 {
    let mut tries = 0;
    while tries < 3 {
        tries += 1;
        if limit().await.is_none() {
            break;
        }
        say("it has failed, and is tried again");
    }
    tries
}

/// Tried three times, each within the limit.
pub async fn limit_for_each_try() -> u32 {
    tries(async || timeout(PATIENCE, sleep(STEP)).await).await
}

/// Tried as often as there is time.
pub async fn deadline_for_all_tries() -> u32 {
    let deadline = now() + PATIENCE;
    tries(async || until(deadline, sleep(STEP)).await).await
}

/// The replay page: both, with three steps.
pub(super) fn replay() -> Replay {
    Replay {
        name: "17-deadline",
        title: "Three steps of 1.5 s, and a customer who waits two seconds",
        file: file!(),
        text: include_str!("deadlines.rs"),
        runs: || {
            vec![
                watch("", limit_for_each()).recorded("a limit for each", "fails: no step is too late, and all are"),
                watch("", with_a_deadline()).recorded("a deadline", "cured: each step has the time that is left"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch_on;
    use paintdry_core::Runtime;

    #[test]
    fn a_limit_for_each_step_begins_again_with_each() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, limit_for_each());
            seen.assert_took(milliseconds(4500), "three steps, and none is longer than the limit");
            assert_eq!(seen.result(), Some(()));
        }
        check::<paintdry_generator::EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn a_deadline_is_the_same_moment_for_all_steps() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, with_a_deadline());
            seen.assert_took(seconds(2), "the second step is cut off");
            seen.assert_said(&["main: fetches the canvas"], "one step is done");
            assert_eq!(seen.result(), None);
        }
        check::<paintdry_generator::EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn tries_multiply_a_limit_and_not_a_deadline() {
        let each = watch("a limit for each try", limit_for_each_try());
        each.assert_took(milliseconds(4500), "three tries of 1.5 s");
        assert_eq!(each.result(), 3);
        let all = watch("a deadline for all tries", deadline_for_all_tries());
        all.assert_took(seconds(2), "the second try is cut off");
        assert_eq!(all.result(), 2);
    }

    #[test]
    fn a_deadline_that_is_over_gives_one_poll() {
        let seen = watch("over", async {
            sleep(seconds(3)).await;
            (until(seconds(2), async { "ready" }).await, until(seconds(2), sleep(seconds(1))).await)
        });
        seen.assert_took(seconds(3), "no time is left");
        assert_eq!(seen.result(), (Some("ready"), None));
    }
}
