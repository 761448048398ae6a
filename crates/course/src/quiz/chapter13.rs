//! Chapter 13, channels, streams and backpressure.

use super::{Answer, list};
use crate::chapters::channels::{bounds, deadlock, kinds};
use crate::{say, spawn, watch};
use futures::StreamExt;
use futures::channel::mpsc;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter13::most_orders_that_end", text: most_orders_that_end },
        Answer { name: "chapter13::orders_on_a_watch", text: orders_on_a_watch },
        Answer { name: "chapter13::a_clone_for_each", text: a_clone_for_each },
        Answer { name: "chapter13::a_kept_sender", text: a_kept_sender },
    ]
}

fn most_orders_that_end() -> String {
    let ends = |orders: &u32| watch("orders", deadlock::sends_all_first(*orders)).stalled().is_none();
    (1..20).take_while(ends).count().to_string()
}

fn orders_on_a_watch() -> String {
    let said = watch("orders on a watch", kinds::by_watch()).said();
    list(&said.iter().filter_map(|said| said.strip_prefix("main: paints the ")).collect::<Vec<_>>())
}

fn a_clone_for_each() -> String {
    bounds::held_with_a_clone_for_each(1000).to_string()
}

fn a_kept_sender() -> String {
    let seen = watch("a kept sender", async {
        let (orders, mut incoming) = mpsc::channel(10);
        for name in ["ada", "bob"] {
            let mut orders = orders.clone();
            spawn(name, async move { orders.try_send(name).expect("there is room") });
        }
        while let Some(name) = incoming.next().await {
            say(name);
        }
        drop(orders);
    });
    let printed = seen.said().len();
    let then = if seen.stalled().is_some() { "waits for ever" } else { "ends" };
    format!("It prints {printed} names, and {then}")
}
