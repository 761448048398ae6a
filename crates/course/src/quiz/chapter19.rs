//! Chapter 19, a workshop on the network.

use super::Answer;
use crate::words::Watched;
use crate::{milliseconds, seconds, sleep, watch};
use futures::future::{BoxFuture, FutureExt};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_core::{Runtime, timeout};
use paintdry_workshop::client::Client;
use paintdry_workshop::steps::{s01_accept, s07_gone, s09_shutdown};
use paintdry_workshop::{Lines, Lobby, LobbyListener, Pipe, Settings, lobby, pipe};
use std::io;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter19::bob_behind_ada", text: bob_behind_ada },
        Answer { name: "chapter19::a_place_in_the_queue", text: a_place_in_the_queue },
        Answer { name: "chapter19::four_panics", text: four_panics },
        Answer { name: "chapter19::two_orders_at_once", text: two_orders_at_once },
        Answer { name: "chapter19::dropped_without_harm", text: dropped_without_harm },
    ]
}

/// What the scene gives, with this server.
fn play(
    serve: fn(LobbyListener) -> BoxFuture<'static, io::Result<()>>,
    scene: impl AsyncFnOnce(Lobby) -> String,
) -> String {
    let program = async {
        let (lobby, listener) = lobby();
        drop(Watched::spawn(serve(listener)));
        scene(lobby).await
    };
    watch("workshop", program).result()
}

async fn connect(lobby: &Lobby) -> Client<Pipe> {
    Client::new(lobby.connect("client").await)
}

/// What the client hears next.
async fn hears(client: &mut Client<Pipe>) -> String {
    client.answer().await.unwrap_or_else(|_| "the end of the connection".to_owned())
}

fn bob_behind_ada() -> String {
    play(
        |listener| s01_accept::serve::<Watched, _>(listener, Settings::default()).boxed(),
        async |lobby| {
            let (ada, mut bob) = (connect(&lobby).await, connect(&lobby).await);
            bob.send("PAINT sky 1s").await.expect("he is connected");
            if let Ok(heard) = timeout::<Watched, _>(seconds(3_600), hears(&mut bob)).await {
                return heard;
            }
            drop(ada);
            assert_eq!(hears(&mut bob).await, "DRY sky");
            "Nothing, as long as Ada is connected".to_owned()
        },
    )
}

fn a_place_in_the_queue() -> String {
    let one_rack = |listener| {
        let settings = Settings { racks: 1, queue: 1, ..Settings::default() };
        s07_gone::serve::<Watched, _>(listener, settings).boxed()
    };
    play(one_rack, async |lobby| {
        let (mut ada, mut bob, mut cy) = (connect(&lobby).await, connect(&lobby).await, connect(&lobby).await);
        ada.send("PAINT sky 10s").await.expect("she is connected");
        sleep(milliseconds(1)).await;
        bob.send("PAINT sea 1s").await.expect("he is connected");
        sleep(milliseconds(1)).await;
        drop(bob);
        sleep(milliseconds(1)).await;
        cy.send("PAINT sun 1s").await.expect("he is connected");
        let heard = timeout::<Watched, _>(milliseconds(1), hears(&mut cy)).await;
        heard.map_or("nothing".to_owned(), |heard| format!("{heard}, at once"))
    })
}

fn four_panics() -> String {
    let breaks = |listener| {
        let settings =
            Settings { paint: |order| assert_eq!(order.name, "sky", "the brush breaks"), ..Settings::default() };
        s07_gone::serve::<Watched, _>(listener, settings).boxed()
    };
    play(breaks, async |lobby| {
        for _ in 0..4 {
            let mut client = connect(&lobby).await;
            client.send("PAINT void 1s").await.expect("it is connected");
            let _ = hears(&mut client).await;
        }
        let mut client = connect(&lobby).await;
        client.send("PAINT sky 1s").await.expect("it is connected");
        hears(&mut client).await
    })
}

fn two_orders_at_once() -> String {
    let closes = |listener| {
        let stop = Watched::sleep(seconds(1));
        s09_shutdown::serve::<Watched, _>(listener, Settings::default(), stop).boxed()
    };
    play(closes, async |lobby| {
        let mut ada = connect(&lobby).await;
        ada.send("PAINT sky 2s\nPAINT sea 2s").await.expect("she is connected");
        let first = hears(&mut ada).await;
        format!("{first}, and then {}", hears(&mut ada).await)
    })
}

/// Each future is dropped in the middle of a line, and then the connection is used again.
fn dropped_without_harm() -> String {
    let program = async {
        let (mut client, connection) = pipe("room for half an answer", 4);
        let mut lines = Lines::new(connection, 128);
        assert!(lines.send(&"DRY sky").now_or_never().is_none());
        let mut heard = [0; 8];
        client.read_exact(&mut heard[..4]).await.expect("half of the answer is there");
        lines.send(&"BYE").await.expect("the client is connected");
        client.read_exact(&mut heard[4..]).await.expect("the next answer is there");
        let send = &heard == b"DRY sky\n";

        let (mut client, connection) = pipe("next", 64);
        let mut lines = Lines::new(connection, 128);
        client.write_all(b"PAINT s").await.expect("the server is connected");
        assert!(lines.next().now_or_never().is_none());
        client.write_all(b"ky 2s\n").await.expect("the server is connected");
        let line = lines.next().await.expect("the client is connected");
        let next = line.is_some_and(|line| line.as_deref() == Ok(b"PAINT sky 2s"));

        let (mut client, mut connection) = pipe("read_exact", 64);
        let mut line = [0; 13];
        client.write_all(b"PAINT s").await.expect("the server is connected");
        assert!(connection.read_exact(&mut line).now_or_never().is_none());
        client.write_all(b"ky 2s\n").await.expect("the server is connected");
        let read_exact = connection.read_exact(&mut line).now_or_never().is_some();
        [send, next, read_exact]
    };
    match watch("dropped in the middle", program).result() {
        [false, true, false] => "lines.next()".to_owned(),
        other => format!("{other:?}"),
    }
}
