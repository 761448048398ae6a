//! A painter asks a shop for paint, through a `retry` that takes an async closure. The closure counts the questions.

use paintdry_core::Runtime;
use paintdry_explore::{ExploredLoop, name_task, note};
use std::time::Duration;

const TRIES: u32 = 4;

pub(crate) async fn buys_paint(nth: u32, answer: Duration, pause: Duration, doubles: bool, lends: bool) {
    name_task("painter");
    let mut asked = 0;
    let paint = if lends {
        retry(async || ask(&mut asked, nth, answer).await, pause, doubles).await
    } else {
        retry(|| async move { ask(&mut asked, nth, answer).await }, pause, doubles).await
    };
    let Some(paint) = paint else { panic!("the painter gives up, and has counted {asked} questions") };
    note(format_args!("has {paint}, and has counted {asked} questions"));
}

/// Calls `attempt` until it gives something, with a pause after each failure but the last.
async fn retry<T>(mut attempt: impl AsyncFnMut() -> Option<T>, mut pause: Duration, doubles: bool) -> Option<T> {
    for _ in 1..TRIES {
        if let Some(value) = attempt().await {
            return Some(value);
        }
        ExploredLoop::sleep(pause).await;
        if doubles {
            pause *= 2;
        }
    }
    attempt().await
}

/// Asks the shop, and counts the question. The shop has paint at the nth one.
async fn ask(asked: &mut u32, nth: u32, answer: Duration) -> Option<&'static str> {
    *asked += 1;
    note(format_args!("asks question {asked}"));
    ExploredLoop::sleep(answer).await;
    (*asked == nth).then_some("blue")
}
