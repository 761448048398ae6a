//! Chapter 7: what the colour of a function infects, and what it does not.

use super::blocking::NAMES;
use super::futures::block_on;
use crate::replays::Replay;
use crate::{Canvas, gather, milliseconds, now, seconds, watch};
use futures::future::join_all;
use paintdry_core::Painted;
use std::time::Duration;

/// Three painters, who await their canvases.
pub async fn awaited() {
    gather(NAMES.map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    }))
    .await;
}

/// The same, but they call the function that blocks. It compiles without a warning.
pub async fn blocked() {
    gather(NAMES.map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry_blocking();
    }))
    .await;
}

/// Core's `async fn paint`, three times at once, with the sleep that it gets. Painting costs nothing here.
pub async fn painted_with(sleep: impl AsyncFn(Duration)) -> Vec<Painted> {
    let sleep = &sleep;
    let canvas = || paintdry_core::Canvas::new(seconds(2));
    join_all(NAMES.map(|_| paintdry_core::paint(canvas(), 0, milliseconds(500), now, sleep))).await
}

/// A function of the other colour, which runs async code to its end.
pub fn at_the_edge() -> u32 {
    block_on(async { 6 * 7 })
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "07-function-colour",
        title: "Awaiting, and blocking in an async function",
        file: file!(),
        text: include_str!("colour.rs"),
        runs: || {
            vec![
                watch("", awaited()).recorded("awaited", "the thread is free while a canvas dries"),
                watch("", blocked()).recorded("blocked", "an async fn that calls a blocking one"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sleep, sleep_blocking};

    #[test]
    fn awaiting_lets_the_others_work() {
        watch("awaited", awaited()).assert_took(seconds(5), "three seconds of work, and two of waiting");
    }

    #[test]
    fn blocking_in_an_async_function_blocks_the_runtime() {
        watch("blocked", blocked()).assert_took(seconds(9), "the one thread sleeps, and with it every task");
    }

    #[test]
    fn the_caller_decides_whether_it_blocks() {
        let awaited = watch("awaited", painted_with(sleep));
        awaited.assert_took(seconds(2), "all wait at the same time");
        let blocked = watch("blocked", painted_with(async |duration| sleep_blocking(duration)));
        blocked.assert_took(seconds(6), "each sleep holds the thread");
    }

    #[test]
    fn async_code_ends_at_an_edge() {
        assert_eq!(at_the_edge(), 42);
    }
}
