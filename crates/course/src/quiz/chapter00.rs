//! The page for people who come from Python.

use super::{Answer, list, time};
use crate::chapters::{
    colour::painted_with,
    from_yield_to_await::{double, painter},
    promises::broken,
};
use crate::{sleep_blocking, spawn, watch, yield_now};
use futures::channel::oneshot;
use paintdry_core::amap;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter00::called_only", text: called_only },
        Answer { name: "chapter00::a_forgotten_sleep", text: a_forgotten_sleep },
        Answer { name: "chapter00::one_and_three", text: one_and_three },
        Answer { name: "chapter00::no_result", text: no_result },
    ]
}

/// A test of the page runs the Python programs; here is the Rust half.
fn called_only() -> String {
    let seen = watch("called only", async {
        let _sky = painter("sky");
    });
    if seen.said().is_empty() { "nothing in both".to_owned() } else { seen.said().join("\n") }
}

fn a_forgotten_sleep() -> String {
    time(watch("a forgotten sleep", painted_with(async |duration| sleep_blocking(duration))).took())
}

fn one_and_three() -> String {
    let seen = watch("one and three", async {
        let tasks = [("a", 0..3), ("b", 10..11)].map(|(name, items)| {
            let (promise, _future) = oneshot::channel();
            spawn(name, amap(promise, double, items, yield_now))
        });
        for task in tasks {
            task.await.expect("doubling does not fail");
        }
    });
    list(&seen.said().iter().filter_map(|said| Some(said.split_once(": ")?.1.to_owned())).collect::<Vec<_>>())
}

fn no_result() -> String {
    match watch("no result", broken()).result() {
        Err(oneshot::Canceled) => "on asyncio it waits for ever, on our loop it gets an error".to_owned(),
        Ok(at) => time(at),
    }
}
