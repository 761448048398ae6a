//! Chapter 5, promises and gather.

use super::{Answer, list, time, times};
use crate::chapters::promises::{awaited_too_early, one_fails, paint_one};
use crate::{now, say, seconds, sleep, spawn, watch};
use futures::channel::oneshot;
use futures::future::join_all;
use std::time::Duration;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter05::a_panic_with_a_promise", text: a_panic_with_a_promise },
        Answer { name: "chapter05::four_joined", text: four_joined },
        Answer { name: "chapter05::spawned_one_by_one", text: spawned_one_by_one },
        Answer { name: "chapter05::seen_in_order", text: seen_in_order },
        Answer { name: "chapter05::one_of_three_panics", text: one_of_three_panics },
        Answer { name: "chapter05::promise_and_handle", text: promise_and_handle },
    ]
}

fn a_panic_with_a_promise() -> String {
    let seen = watch("a panic with a promise", async {
        let (promise, future) = oneshot::channel::<Duration>();
        spawn("sky", async move {
            let _promise = promise;
            sleep(seconds(1)).await;
            panic!("the pot fell over");
        });
        future.await
    });
    let took = time(seen.took());
    match seen.result() {
        Err(error) => format!("At {took} it gets Err({error:?})"),
        Ok(value) => format!("At {took} it gets Ok({value:?})"),
    }
}

fn four_joined() -> String {
    time(watch("four joined", join_all(["sky", "sea", "sun", "tree"].map(paint_one))).took())
}

fn spawned_one_by_one() -> String {
    time(watch("spawned one by one", awaited_too_early()).took())
}

/// Awaits the handles of three naps in order.
async fn report() -> Vec<Duration> {
    let naps = [3, 1, 2].map(|length| spawn("nap", sleep(seconds(length))));
    let mut times = Vec::new();
    for nap in naps {
        nap.await.expect("a nap does not fail");
        times.push(now());
    }
    times
}

fn seen_in_order() -> String {
    times(&watch("seen in order", report()).result())
}

fn one_of_three_panics() -> String {
    let seen = watch("one of three panics", one_fails());
    let took = time(seen.took());
    let results: Vec<_> = seen.result().iter().map(|nap| if nap.is_ok() { "Ok" } else { "Err" }).collect();
    format!("After {took}: {}", list(&results))
}

fn promise_and_handle() -> String {
    let seen = watch("a promise and a handle", async {
        let (promise, future) = oneshot::channel();
        let sky = spawn("sky", async move {
            let _ = promise.send(());
            sleep(seconds(5)).await;
        });
        let _ = future.await;
        say("has the value");
        let _ = sky.await;
        say("has the result");
    });
    times(&[seen.times_of("main: has the value"), seen.times_of("main: has the result")].concat())
}
