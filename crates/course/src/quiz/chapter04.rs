//! Chapter 4, from yield to await.

use super::{Answer, list};
use crate::chapters::from_yield_to_await::{double, painter};
use crate::{say, spawn, watch, yield_now};
use futures::channel::oneshot;
use paintdry_core::amap;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter04::called_and_awaited", text: called_and_awaited },
        Answer { name: "chapter04::polls_of_five_items", text: polls_of_five_items },
        Answer { name: "chapter04::without_an_await", text: without_an_await },
    ]
}

async fn calls_and_awaits() {
    let sky = painter("sky");
    say("main: has called it");
    sky.await;
    say("main: has awaited it");
}

fn called_and_awaited() -> String {
    watch("called and awaited", calls_and_awaits()).said().join("\n")
}

fn polls_of_five_items() -> String {
    let seen = watch("five items", async {
        let (promise, _future) = oneshot::channel();
        spawn("a", amap(promise, double, 0..5, yield_now)).await.expect("doubling does not fail");
    });
    format!("{} times", seen.polls_of("a"))
}

#[expect(clippy::unused_async, reason = "it is what the question is about")]
async fn counts() {
    for number in 0..3 {
        say(number.to_string());
    }
}

fn without_an_await() -> String {
    let seen = watch("without an await", async {
        for task in ["a", "b"].map(|name| spawn(name, counts())) {
            task.await.expect("counting does not fail");
        }
    });
    list(&seen.said())
}
