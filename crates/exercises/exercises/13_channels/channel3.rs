// Chapter 13, about 10 minutes: keep the bound of a channel when its sender is cloned.
// docs/13-channels-and-streams.md
//
// Ten customers come at the same time, and the shop has room for two orders. A customer who finds no room hears BUSY, and
// goes home. So two canvases should be painted.
//
// But no customer hears BUSY: each has a clone of the sender, and the channel accepts ten orders. Why does the room of two
// not hold? Chapter 13 says what a clone adds in a channel of the crate `futures`.
//
// Keep the ten clones, and choose another channel. `smol::channel` works on every runtime: `bounded(n)` makes a channel,
// and the receiver's `recv().await` is an error when the channel is empty and the last sender is dropped. (`StreamExt` has the
// `next` of the receiver here.)

use futures::StreamExt;
use futures::channel::mpsc::{Sender, channel};
use paintdry_course::{gather, say, seconds, sleep};

const CUSTOMERS: u32 = 10;
const ROOM: usize = 2;

async fn morning() {
    // TODO: each clone of this sender adds a place.
    let (orders, mut incoming) = channel(ROOM);
    gather((1..=CUSTOMERS).map(|order| ask(order, orders.clone()))).await;
    drop(orders); // the last sender: after it, the shop knows that no order comes
    while let Some(order) = incoming.next().await {
        sleep(seconds(1)).await;
        say(format!("order {order} is painted"));
    }
}

/// A customer brings an order, if there is room.
async fn ask(order: u32, mut orders: Sender<u32>) {
    match orders.try_send(order) {
        Ok(()) => say(format!("order {order} waits")),
        Err(_) => say(format!("order {order} hears BUSY")),
    }
}

fn main() {
    println!("{}", paintdry_course::watch("channel3", morning()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn two_orders_wait_and_the_others_hear_busy() {
        let seen = watch("channel3", morning());
        seen.assert_ended();
        let count = |end: &str| seen.said().iter().filter(|said| said.ends_with(end)).count();
        let (accepted, busy) = (count("waits"), count("hears BUSY"));
        let sentence = format!(
            "there is room for 2 orders, and {accepted} of {} were accepted: how much room do {CUSTOMERS} senders have?",
            accepted + busy
        );
        seen.assert(accepted == 2, &sentence);
        seen.assert(
            busy == 8,
            &format!("8 customers should hear BUSY, and {busy} do: each of the ten should ask once"),
        );
        seen.assert_took(seconds(2), "two canvases, a second for each");
    }
}
