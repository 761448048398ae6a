//! Chapter 8, three runtimes.

use super::{Answer, time};
use crate::{Canvas, TwoThreads, seconds, watch_on};
use paintdry_core::gather;
use paintdry_studio::Studio;
use std::panic::catch_unwind;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter08::four_on_two_threads", text: four_on_two_threads },
        Answer { name: "chapter08::sleeps_without_a_runtime", text: sleeps_without_a_runtime },
    ]
}

fn four_on_two_threads() -> String {
    let painters = ["sky", "sea", "sun", "tree"].map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    });
    time(watch_on::<TwoThreads, _>("four on two threads", gather::<Studio<TwoThreads>, _>(painters)).took())
}

fn sleeps_without_a_runtime() -> String {
    let smol = catch_unwind(|| drop(paintdry_smol::smol::Timer::after(seconds(1))));
    let tokio = catch_unwind(|| drop(tokio::time::sleep(seconds(1))));
    let in_words = |made: std::thread::Result<()>| if made.is_ok() { "works" } else { "panics" };
    format!("the first one {}, the second one {}", in_words(smol), in_words(tokio))
}
