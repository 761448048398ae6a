//! Chapter 13: four orders, and a painter who is slower than they come. Which orders reach her depends on the kind of channel.

use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, spawn, watch};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch as newest};

/// A customer sends one of them each second.
const ORDERS: [&str; 4] = ["sky", "sea", "sun", "tree"];

/// How long the painter needs for each.
const PAINTING: Duration = milliseconds(3500);

async fn paint(order: &str) {
    say(format!("paints the {order}"));
    sleep(PAINTING).await;
}

/// A queue: each order waits until the painter takes it.
pub async fn by_mpsc() {
    let (orders, mut incoming) = mpsc::channel(2);
    let customer = spawn("customer", async move {
        for order in ORDERS {
            let _ = orders.send(order).await; // the painter is there to the end
            sleep(seconds(1)).await;
        }
    });
    while let Some(order) = incoming.recv().await {
        paint(order).await;
    }
    customer.await.expect("it does not panic");
}

/// Each receiver gets each order. A new order takes the place of the oldest, although the painter has not seen that one.
pub async fn by_broadcast() {
    let (orders, mut incoming) = broadcast::channel(2);
    let customer = spawn("customer", async move {
        for order in ORDERS {
            let _ = orders.send(order); // it never waits
            sleep(seconds(1)).await;
        }
    });
    loop {
        match incoming.recv().await {
            Ok(order) => paint(order).await,
            Err(RecvError::Lagged(missed)) => say(format!("has missed {missed}")),
            Err(RecvError::Closed) => break,
        }
    }
    customer.await.expect("it does not panic");
}

/// One value, which each receiver can see. A new order takes the place of the last one.
pub async fn by_watch() {
    let (orders, mut incoming) = newest::channel("nothing");
    let customer = spawn("customer", async move {
        for order in ORDERS {
            let _ = orders.send(order); // it never waits
            sleep(seconds(1)).await;
        }
    });
    while incoming.changed().await.is_ok() {
        let order = *incoming.borrow_and_update();
        paint(order).await;
    }
    customer.await.expect("it does not panic");
}

/// The replay page: the three kinds.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-kinds",
        title: "A slow painter, and three kinds of channels",
        file: file!(),
        text: include_str!("kinds.rs"),
        runs: || {
            vec![
                watch("", by_mpsc()).recorded("mpsc", "a queue: every order waits for the painter"),
                watch("", by_broadcast()).recorded("broadcast", "room for two orders: the oldest is overwritten"),
                watch("", by_watch()).recorded("watch", "one value: only the newest order is there"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use futures::channel::oneshot;

    #[test]
    fn a_queue_keeps_every_order() {
        let log = "
  0.0 s  main: paints the sky
  3.5 s  main: paints the sea
  7.0 s  main: paints the sun
 10.5 s  main: paints the tree
";
        assert_log(&watch("mpsc", by_mpsc()), log);
    }

    #[test]
    fn a_broadcast_overwrites_the_oldest_and_says_how_many() {
        let log = "
  0.0 s  main: paints the sky
  3.5 s  main: has missed 1
  3.5 s  main: paints the sun
  7.0 s  main: paints the tree
";
        assert_log(&watch("broadcast", by_broadcast()), log);
    }

    #[test]
    fn a_watch_has_the_newest_alone() {
        let log = "
  0.0 s  main: paints the sky
  3.5 s  main: paints the tree
";
        assert_log(&watch("watch", by_watch()), log);
    }

    #[test]
    fn two_receivers_share_a_queue_or_each_get_all() {
        let (orders, ada) = async_channel::unbounded();
        let bob = ada.clone();
        for order in ORDERS {
            orders.try_send(order).expect("there is room");
        }
        let taken = [&ada, &bob, &ada, &bob].map(|painter| painter.try_recv().expect("it is there"));
        assert_eq!(taken, ORDERS, "each order goes to one painter");

        let (orders, mut ada) = broadcast::channel(4);
        let mut bob = orders.subscribe();
        for order in ORDERS {
            orders.send(order).expect("there are receivers");
        }
        for painter in [&mut ada, &mut bob] {
            assert_eq!(
                ORDERS.map(|_| painter.try_recv().expect("it is there")),
                ORDERS,
                "each order goes to each painter"
            );
        }
    }

    /// A receiver ends when its last sender is gone. One that is kept, and not used, is enough to keep it open.
    #[test]
    fn a_sender_that_is_kept_keeps_the_channel_open() {
        let seen = watch("kept", async {
            let (orders, mut incoming) = mpsc::channel(2);
            let customer = orders.clone();
            spawn("customer", async move { customer.send("sky").await });
            while let Some(order) = incoming.recv().await {
                say(order);
            }
            drop(orders); // too late: the loop above waits for this
        });
        assert!(seen.stalled().is_some());
        seen.assert(seen.said() == ["main: sky"], "the order has come");
    }

    #[test]
    fn a_oneshot_has_one_message() {
        let (promise, mut future) = oneshot::channel();
        assert_eq!(promise.send("sky"), Ok(())); // by value: there is no second one
        assert_eq!(future.try_recv(), Ok(Some("sky")));
    }
}
