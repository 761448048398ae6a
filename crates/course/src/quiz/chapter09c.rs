//! Chapter 9, pitfalls: dropped, or held too long.

use super::{Answer, list, time};
use crate::chapters::pitfalls::p12_guard_across_await::lock_or_give_up;
use crate::{Canvas, milliseconds, say, seconds, sleep, watch, watch_on, work};
use futures::future::{Either, join, select};
use futures::lock::Mutex;
use paintdry_core::Runtime;
use paintdry_smol::Local;
use paintdry_studio::Studio;
use std::cell::RefCell;
use std::pin::pin;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter09c::after_two_ticks", text: after_two_ticks },
        Answer { name: "chapter09c::two_names_for_a_handle", text: two_names_for_a_handle },
        Answer { name: "chapter09c::the_guard_is_dropped", text: the_guard_is_dropped },
        Answer { name: "chapter09c::a_full_channel", text: a_full_channel },
        Answer { name: "chapter09c::the_sky_is_dropped", text: the_sky_is_dropped },
    ]
}

type Rack = RefCell<Vec<Canvas>>;

async fn next_dry(rack: &Rack) -> Option<Canvas> {
    let canvas = rack.borrow_mut().pop()?;
    canvas.dry().await;
    Some(canvas)
}

async fn gives_up(rack: &Rack) -> Option<Canvas> {
    let mut next = pin!(next_dry(rack));
    for _ in 0..2 {
        if let Either::Left((canvas, _)) = select(next.as_mut(), pin!(sleep(milliseconds(800)))).await {
            return canvas;
        }
    }
    None
}

fn after_two_ticks() -> String {
    let seen = watch("after two ticks", async {
        let mut sky = Canvas::new("sky");
        sky.paint();
        let rack = RefCell::new(vec![sky]);
        let hung = gives_up(&rack).await;
        let in_the_next_call = gives_up(&rack).await;
        (rack.take().len(), hung.is_some(), in_the_next_call.is_some())
    });
    match seen.result() {
        (0, false, false) => "lost".to_owned(),
        other => format!("{other:?}"),
    }
}

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

#[expect(clippy::let_underscore_future, reason = "it is the mistake of the question")]
fn two_names_for_a_handle() -> String {
    let seen = watch_on::<Local, _>("two names for a handle", async {
        let _ = Studio::<Local>::spawn(paint_one("sea"));
        let _sky = Studio::<Local>::spawn(paint_one("sky"));
        sleep(seconds(4)).await;
    });
    let dry: Vec<_> = ["sea", "sky"].into_iter().filter(|name| seen.said().contains(&format!("{name}: dry"))).collect();
    list(&dry)
}

fn a_full_channel() -> String {
    let seen = watch("a full channel", async {
        let (sender, receiver) = async_channel::bounded(2);
        let mut work = pin!(async { while receiver.recv().await.is_ok() {} });
        if let Either::Right(_) = select(work.as_mut(), pin!(sleep(seconds(2)))).await {
            for number in 1..=5 {
                sender.send(number).await.expect("the receiver is there");
                say("sent");
            }
        }
    });
    assert!(seen.stalled().is_some());
    match seen.times_of("main: sent").len() {
        2 => "the third one of an arm".to_owned(),
        other => format!("the one after {other}"),
    }
}

async fn paint_with(brush: &Mutex<()>) {
    let _brush = brush.lock().await;
    paint_one("sky").await;
}

fn the_sky_is_dropped() -> String {
    let seen = watch("the sky is dropped", async {
        let brush = Mutex::new(());
        let mut sky = Box::pin(paint_with(&brush));
        if let Either::Right(_) = select(sky.as_mut(), pin!(sleep(seconds(2)))).await {
            drop(sky);
            let _brush = brush.lock().await;
            work(milliseconds(500));
            say("has touched up the frame");
        }
    });
    time(seen.times_of("main: has touched up the frame")[0])
}

#[allow(clippy::await_holding_lock, reason = "whether clippy sees the drop depends on its version")]
async fn paint_after_a_drop(name: &str, palette: &std::sync::Mutex<u32>) {
    let mut paint = lock_or_give_up(palette);
    *paint -= 1;
    drop(paint);
    paint_one(name).await;
}

/// That the future is not `Send` is for the compiler to say: a block below the answer must not compile.
fn the_guard_is_dropped() -> String {
    let seen = watch("the guard is dropped", async {
        let palette = std::sync::Mutex::new(2);
        join(paint_after_a_drop("sky", &palette), paint_after_a_drop("sea", &palette)).await;
    });
    let run = if seen.panicked().is_none() && seen.took() == seconds(4) { "does not hang" } else { "hangs" };
    format!("It {run}, and you cannot spawn it")
}
