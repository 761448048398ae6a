//! Chapter 5: promises, futures and gather.

use crate::replays::Replay;
use crate::words::{Ended, Watched};
use crate::{Canvas, now, say, seconds, sleep, spawn, watch};
use futures::channel::oneshot;
use std::time::Duration;

/// Paints, waits, and sends the time at which the canvas was dry on a promise.
pub async fn paint_and_report(promise: oneshot::Sender<Duration>) {
    let mut canvas = Canvas::new("sky");
    canvas.paint();
    canvas.dry().await;
    let _ = promise.send(now()); // the receiver may be gone
}

/// Passes in a promise, and waits for its future.
pub async fn kept() -> Duration {
    let (promise, future) = oneshot::channel();
    spawn("sky", paint_and_report(promise));
    say("waits for the future");
    future.await.expect("it is kept")
}

/// Waits for a promise that is dropped.
pub async fn broken() -> Result<Duration, oneshot::Canceled> {
    let (promise, future) = oneshot::channel();
    spawn("sky", async {
        sleep(seconds(1)).await;
        drop::<oneshot::Sender<Duration>>(promise);
    });
    future.await
}

/// Waits for a promise that is neither kept nor dropped.
pub async fn forgotten() -> Result<Duration, oneshot::Canceled> {
    let (promise, future) = oneshot::channel();
    let _kept_for_later: oneshot::Sender<Duration> = promise;
    future.await
}

/// Three naps of different lengths, gathered.
pub async fn gathered() -> Vec<Ended<u64>> {
    let nap = |hours: u64| async move {
        sleep(seconds(hours)).await;
        say(format!("nap of {hours}: over"));
        hours
    };
    paintdry_core::gather::<Watched, _>([3, 1, 2].map(nap)).await
}

/// Three tasks; the second panics.
pub async fn one_fails() -> Vec<Ended<u64>> {
    let nap = |hours: u64| async move {
        sleep(seconds(hours)).await;
        assert!(hours != 1, "this one fell out of bed");
        say(format!("nap of {hours}: over"));
        hours
    };
    paintdry_core::gather::<Watched, _>([3, 1, 2].map(nap)).await
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "05-promises",
        title: "Promises kept, broken and forgotten; naps gathered",
        file: file!(),
        text: include_str!("promises.rs"),
        runs: || {
            vec![
                watch("", kept()).recorded("kept", "the task puts its result on the promise"),
                watch("", broken()).recorded("broken", "the task drops the promise"),
                watch("", forgotten()).recorded("forgotten", "it will never be kept"),
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
    fn who_waits_for_the_future_goes_on_when_the_promise_is_kept() {
        let seen = watch("kept", kept());
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
    fn a_forgotten_promise_is_found_by_the_watchdog() {
        let seen = watch("forgotten", forgotten());
        let expected = "stalled: nothing can run and no timer is set: main waits for a wake that nobody sends";
        let message = seen.stalled().expect("no task can keep the promise").to_string();
        assert!(message.starts_with(expected), "{message}");
    }

    #[test]
    fn results_stand_in_the_order_given_whoever_ends_first() {
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
