//! Chapter 13: two bounded channels in a circle. When both are full, each side waits for the other.

use crate::replays::Replay;
use crate::{say, seconds, sleep, spawn, watch};
use futures::future::join;
use paintdry_studio::sync::{Receiver, Sender, channel};

/// Takes an order, needs a second, and sends the canvas back.
async fn painter(orders: Receiver<u32>, canvases: Sender<u32>) {
    while let Some(order) = orders.receive().await {
        sleep(seconds(1)).await;
        canvases.send(order).await.expect("the customer is there");
    }
}

/// Fails if there are too many orders: it takes no canvas before it has sent all orders.
pub async fn sends_all_first(orders: u32) {
    let (sender, incoming) = channel("orders", 2);
    let (outgoing, canvases) = channel("canvases", 2);
    spawn("painter", painter(incoming, outgoing));
    for order in 1..=orders {
        sender.send(order).await.expect("the painter is there");
    }
    drop(sender);
    while let Some(canvas) = canvases.receive().await {
        say(format!("hangs canvas {canvas}"));
    }
}

/// Cured: it sends and receives at the same time.
pub async fn sends_and_receives(orders: u32) {
    let (sender, incoming) = channel("orders", 2);
    let (outgoing, canvases) = channel("canvases", 2);
    spawn("painter", painter(incoming, outgoing));
    let sends = async move {
        for order in 1..=orders {
            sender.send(order).await.expect("the painter is there");
        }
    };
    let receives = async {
        while let Some(canvas) = canvases.receive().await {
            say(format!("hangs canvas {canvas}"));
        }
    };
    join(sends, receives).await;
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-deadlock",
        title: "A deadlock by two full channels",
        file: file!(),
        text: include_str!("deadlock.rs"),
        runs: || {
            vec![
                watch("", sends_all_first(6)).recorded("one, then the other", "fails: main sends all orders first"),
                watch("", sends_and_receives(6)).recorded("both", "cured: main sends and receives at the same time"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_orders_have_a_place_and_six_have_not() {
        let five = watch("five orders", sends_all_first(5));
        five.assert_took(seconds(5), "two orders wait, the painter has one, and two canvases wait");
        let six = watch("six orders", sends_all_first(6));
        let message = six.stalled().expect("both wait").to_string();
        for waits in ["main waits for orders, painter waits", "for canvases"] {
            assert!(message.contains(waits), "{message}");
        }
        assert!(six.said().is_empty(), "no canvas is taken");
    }

    #[test]
    fn both_at_the_same_time_need_a_second_for_each() {
        let seen = watch("at the same time", sends_and_receives(6));
        seen.assert_took(seconds(6), "the painter needs a second for each");
        assert_eq!(seen.said().len(), 6);
    }

    /// On every runtime: what waits is a task, and no runtime can know whether the other side will ever come.
    #[test]
    fn every_runtime_is_stuck() {
        use paintdry_core::Runtime;
        use paintdry_studio::Studio;

        async fn program<R: Runtime>() {
            let (sender, incoming) = channel("orders", 2);
            let (outgoing, canvases) = channel("canvases", 2);
            let painter = Studio::<R>::spawn(painter(incoming, outgoing));
            for order in 1..=6 {
                sender.send(order).await.expect("the painter is there");
            }
            drop((sender, canvases));
            let _ = painter.await;
        }
        fn check<R: Runtime>() {
            let seen = crate::watch_on::<R, _>(R::NAME, program::<R>());
            assert!(seen.stalled().is_some(), "{}", R::NAME);
        }
        check::<paintdry_generator::EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
    }
}
