// Chapter 13, about 10 minutes: let a sender wait when its receiver is slower.
// docs/13-channels-and-streams.md
//
// A customer brings an order each second, and the painter needs three seconds for each. The orders wait in a channel that
// has room for any number of them, so the queue grows. With twelve orders that does no harm. With a million, the program
// runs out of memory, and each order waits for days.
//
// Let at most two orders wait. When there is no room for an order, the customer should wait, and not give up.
//
// The channels of `smol::channel` work on every runtime: `unbounded()` makes one without a bound, `bounded(n)` with one.
// `send(order).await` waits for room. `try_send(order)` never waits: if the channel is full, it is an error.

use paintdry_course::{say, seconds, sleep, spawn};
use smol::channel::{Receiver, Sender, bounded};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const ORDERS: u32 = 12;

async fn morning(most_waiting: Arc<AtomicUsize>) {
    let (orders, incoming) = bounded(2); // Changed: room for two orders
    let painter = spawn("painter", paint(incoming));
    bring(orders, most_waiting).await;
    painter.await.expect("painting does not fail");
}

async fn bring(orders: Sender<u32>, most_waiting: Arc<AtomicUsize>) {
    for order in 1..=ORDERS {
        // Changed: waits while the channel is full. `try_send` would panic here, because the third order finds no room.
        orders.send(order).await.expect("the painter is there");
        most_waiting.fetch_max(orders.len(), SeqCst); // `len` says how many orders wait
        sleep(seconds(1)).await;
    }
    say("all orders are sent");
}

/// Ends when the channel is empty and its last sender is dropped. You need not change it.
async fn paint(incoming: Receiver<u32>) {
    while let Ok(order) = incoming.recv().await {
        sleep(seconds(3)).await;
        say(format!("order {order} is painted"));
    }
}

fn main() {
    println!("{}", paintdry_course::watch("channel1", morning(Arc::default())).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn at_most_two_orders_wait() {
        let most_waiting = Arc::default();
        let seen = watch("channel1", morning(Arc::clone(&most_waiting)));
        seen.assert_ended();
        let most = most_waiting.load(SeqCst);
        let sentence = format!(
            "at most 2 orders should wait, and {most} wait at the same time: what keeps the customer from sending the next one?"
        );
        seen.assert(most <= 2, &sentence);
        let painted = seen.said().iter().filter(|said| said.ends_with("is painted")).count();
        seen.assert(painted == 12, &format!("12 orders should be painted, and {painted} are"));
        seen.assert_took(seconds(36), "12 orders of 3 s: the painter is never without an order");
    }
}
