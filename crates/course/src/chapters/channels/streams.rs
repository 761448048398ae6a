//! Chapter 13: a stream is a generator that yields values, and may be pending between two of them.

use crate::chapters::blocking::NAMES;
use crate::chapters::generators::Painter;
use crate::replays::Replay;
use crate::{Canvas, say, seconds, sleep, spawn, watch};
use futures::channel::mpsc;
use futures::stream::unfold;
use futures::{SinkExt, Stream, StreamExt};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// The painter of chapter 2, unchanged: a stream of what she yields.
impl Stream for Painter {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Request>> {
        match self.resume() {
            GeneratorState::Yielded(request) => Poll::Ready(Some(request)),
            GeneratorState::Complete(()) => Poll::Ready(None),
        }
    }
}

/// What `drive` of chapter 2 does, with a stream.
pub async fn drive(mut painter: Painter) {
    while let Some(request) = painter.next().await {
        if let Request::Sleep(duration) = request {
            sleep(duration).await;
        }
    }
}

/// A stream of dry canvases. `unfold` calls the closure for each item; it returns the item and what is left, or `None` at the end.
pub fn dry_canvases() -> impl Stream<Item = &'static str> + Send {
    unfold(NAMES.into_iter(), |mut names| async move {
        let name = names.next()?;
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
        Some((name, names))
    })
}

/// A second of waiting for the carpenter.
async fn frame(name: &str) {
    sleep(seconds(1)).await;
    say(format!("{name}: framed"));
}

/// Fails: it collects all canvases before it frames the first one.
pub async fn collects_first() {
    let canvases: Vec<_> = dry_canvases().collect().await;
    for name in canvases {
        frame(name).await;
    }
}

/// Cured: it frames each canvas when it is dry. Meanwhile the stream is not polled, so nothing is painted.
pub async fn pulls() {
    let mut canvases = pin!(dry_canvases());
    while let Some(name) = canvases.next().await {
        frame(name).await;
    }
}

/// A task polls the stream, and a channel brings the canvases here. So one canvas is painted while another is framed.
pub async fn is_pushed() {
    let (mut sender, mut canvases) = mpsc::channel(1);
    spawn("painter", async move {
        let mut painted = pin!(dry_canvases());
        while let Some(name) = painted.next().await {
            sender.send(name).await.expect("main receives");
        }
    });
    while let Some(name) = canvases.next().await {
        frame(name).await;
    }
}

/// The replay page: all three.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-streams",
        title: "A stream of canvases, collected, pulled and pushed",
        file: file!(),
        text: include_str!("streams.rs"),
        runs: || {
            vec![
                watch("", collects_first()).recorded("collected", "fails: nothing is framed before the last is dry"),
                watch("", pulls()).recorded("pulled", "cured: each canvas is framed as soon as it is dry"),
                watch("", is_pushed()).recorded("pushed", "a task polls the stream while main frames"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::chapters::generators::painters;
    use crate::milliseconds;
    use futures::FutureExt;

    #[test]
    fn the_generator_of_chapter_2_is_a_stream_of_requests() {
        let seen = watch("requests", async {
            let [sky, ..] = painters();
            sky.take(3).collect::<Vec<_>>().await
        });
        seen.assert_took(seconds(1), "no task sleeps, so the canvas does not dry");
        assert_eq!(seen.result(), [Request::Sleep(milliseconds(500)); 3]);
    }

    #[test]
    fn driven_as_a_stream_it_does_the_same() {
        let seen = watch("driven", async {
            let [sky, ..] = painters();
            drive(sky).await;
        });
        let log = "
  1.0 s  sky: painted
  3.0 s  sky: dry
";
        assert_log(&seen, log);
    }

    #[test]
    fn a_stream_does_nothing_until_it_is_polled() {
        let seen = watch("not polled", async { drop(dry_canvases()) });
        seen.assert_said(&[], "no canvas is painted");
    }

    #[test]
    fn between_two_items_a_stream_is_pending() {
        let seen = watch("pending", async {
            let mut canvases = pin!(dry_canvases());
            let first = canvases.next().now_or_never();
            sleep(milliseconds(2500)).await;
            (first, canvases.next().now_or_never())
        });
        assert_eq!(seen.result(), (None, Some(Some("sky"))));
    }

    #[test]
    fn collected_nothing_is_framed_before_the_end() {
        let seen = watch("collected", collects_first());
        seen.assert_took(seconds(12), "nine seconds, and then three for the frames");
        assert_eq!(seen.times_of("sky: framed"), [seconds(10)]);
    }

    #[test]
    fn pulled_each_is_framed_when_it_is_dry() {
        let seen = watch("pulled", pulls());
        seen.assert_took(seconds(12), "the stream is not polled meanwhile");
        assert_eq!(seen.times_of("sky: framed"), [seconds(4)]);
    }

    #[test]
    fn pushed_one_is_painted_while_another_is_framed() {
        let seen = watch("pushed", is_pushed());
        seen.assert_took(seconds(10), "only the last frame is made alone");
        assert_eq!(seen.times_of("sky: framed"), [seconds(5)], "the painter begins the sea before main runs");
    }
}
