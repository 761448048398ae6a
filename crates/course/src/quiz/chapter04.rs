//! Chapter 4, from yield to await.

use super::{Answer, list};
use crate::chapters::from_yield_to_await::{double, painter};
use crate::{say, seconds, sleep, spawn, watch, yield_now};
use futures::channel::oneshot;
use paintdry_core::amap;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter04::called_and_awaited", text: called_and_awaited },
        Answer { name: "chapter04::polls_of_five_items", text: polls_of_five_items },
        Answer { name: "chapter04::without_an_await", text: without_an_await },
        Answer { name: "chapter04::the_name_is_kept", text: the_name_is_kept },
        Answer { name: "chapter04::a_pending_task", text: a_pending_task },
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

/// The size of a future tells what it keeps: the two differ in the place of one line.
fn the_name_is_kept() -> String {
    let used_in_the_last_line = async {
        let name = String::from("sky");
        yield_now().await;
        drop(name);
    };
    let used_in_the_first_line = async {
        let name = String::from("sky");
        drop(name);
        yield_now().await;
    };
    let more = size_of_val(&used_in_the_last_line).saturating_sub(size_of_val(&used_in_the_first_line));
    let why = if more >= size_of::<String>() {
        "The last line of the async function uses name"
    } else {
        "The compiler keeps every variable, to be safe"
    };
    why.to_owned()
}

fn a_pending_task() -> String {
    let seen = watch("a pending task", async {
        let (promise, future) = oneshot::channel::<()>();
        let waits = spawn("waits", async { _ = future.await });
        for _ in 0..5 {
            yield_now().await;
        }
        sleep(seconds(2)).await;
        drop(promise);
        waits.await.expect("waiting does not fail");
    });
    match seen.polls_of("waits") {
        2 => "Aside, until it is woken".to_owned(),
        polls => format!("it is polled {polls} times"),
    }
}
