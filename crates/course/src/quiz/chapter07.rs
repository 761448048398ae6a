//! Chapter 7, function colour.

use super::{Answer, time};
use crate::chapters::blocking::NAMES;
use crate::{Canvas, gather, say, seconds, sleep, spawn, watch, work};
use futures::StreamExt;
use futures::channel::mpsc;
use std::future::ready;
use std::panic::catch_unwind;
use tokio::runtime::{Builder, Handle};
use tokio::task::spawn_blocking;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter07::async_work", text: async_work },
        Answer { name: "chapter07::one_of_three_blocks", text: one_of_three_blocks },
        Answer { name: "chapter07::where_to_block_on", text: where_to_block_on },
        Answer { name: "chapter07::a_kept_sender", text: a_kept_sender },
    ]
}

#[expect(clippy::unused_async, reason = "it is the mistake of the question")]
async fn compute() {
    work(seconds(3));
}

fn async_work() -> String {
    let seen = watch("async work", async {
        spawn("heart", async {
            loop {
                sleep(seconds(1)).await;
                say("beat");
            }
        });
        spawn("worker", compute()).await.expect("computing does not fail");
        sleep(seconds(2)).await;
    });
    time(seen.times_of("heart: beat")[0])
}

fn one_of_three_blocks() -> String {
    let painters = NAMES.map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        if name == "sea" {
            canvas.dry_blocking();
        } else {
            canvas.dry().await;
        }
    });
    time(watch("one of three blocks", gather(painters)).took())
}

fn a_kept_sender() -> String {
    let seen = watch("a kept sender", async {
        let (sender, mut receiver) = mpsc::unbounded();
        let kept = sender.clone();
        spawn("sender", async move {
            for strokes in 1..=3 {
                sender.unbounded_send(strokes).expect("the task listens");
                sleep(seconds(1)).await;
            }
        });
        while let Some(strokes) = receiver.next().await {
            say(format!("{strokes} strokes"));
        }
        drop(kept);
    });
    assert_eq!(seen.times_of("main: 3 strokes").len(), 1);
    if seen.stalled().is_some() { "never".to_owned() } else { time(seen.took()) }
}

fn where_to_block_on() -> String {
    let runtime = || Builder::new_current_thread().build().expect("there is memory left");
    let blocks = || Handle::current().block_on(ready(()));
    let in_an_async_fn = catch_unwind(|| runtime().block_on(async { Handle::current().block_on(ready(())) })).is_ok();
    let in_a_plain_function = catch_unwind(|| runtime().block_on(async { blocks() })).is_ok();
    let in_a_closure = runtime().block_on(async { spawn_blocking(blocks).await.is_ok() });
    match [in_an_async_fn, in_a_closure, in_a_plain_function] {
        [false, true, false] => "In the closure that you give to spawn_blocking".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The first two are not `Send`, and the third one is:
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let paint = std::rc::Rc::new("blue");
///     println!("{paint}");
///     drop(paint);
///     std::future::ready(()).await;
/// });
/// ```
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let paint = std::rc::Rc::new("blue");
///     {
///         println!("{paint}");
///         drop(paint);
///     }
///     std::future::ready(()).await;
/// });
/// ```
/// ```
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     {
///         let paint = std::rc::Rc::new("blue");
///         println!("{paint}");
///     }
///     std::future::ready(()).await;
/// });
/// ```
#[cfg(doctest)]
struct WhichFutureIsSend;
