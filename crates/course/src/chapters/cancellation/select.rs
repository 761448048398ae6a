//! Chapter 10: `select` makes a time limit, and in a loop it can restart what it races.

use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, watch};
use futures::future::{Either, select};
use std::pin::pin;
use std::time::Duration;

/// Waits for `future`, but no longer than `limit`; then drops it.
pub async fn timeout<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    }
}

/// Waits until the canvas is dry, and says every half second that it is still there; makes a new drying each time.
pub async fn restarted(beats: u32) -> bool {
    for _ in 0..beats {
        let dry = pin!(sleep(seconds(2)));
        if let Either::Left(_) = select(dry, pin!(sleep(milliseconds(500)))).await {
            return true;
        }
        say("still here");
    }
    false
}

/// The same; the drying is made once, and polled again in each round.
pub async fn made_once(beats: u32) -> bool {
    let mut dry = pin!(sleep(seconds(2)));
    for _ in 0..beats {
        if let Either::Left(_) = select(&mut dry, pin!(sleep(milliseconds(500)))).await {
            return true;
        }
        say("still here");
    }
    false
}

/// The replay page: both loops.
pub(super) fn replay() -> Replay {
    Replay {
        name: "10-select",
        title: "A drying that starts again, and one that does not",
        file: file!(),
        text: include_str!("select.rs"),
        runs: || {
            vec![
                watch("", restarted(10)).recorded("restarted", "each round drops the drying and makes another"),
                watch("", made_once(10)).recorded("made once", "each round polls the same one"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::ready;

    #[test]
    fn a_future_that_is_made_in_the_loop_starts_again() {
        let seen = watch("restarted", restarted(10));
        seen.assert_took(seconds(5), "ten rounds of half a second, and no drying ever ends");
        assert!(!seen.result());
    }

    #[test]
    fn a_future_that_is_made_outside_the_loop_ends() {
        let seen = watch("made once", made_once(10));
        seen.assert_took(seconds(2), "the drying takes its two seconds, and the rounds do not restart it");
        assert!(seen.result());
    }

    #[test]
    fn a_time_limit_gives_the_result_or_nothing() {
        assert_eq!(watch("in time", timeout(seconds(2), ready("dry"))).result(), Some("dry"));
        let late = watch("late", async { timeout(seconds(2), sleep(seconds(3))).await });
        late.assert_took(seconds(2), "the limit");
        assert_eq!(late.result(), None);
    }

    #[test]
    fn select_polls_the_first_future_first() {
        let both = watch("both ready", async { select(ready(1), ready(2)).await });
        assert!(matches!(both.result(), Either::Left((1, _))));
    }
}
