//! The workshop under every order of its clients: on our loop, and on other runtimes at the turnstile.

use paintdry_core::Runtime;
use paintdry_explore::{CheckError, Explored, ExploredLoop, Explorer, Seed, Turnstile};
use paintdry_studio::sync::channel;
use paintdry_workshop::client::Client;
use paintdry_workshop::{Metrics, Settings, lobby, steps};
use std::sync::Arc;
use std::time::Duration;

const NAMES: [&str; 4] = ["ada", "bob", "cy", "dan"];

/// These clients have ordered when the workshop opens, with one rack, and room for one order in the queue. If `goes`, the last one
/// goes away before its canvas can be dry. When the others have their answers, the workshop closes.
async fn workshop<R: Runtime>(clients: usize, goes: bool) {
    let (lobby, listener) = lobby();
    let (open, closing) = channel::<()>("stop", 1);
    let mut connected = Vec::new();
    for name in &NAMES[..clients] {
        let mut client = Client::new(lobby.connect(name).await);
        client.send(format!("PAINT {name} 2s")).await.expect("there is room for a line");
        connected.push((name, client));
    }
    let settings = Settings { racks: 1, queue: 1, ..Settings::default() };
    let metrics = Arc::<Metrics>::default();
    let stop = async move { _ = closing.receive().await };
    let server = R::spawn(steps::serve::<R, _>(listener, settings, stop, Arc::clone(&metrics)));
    if goes {
        R::sleep(Duration::from_secs(1)).await;
        connected.pop();
    }
    for (name, mut client) in connected {
        let answer = client.answer().await.expect("each client that stays gets an answer");
        assert!([format!("DRY {name}"), format!("BUSY {name}")].contains(&answer), "{answer}");
    }
    drop(open);
    server.await.expect("it does not panic").expect("the lobby is open");
    assert_eq!(metrics.open(), 0, "each order has one fate: {metrics}");
}

fn explored(result: Result<Explored, CheckError>) -> Explored {
    let explored = result.unwrap();
    println!("{explored:?}");
    explored
}

#[test]
fn every_order_of_two_and_of_three_clients() {
    let explorer = Explorer::new().pruned();
    for (clients, goes) in [(2, false), (2, true), (3, true)] {
        assert!(explored(explorer.check(|_| workshop::<ExploredLoop>(clients, goes))).is_complete);
    }
}

#[test]
fn orders_of_four_clients() {
    explored(Explorer::new().budget(500).check(|_| workshop::<ExploredLoop>(4, true)));
    explored(Explorer::new().budget(500).seed(Seed::Random(19)).check(|_| workshop::<ExploredLoop>(4, true)));
}

#[test]
#[ignore = "takes a minute: cargo test --release -p paintdry-workshop --test explore -- --ignored"]
fn every_order_of_four_clients() {
    let explorer = Explorer::new().pruned().budget(1_000_000);
    assert!(explored(explorer.check(|_| workshop::<ExploredLoop>(4, true))).is_complete);
}

#[test]
fn real_runtimes_in_the_same_orders() {
    fn on<R: Runtime>() {
        assert!(explored(Explorer::new().check_on::<R, _>(|| workshop::<Turnstile<R>>(2, true))).is_complete);
        explored(
            Explorer::new().budget(200).seed(Seed::Random(19)).check_on::<R, _>(|| workshop::<Turnstile<R>>(4, true)),
        );
    }
    on::<paintdry_tokio::CurrentThread>();
    on::<paintdry_smol::Local>();
}
