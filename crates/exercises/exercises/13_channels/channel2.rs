// Chapter 13, about 15 minutes: find a deadlock by a full channel, and end it.
// docs/13-channels-and-streams.md
//
// The shop sends orders to a painter through one channel, and gets the canvases back through another one. Each channel has
// room for two messages.
//
// With five orders all is well. With six, the program is stuck: the message of the watchdog (`stalled`) says which task waits for
// which channel. Draw the two channels and the two tasks, and say who waits for whom.
//
// Repair it for any number of orders. A channel with more room is no cure: it only takes more orders to fill it.

use paintdry_course::{seconds, sleep, spawn};
use paintdry_studio::sync::{Receiver, Sender, channel};

const ROOM: usize = 2;

async fn paint_all(count: u32) -> Vec<u32> {
    let (orders, incoming) = channel("orders", ROOM);
    let (outgoing, canvases) = channel("canvases", ROOM);
    spawn("painter", painter(incoming, outgoing));
    // TODO: nothing takes a canvas before the last order is sent.
    for order in 1..=count {
        orders.send(order).await.expect("the painter is there");
    }
    drop(orders); // the painter ends
    let mut painted = Vec::new();
    while let Some(canvas) = canvases.receive().await {
        painted.push(canvas);
    }
    painted
}

/// Needs a second for each order. You need not change it.
async fn painter(orders: Receiver<u32>, canvases: Sender<u32>) {
    while let Some(order) = orders.receive().await {
        sleep(seconds(1)).await;
        canvases.send(order).await.expect("the shop is there");
    }
}

fn main() {
    let seen = paintdry_course::watch("channel2 with 6", paint_all(6));
    println!("{:?}", seen.stalled().map_or_else(|| "It ends.".to_owned(), ToString::to_string));
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn any_number_of_orders_is_painted() {
        for count in [6, 100] {
            let seen = watch(&format!("channel2 with {count}"), paint_all(count));
            seen.assert_took(seconds(count.into()), "the painter needs a second for each order");
            let expected: Vec<_> = (1..=count).collect();
            seen.assert_result(expected, "each canvas should come back once, in the order of the orders");
        }
    }
}
