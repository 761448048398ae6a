//! Chapter 13: a customer orders each second, and the painter needs three for each. Where do the orders wait?

use crate::replays::Replay;
use crate::{now, say, seconds, sleep, spawn, watch};
use futures::channel::mpsc;
use futures::{Stream, StreamExt};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// How many orders the customer has.
const ORDERS: u32 = 12;

/// How many orders wait, and how many ever did at the same time.
#[derive(Debug, Clone, Default)]
struct Waiting(Arc<[AtomicUsize; 2]>);

impl Waiting {
    fn one_more(&self) {
        let waiting = self.0[0].fetch_add(1, Relaxed) + 1;
        self.0[1].fetch_max(waiting, Relaxed);
    }

    fn one_less(&self) {
        self.0[0].fetch_sub(1, Relaxed);
    }

    fn most(&self) -> usize {
        self.0[1].load(Relaxed)
    }
}

/// The painter: a receiver is a stream.
async fn paints(orders: impl Stream<Item = u32>, waiting: Waiting) {
    let mut orders = pin!(orders);
    while orders.next().await.is_some() {
        waiting.one_less();
        sleep(seconds(3)).await;
    }
}

/// The most orders that waited at the same time, and when the customer had sent all of them.
type Outcome = (usize, Duration);

/// The customer sends each order with `send`.
async fn orders_come(incoming: impl Stream<Item = u32> + Send + 'static, mut send: impl AsyncFnMut(u32)) -> Outcome {
    let waiting = Waiting::default();
    let painter = spawn("painter", paints(incoming, waiting.clone()));
    for order in 1..=ORDERS {
        send(order).await;
        waiting.one_more();
        sleep(seconds(1)).await;
    }
    let end = now();
    say("has sent all orders");
    drop(send); // and the sender in it, so that the painter ends
    painter.await.expect("painting does not fail");
    (waiting.most(), end)
}

/// Grows: `unbounded_send` never waits, so the orders do.
pub async fn without_a_bound() -> Outcome {
    let (orders, incoming) = mpsc::unbounded();
    orders_come(incoming, async move |order| orders.unbounded_send(order).expect("the painter is there")).await
}

/// Grows as well: each clone has a place of its own, so a new clone is never refused.
pub async fn with_a_clone_for_each() -> Outcome {
    let (orders, incoming) = mpsc::channel(2);
    orders_come(incoming, async move |order| orders.clone().try_send(order).expect("it is never refused")).await
}

/// Cured: the customer waits for room.
pub async fn with_a_bound() -> Outcome {
    let (orders, incoming) = async_channel::bounded(2);
    orders_come(incoming, async move |order| orders.send(order).await.expect("the painter is there")).await
}

/// The replay page: all three.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-growing",
        title: "Orders come faster than they are painted",
        file: file!(),
        text: include_str!("growing.rs"),
        runs: || {
            vec![
                watch("", without_a_bound()).recorded("unbounded", "fails: the orders wait, and more come"),
                watch("", with_a_clone_for_each()).recorded("clones", "fails: each clone of the sender adds a place"),
                watch("", with_a_bound()).recorded("bounded", "cured: the customer waits for room"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_bound_the_queue_grows() {
        let seen = watch("unbounded", without_a_bound());
        seen.assert_took(seconds(36), "twelve orders of three seconds");
        assert_eq!(seen.result(), (8, seconds(12)));
    }

    #[test]
    fn a_clone_for_each_message_is_no_bound() {
        assert_eq!(watch("clones", with_a_clone_for_each()).result(), (8, seconds(12)));
    }

    #[test]
    fn with_a_bound_the_customer_waits() {
        let seen = watch("bounded", with_a_bound());
        seen.assert_took(seconds(36), "no slower: the painter always has an order");
        let (most, sent) = seen.result();
        assert_eq!((most, sent), (2, seconds(28)));
    }
}
