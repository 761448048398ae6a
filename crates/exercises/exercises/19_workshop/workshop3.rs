// Chapter 19, about 20 minutes: shut a server down without losing its orders, within a limit of time.
// docs/19-workshop.md
//
// At second 1 the workshop closes. It stops accepting, and returns at once. That drops the crew with its tasks, and so the orders
// that the clients have placed.
//
// Let the workshop drain: it waits until its clients have their canvases. But one order takes 100 s, and the workshop may not wait
// longer than `DRAINING`. Then cancel the tasks that are left, and wait for their end.
//
// A `Crew` owns tasks. `join` waits until all have ended. `cancel` asks all to stop, and each does so in its next turn. `timeout`
// gives an error if the limit is over first: `paintdry_core::timeout::<Watched, _>(limit, future).await`. `Watched` is our
// event loop in virtual time. `lobby()` makes a `Lobby`, where clients connect, and a `LobbyListener`, which accepts them.

use futures::future::join;
use paintdry_core::now;
use paintdry_course::words::Watched;
use paintdry_course::{say, seconds, sleep, spawn};
use paintdry_workshop::client::Client;
use paintdry_workshop::{Crew, Lines, Listen, Lobby, LobbyListener, Order, Pipe, lobby, unless};
use std::time::Duration;

/// How long the workshop waits for its orders when it closes.
const DRAINING: Duration = seconds(10);

async fn serve(mut listener: LobbyListener, stop: impl Future<Output = ()>) {
    let mut clients = Crew::<Watched>::new();
    let accepting = async {
        while let Ok(connection) = listener.accept().await {
            clients.spawn(serve_client(connection));
        }
    };
    unless(stop, accepting).await;
    say("closing");
    // TODO: the clients have orders. Wait for them, but not longer than `DRAINING`.
    say("closed");
}

/// Answers one order. You need not change it.
async fn serve_client(connection: Pipe) {
    let mut lines = Lines::new(connection, 128);
    let Ok(Some(Ok(line))) = lines.next().await else { return };
    let Ok(order) = Order::parse(&line) else { return };
    sleep(order.drying).await;
    let _ = lines.send(&format!("DRY {}", order.name)).await;
}

/// Sends an order, and says what comes of it, and when.
async fn orders(lobby: &Lobby, order: &str) {
    let mut client = Client::new(lobby.connect(order).await);
    let answer = client.ask(format!("PAINT {order}")).await;
    say(format!("{order}, {}, {:?}", answer.as_deref().unwrap_or("no answer"), now()));
}

/// A workshop that closes at second 1, and two clients.
async fn closes_at_one() {
    let (lobby, listener) = lobby();
    let server = spawn("server", serve(listener, sleep(seconds(1))));
    join(orders(&lobby, "sky 2s"), orders(&lobby, "sea 100s")).await;
    server.await.expect("it does not panic");
}

fn main() {
    println!("Draining takes {DRAINING:?} at most.\n{}", paintdry_course::watch("workshop3", closes_at_one()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn an_order_is_finished_if_there_is_time_and_the_workshop_ends_at_its_limit() {
        let seen = watch("workshop3", closes_at_one());
        seen.assert_ended();
        let expected =
            ["server: closing", "main: sky 2s, DRY sky, 2s", "main: sea 100s, no answer, 11s", "server: closed"];
        let because = "the sky is dry a second after the workshop has begun to close, so its client gets the answer; the sea would be \
                       dry at second 100, and the workshop waits until second 11";
        seen.assert_said(&expected, because);
        seen.assert_took(seconds(11), "the workshop closes at second 1, and waits 10 s at the most");
    }
}
