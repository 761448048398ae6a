// Chapter 19, about 15 minutes: cancel an order when its client goes away.
// docs/19-workshop.md
//
// The workshop has one rack. Ada orders a canvas that dries for 10 s, and goes away after 1 s. Bob waits for the rack. But the
// server dries Ada's canvas to its end, for no client.
//
// While the server waits for a canvas, nothing reads the connection, so nothing notices that the client has gone. Let the
// server wait for both at the same time, and drop what is no longer wanted.
//
// `paintdry_workshop::unless(end, future)` runs `future`, and drops it if `end` completes first; then it gives `None`. `Lines` reads a
// connection line by line. Its method `until_gone` waits until the client has closed the connection. A `Client`
// can `ask`: it sends a line, and waits for the answer.

use paintdry_course::{milliseconds, say, seconds, sleep, spawn};
use paintdry_workshop::client::Client;
use paintdry_workshop::{Lines, Order, Pipe, pipe, unless};
use smol::lock::Semaphore;
use std::sync::Arc;

async fn serve_client(connection: Pipe, rack: Arc<Semaphore>) {
    let mut lines = Lines::new(connection, 128);
    while let Ok(Some(Ok(line))) = lines.next().await {
        let Ok(order) = Order::parse(&line) else { return };
        // Changed: the connection is read while the canvas dries. If the client goes, `paint` is dropped, and with it the permit of
        // the rack. `until_gone` keeps what it reads, so a client may send its next order early.
        let Some(answer) = unless(lines.until_gone(), paint(order, &rack)).await else { return };
        if lines.send(&answer).await.is_err() {
            return;
        }
    }
}

/// Waits for the rack, and then until the canvas is dry. You need not change it.
async fn paint(order: Order, rack: &Semaphore) -> String {
    let _permit = rack.acquire().await;
    sleep(order.drying).await;
    format!("DRY {}", order.name)
}

/// Connects to the server.
fn connect(name: &'static str, rack: &Arc<Semaphore>) -> Client<Pipe> {
    let (client, connection) = pipe(name, 64); // it holds up to 64 bytes
    // `spawn` of the course is that of our loop: a task whose handle is dropped runs on.
    drop(spawn("server", serve_client(connection, Arc::clone(rack))));
    Client::new(client)
}

/// Ada goes away, and Bob waits for his canvas.
async fn two_clients() {
    let rack = Arc::new(Semaphore::new(1));
    let mut ada = connect("ada", &rack);
    ada.send("PAINT sky 10s").await.expect("the server is connected");
    let mut bob = connect("bob", &rack);
    let bob = spawn("bob", async move {
        sleep(milliseconds(500)).await;
        let answer = bob.ask("PAINT sea 2s").await;
        say(answer.expect("the server answers"));
    });
    sleep(seconds(1)).await;
    drop(ada); // she closes the connection
    say("ada has gone");
    bob.await.expect("he does not panic");
}

fn main() {
    println!("{}", paintdry_course::watch("workshop2", two_clients()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn the_rack_is_free_as_soon_as_its_client_has_gone() {
        let seen = watch("workshop2", two_clients());
        seen.assert_ended();
        seen.assert_said(&["main: ada has gone", "bob: DRY sea"], "Bob gets his canvas");
        let because = "Ada goes at second 1. From then on the rack is free for Bob, whose canvas dries for 2 s";
        seen.assert_took(seconds(3), because);
    }
}
