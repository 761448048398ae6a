//! The workshop under every order of its clients: on our loop, and on other runtimes at the turnstile.

use futures::FutureExt;
use paintdry_core::Runtime;
use paintdry_explore::{CheckError, Explored, ExploredLoop, Explorer, Seed, Turnstile};
use paintdry_studio::sync::channel;
use paintdry_workshop::client::Client;
use paintdry_workshop::{Metrics, Settings, lobby, steps};
use std::future::pending;
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

/// The same with four clients, until the last answer: the run ends there, without the turns in which the tasks of a closing workshop
/// end in any order. These are most of its schedules.
async fn until_the_last_answer<R: Runtime>(goes: bool) {
    let (lobby, listener) = lobby();
    let mut connected = Vec::new();
    for name in NAMES {
        let mut client = Client::new(lobby.connect(name).await);
        client.send(format!("PAINT {name} 2s")).await.expect("there is room for a line");
        connected.push((name, client));
    }
    let settings = Settings { racks: 1, queue: 1, ..Settings::default() };
    let metrics = Arc::<Metrics>::default();
    let _server = R::spawn(steps::serve::<R, _>(listener, settings, pending(), Arc::clone(&metrics)));
    if goes {
        R::sleep(Duration::from_secs(1)).await;
        connected.pop();
    }
    for (name, client) in &mut connected {
        let answer = client.answer().await.expect("each client that stays gets an answer");
        assert!([format!("DRY {name}"), format!("BUSY {name}")].contains(&answer), "{answer}");
    }
    if goes {
        R::sleep(Duration::from_secs(10)).await; // until the order of the client that went has its fate
    }
    for (name, client) in &mut connected {
        assert!(client.answer().now_or_never().is_none(), "{name} gets one answer");
    }
    assert_eq!(metrics.open(), 0, "each order has one fate: {metrics}");
}

#[test]
fn every_order_of_four_clients_until_the_last_answer() {
    fn on<R: Runtime>(explorer: &Explorer, goes: bool) -> Explored {
        explored(explorer.check_on::<R, _>(|| until_the_last_answer::<Turnstile<R>>(goes)))
    }
    let explorer = Explorer::new().pruned();
    for goes in [false, true] {
        let ours = explored(explorer.check(|_| until_the_last_answer::<ExploredLoop>(goes)));
        assert!(ours.is_complete);
        assert_eq!(on::<paintdry_tokio::CurrentThread>(&explorer, goes), ours);
        assert_eq!(on::<paintdry_smol::Local>(&explorer, goes), ours);
    }
}

#[test]
fn async_std_has_no_orders_to_choose_because_it_polls_tasks_on_threads_of_its_own() {
    type Tasks = Turnstile<paintdry_async_std::Global>;
    let refused = Explorer::new().check_on::<paintdry_async_std::Global, _>(|| until_the_last_answer::<Tasks>(false));
    assert!(matches!(refused, Err(CheckError::SeveralThreads { .. })), "{refused:?}");
}

#[test]
fn some_orders_of_four_clients_and_of_the_end() {
    explored(Explorer::new().budget(500).check(|_| workshop::<ExploredLoop>(4, true)));
    explored(Explorer::new().budget(500).seed(Seed::Random(19)).check(|_| workshop::<ExploredLoop>(4, true)));
}

#[test]
#[ignore = "57,384 schedules take minutes: .ci/nightly tries them"]
fn every_order_of_four_clients_and_of_the_end() {
    assert!(explored(Explorer::new().pruned().check(|_| workshop::<ExploredLoop>(4, true))).is_complete);
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
