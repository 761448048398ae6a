//! Chapter 7: what the colour of a function infects, and what it does not.

use super::blocking::NAMES;
use super::futures::{Bell, Listening};
use super::smallest_runtime::block_on;
use crate::replays::Replay;
use crate::{Canvas, gather, milliseconds, now, offload, say, seconds, sleep, spawn, watch, work, yield_now};
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

/// The only function of the gallery that waits by itself.
async fn until_dry(bell: &Bell) {
    Listening(bell.clone()).await;
}

async fn paint_one(bell: &Bell) -> u32 {
    let strokes = mix(14);
    until_dry(bell).await;
    strokes
}

async fn paint_all(bell: &Bell) -> u32 {
    let mut strokes = 0;
    for _ in NAMES {
        strokes += paint_one(bell).await;
    }
    strokes
}

/// Computes, and does not wait: a plain function.
fn mix(strokes: u32) -> u32 {
    strokes
}

/// A plain function that runs async code to its end.
pub fn visit(bell: &Bell) -> u32 {
    block_on(paint_all(bell))
}

/// Beats every 250 ms.
async fn heart() {
    loop {
        sleep(milliseconds(250)).await;
        say("beat");
    }
}

/// A second of work without an await.
#[expect(clippy::unused_async, reason = "it is the mistake that is shown")]
pub async fn works() {
    work(seconds(1));
}

/// The same work in five pieces. After each, the other tasks can run.
pub async fn works_in_pieces() {
    for _ in 0..5 {
        work(milliseconds(200));
        yield_now().await;
    }
}

/// The same work on a thread of its own.
pub async fn works_elsewhere() {
    offload("hand", || work(seconds(1))).await;
}

/// Runs the painter beside a heart, on one thread.
pub async fn beside_a_heart(painter: impl Future<Output = ()> + Send + 'static) {
    let _heart = spawn("heart", heart());
    let painter = spawn("painter", painter);
    painter.await.expect("painting does not fail");
    sleep(milliseconds(500)).await;
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
                watch("", beside_a_heart(works())).recorded("works", "a second of work without an await"),
                watch("", beside_a_heart(works_elsewhere())).recorded("offloads", "the same work on another thread"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chapters::event_loop::{Loop, Order};
    use crate::{sleep_blocking, watch_blocking};
    use paintdry_generator::{Generator, GeneratorState, Request};
    use std::thread;

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
        let bell = Bell::default();
        let ringer = thread::spawn({
            let bell = bell.clone();
            move || bell.ring()
        });
        assert_eq!(visit(&bell), 42);
        ringer.join().expect("ringing does not fail");
    }

    /// When the heart beats beside this painter.
    fn beats(painter: impl Future<Output = ()> + Send + 'static) -> Vec<Duration> {
        watch("beats", beside_a_heart(painter)).times_of("heart: beat")
    }

    #[test]
    fn work_without_an_await_makes_a_gap_in_the_heartbeat() {
        assert_eq!(beats(works()), [1000, 1250].map(milliseconds));
        assert_eq!(beats(works_in_pieces()), [400, 800, 1050, 1300].map(milliseconds));
        assert_eq!(beats(works_elsewhere()), [250, 500, 750, 1000, 1250].map(milliseconds));
    }

    /// The heart, or the painter who works in pieces, as a generator.
    enum ByHand {
        Heart { beats: u32 },
        Painter { pieces: u32 },
    }

    impl Generator for ByHand {
        type Return = ();

        fn resume(&mut self) -> GeneratorState<()> {
            match self {
                Self::Heart { beats: 4 } | Self::Painter { pieces: 5 } => GeneratorState::Complete(()),
                Self::Heart { beats } => {
                    *beats += 1;
                    say(format!("beat {beats}"));
                    GeneratorState::Yielded(Request::Sleep(milliseconds(250)))
                }
                Self::Painter { pieces } => {
                    *pieces += 1;
                    work(milliseconds(200));
                    GeneratorState::Yielded(Request::Turn)
                }
            }
        }
    }

    /// This heart beats at the start as well.
    #[test]
    fn the_loop_of_chapter_3_puts_the_painter_back_before_it_checks_its_timers() {
        let seen = watch_blocking("by hand", || {
            Loop::new([ByHand::Heart { beats: 0 }, ByHand::Painter { pieces: 0 }], Order::FirstInFirstOut).run();
        });
        let beats = [1, 2, 3, 4].map(|beat| seen.times_of(&format!("main: beat {beat}"))[0]);
        assert_eq!(beats, [0, 600, 1000, 1250].map(milliseconds));
    }
}
