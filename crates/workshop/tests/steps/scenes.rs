//! Scenes: what clients do, and what they hear of a server that can do it, from which step on. Each step has one.

use crate::{SECOND, connect, heard, milliseconds};
use futures::future::{BoxFuture, join, join_all};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_core::Runtime;
use paintdry_workshop::client::Client;
use paintdry_workshop::{Lobby, Order, Settings};
use std::time::Duration;

pub(crate) struct Scene {
    pub(crate) name: &'static str,
    /// The first step that can do it.
    pub(crate) from: usize,
    pub(crate) settings: Settings,
    /// When the workshop closes, if it does.
    pub(crate) closes: Option<Duration>,
    /// Whether the notes in the recording count as well as what the clients hear.
    pub(crate) is_read: bool,
    /// What the clients hear, and the notes if they count, sorted.
    pub(crate) seen: Vec<&'static str>,
    pub(crate) play: fn(Lobby) -> BoxFuture<'static, Vec<String>>,
}

pub(crate) fn scenes<R: Runtime>() -> Vec<Scene> {
    let usual = Settings::default();
    let one_rack = Settings { racks: 1, queue: 1, ..usual };
    let late_and_one_rack = Settings { patience: 3 * SECOND, ..one_rack };
    let scene = |name, from, settings, seen: &[&'static str], play| Scene {
        name,
        from,
        settings,
        closes: None,
        is_read: false,
        seen: seen.to_vec(),
        play,
    };
    vec![
        scene("an order", 1, usual, &["2s DRY sky"], |lobby| Box::pin(an_order(lobby))),
        scene("two clients", 2, usual, &["2s DRY sea", "2s DRY sky"], |lobby| Box::pin(two_clients(lobby))),
        scene("pieces", 3, usual, &["2s DRY sky", "3s DRY sea"], |lobby| Box::pin(pieces::<R>(lobby))),
        scene(
            "a client that reads slowly",
            3,
            Settings { reading: 5 * SECOND, ..usual },
            &["30s 30 canvases are dry"],
            |lobby| Box::pin(reads_slowly::<R>(lobby)),
        ),
        scene("a long line", 3, usual, LONG, |lobby| Box::pin(a_long_line(lobby))),
        scene(
            "racks",
            4,
            Settings { racks: 2, ..usual },
            &["2s DRY sky", "2s DRY sky", "4s DRY sky", "4s DRY sky", "6s DRY sky"],
            |lobby| Box::pin(five_clients(lobby)),
        ),
        scene("a full queue", 5, one_rack, &["2.001s DRY sea", "2ms BUSY sun", "2s DRY sky"], |lobby| {
            Box::pin(a_full_queue::<R>(lobby))
        }),
        scene("silence", 6, usual, &["60s BYE", "60s lost: unexpected end of file"], |lobby| Box::pin(silence(lobby))),
        scene("a late order", 6, Settings { patience: 3 * SECOND, ..usual }, &["3s LATE sky"], |lobby| {
            Box::pin(a_late_order(lobby))
        }),
        scene("a client that never reads", 6, usual, &["5s lost: broken pipe"], |lobby| Box::pin(never_reads(lobby))),
        scene("a client that goes", 7, one_rack, &["3s DRY sea"], |lobby| Box::pin(goes_away::<R>(lobby))),
        scene("a client that sends more than a line ahead, and goes", 7, late_and_one_rack, &["4s DRY sea"], |lobby| {
            Box::pin(goes_behind_its_orders::<R>(lobby))
        }),
        scene("a client that closes one half", 7, usual, &["0ns lost: unexpected end of file"], |lobby| {
            Box::pin(half_closed(lobby))
        }),
        scene("late, and the next", 7, late_and_one_rack, &["3.5s DRY sea", "3s LATE sky"], |lobby| {
            Box::pin(late_and_next::<R>(lobby))
        }),
        scene("a panic", 8, Settings { paint: breaks, ..one_rack }, &["0ns FAILED void", "1s DRY sky"], |lobby| {
            Box::pin(a_panic(lobby))
        }),
        Scene {
            closes: Some(SECOND),
            ..scene("a workshop that closes", 9, usual, &["1s lost: unexpected end of file", "2s DRY sky"], |lobby| {
                Box::pin(one_orders_and_one_is_idle(lobby))
            })
        },
        scene("numbers", 10, usual, NUMBERS, |lobby| Box::pin(numbers(lobby))),
        Scene { is_read: true, ..scene("a recording", 11, one_rack, RECORDED, |lobby| Box::pin(an_order(lobby))) },
        scene("seats", 12, Settings { clients: 2, ..usual }, &["4s DRY sky"], |lobby| Box::pin(seats::<R>(lobby))),
    ]
}

const LONG: &[&str] = &["0ns ERROR a line has at most 128 bytes: this one was skipped", "1s DRY sky"];

const NUMBERS: &[&str] = &[
    "0ns ERROR not UTF-8: send text",
    "1s DRY sky",
    "1s STATS clients=1 orders=1 dry=1 busy=0 late=0 failed=0 closed=0 gone=0 errors=1",
];

const RECORDED: &[&str] = &["2s DRY sky", "client 1: DRY sky", "client 1: orders sky", "rack 1: paints sky"];

async fn an_order(lobby: Lobby) -> Vec<String> {
    vec![heard(connect(&lobby, "ada").await.ask("PAINT sky 2s")).await]
}

async fn two_clients(lobby: Lobby) -> Vec<String> {
    let (mut ada, mut bob) = (connect(&lobby, "ada").await, connect(&lobby, "bob").await);
    join_all([heard(ada.ask("PAINT sky 2s")), heard(bob.ask("PAINT sea 2s"))]).await
}

/// An order in two pieces, of which the second has another order.
async fn pieces<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let mut ada = lobby.connect("ada").await;
    ada.write_all(b"PAI").await.expect("it is connected");
    R::yield_now().await;
    R::yield_now().await;
    ada.write_all(b"NT sky 2s\nPAINT sea 1s\n").await.expect("it is connected");
    let mut ada = Client::new(ada);
    vec![heard(ada.answer()).await, heard(ada.answer()).await]
}

/// It sends thirty orders at once, and reads an answer each second. The answers need more room than its half of the connection
/// has, so the workshop waits for it, each time for less than the limit.
async fn reads_slowly<R: Runtime>(lobby: Lobby) -> Vec<String> {
    const DRY: &str = "DRY sky\n";
    let (mut reader, mut writer) = lobby.connect("ada").await.split();
    let orders = "PAINT sky 0s\n".repeat(30);
    let reads = async {
        let mut answers = [0; 30 * DRY.len()];
        for answer in answers.chunks_mut(DRY.len()) {
            R::sleep(SECOND).await;
            reader.read_exact(answer).await?;
        }
        let dry = answers.chunks(DRY.len()).filter(|answer| *answer == DRY.as_bytes());
        Ok(format!("{} canvases are dry", dry.count()))
    };
    let (_, heard) = join(writer.write_all(orders.as_bytes()), heard(reads)).await;
    vec![heard]
}

async fn a_long_line(lobby: Lobby) -> Vec<String> {
    let mut ada = connect(&lobby, "ada").await;
    let error = heard(ada.ask("x".repeat(5_000))).await;
    vec![error, heard(ada.ask("PAINT sky 1s")).await]
}

async fn five_clients(lobby: Lobby) -> Vec<String> {
    let clients = (0..5).map(|_| async { heard(connect(&lobby, "ada").await.ask("PAINT sky 2s")).await });
    join_all(clients).await
}

async fn a_full_queue<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let order = async |name, after, drying: &str| {
        R::sleep(milliseconds(after)).await;
        heard(connect(&lobby, name).await.ask(format!("PAINT {name} {drying}"))).await
    };
    join_all([order("sky", 0, "2s"), order("sea", 1, "1ms"), order("sun", 2, "2s")]).await
}

async fn silence(lobby: Lobby) -> Vec<String> {
    let mut ada = connect(&lobby, "ada").await;
    vec![heard(ada.answer()).await, heard(ada.answer()).await]
}

async fn a_late_order(lobby: Lobby) -> Vec<String> {
    vec![heard(connect(&lobby, "ada").await.ask("PAINT sky 5s")).await]
}

/// It sends and sends. The answers fill its half of the connection, and then the workshop waits for it.
async fn never_reads(lobby: Lobby) -> Vec<String> {
    let mut ada = connect(&lobby, "ada").await;
    let sends = async {
        loop {
            ada.send("DANCE").await?;
        }
    };
    vec![heard(sends).await]
}

async fn goes_away<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let mut ada = connect(&lobby, "ada").await;
    ada.send("PAINT sky 10s").await.expect("it is connected");
    let goes = async {
        R::sleep(SECOND).await;
        drop(ada);
    };
    let stays = async {
        R::sleep(milliseconds(500)).await;
        heard(connect(&lobby, "bob").await.ask("PAINT sea 2s")).await
    };
    vec![join(goes, stays).await.1]
}

/// Nothing reads as far as its end. When its first order is late, its rack is free for the next client.
async fn goes_behind_its_orders<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let mut ada = lobby.connect("ada").await;
    drop(ada.write_all("PAINT sky 20s\n".repeat(16).as_bytes()).await); // the first steps close the connection meanwhile
    let goes = async {
        R::sleep(SECOND).await;
        drop(ada);
    };
    let waits = async {
        R::sleep(2 * SECOND).await;
        heard(connect(&lobby, "bob").await.ask("PAINT sea 1s")).await
    };
    vec![join(goes, waits).await.1]
}

async fn half_closed(lobby: Lobby) -> Vec<String> {
    let mut ada = lobby.connect("ada").await;
    ada.write_all(b"PAINT sky 2s\n").await.expect("it is connected");
    ada.close().await.expect("it is connected");
    vec![heard(Client::new(ada).answer()).await]
}

async fn late_and_next<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let late = async { heard(connect(&lobby, "ada").await.ask("PAINT sky 10s")).await };
    let next = async {
        R::sleep(SECOND).await;
        heard(connect(&lobby, "bob").await.ask("PAINT sea 500ms")).await
    };
    let (late, next) = join(late, next).await;
    vec![late, next]
}

fn breaks(order: &Order) {
    assert_ne!(order.name, "void", "the brush breaks");
}

async fn a_panic(lobby: Lobby) -> Vec<String> {
    let mut ada = connect(&lobby, "ada").await;
    let failed = heard(ada.ask("PAINT void 1s")).await;
    vec![failed, heard(ada.ask("PAINT sky 1s")).await]
}

/// When the workshop closes, ada waits for her canvas, and bob for nothing.
async fn one_orders_and_one_is_idle(lobby: Lobby) -> Vec<String> {
    let (mut ada, mut bob) = (connect(&lobby, "ada").await, connect(&lobby, "bob").await);
    let (ada, bob) = join(heard(ada.ask("PAINT sky 2s")), heard(bob.answer())).await;
    vec![ada, bob]
}

async fn numbers(lobby: Lobby) -> Vec<String> {
    let mut ada = lobby.connect("ada").await;
    ada.write_all(b"\xff\n").await.expect("it is connected");
    let mut ada = Client::new(ada);
    vec![heard(ada.answer()).await, heard(ada.ask("PAINT sky 1s")).await, heard(ada.ask("STATS")).await]
}

/// There are two seats, and the third client gets one when the first client goes.
async fn seats<R: Runtime>(lobby: Lobby) -> Vec<String> {
    let (ada, _stays) = (connect(&lobby, "ada").await, connect(&lobby, "bob").await);
    let goes = async {
        R::sleep(3 * SECOND).await;
        drop(ada);
    };
    let waits = async { heard(connect(&lobby, "cy").await.ask("PAINT sky 1s")).await };
    vec![join(goes, waits).await.1]
}
