//! What clients do on real sockets.

use crate::{CloseHalf, Connection, connect, heard, open};
use futures::channel::oneshot;
use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_core::{Runtime, gather};
use paintdry_studio::{Clock, Recording, Studio};
use paintdry_workshop::client::Client;
use paintdry_workshop::{Metrics, Settings, Sockets, steps};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

const MANY: usize = 1_000;

pub(crate) fn all<S: Sockets>()
where
    Connection<S>: CloseHalf,
{
    a_thousand_clients::<S>();
    a_slow_reader_gets_every_answer::<S>();
    a_half_closed_connection_cancels_its_order::<S>();
    garbage_and_oversized_lines_get_one_error_each::<S>();
    a_client_that_never_reads_is_dropped::<S>();
    clients_that_go_leave_their_racks::<S>();
    a_shutdown_ends_within_its_limit::<S>();
    there_are_no_more_clients_than_seats::<S>();
    a_run_is_recorded::<S>();
}

/// A thousand clients need two thousand sockets in this process.
fn allow_sockets() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum.or(Some(10_000));
        let _ = setrlimit(Resource::Nofile, limit); // where it is refused, connecting fails and says so
    }
}

fn a_thousand_clients<S: Sockets>() {
    allow_sockets();
    let settings = Settings { racks: 50, queue: MANY, ..Settings::default() };
    let answers = open::<S, _>(settings, async |address, _, _close| {
        let mut clients = Vec::new();
        for _ in 0..MANY {
            clients.push(connect::<S>(address).await);
        }
        let orders = clients.into_iter().map(|mut client| async move {
            let mut answers = Vec::new();
            for name in ["sky", "sea", "sun"] {
                answers.push(heard(client.ask(format!("PAINT {name} 1ms")).await));
            }
            answers
        });
        gather::<S::Runtime, _>(orders).await
    });
    assert_eq!(answers.len(), MANY);
    for answers in answers {
        assert_eq!(answers.expect("it does not panic"), ["DRY sky", "DRY sea", "DRY sun"]);
    }
}

/// It sends a hundred orders at once, and reads byte by byte.
fn a_slow_reader_gets_every_answer<S: Sockets>() {
    let heard = open::<S, _>(Settings::default(), async |address, _, _close| {
        let mut connection = S::connect(address).await.expect("the workshop listens");
        connection.write_all("PAINT sky 0s\n".repeat(100).as_bytes()).await.expect("it is connected");
        let mut heard = Vec::new();
        while heard.len() < "DRY sky\n".len() * 100 {
            let mut byte = [0];
            connection.read_exact(&mut byte).await.expect("there are more answers");
            heard.extend(byte);
            S::Runtime::yield_now().await;
        }
        String::from_utf8(heard).expect("it is text")
    });
    assert_eq!(heard, "DRY sky\n".repeat(100));
}

fn a_half_closed_connection_cancels_its_order<S: Sockets>()
where
    Connection<S>: CloseHalf,
{
    let (heard, gone) = open::<S, _>(Settings::default(), async |address, metrics: &Metrics, _close| {
        let mut connection = S::connect(address).await.expect("the workshop listens");
        connection.write_all(b"PAINT sky 1h\n").await.expect("it is connected");
        connection.close_half().await.expect("it is connected");
        let mut heard = Vec::new();
        let _ = connection.read_to_end(&mut heard).await; // the other half is closed after that
        (heard, metrics.gone.load(Relaxed))
    });
    assert_eq!((heard, gone), (Vec::new(), 1));
}

fn garbage_and_oversized_lines_get_one_error_each<S: Sockets>() {
    let heard = open::<S, _>(Settings::default(), async |address, _, _close| {
        let mut client = connect::<S>(address).await;
        let mut heard = Vec::new();
        for line in [&"x".repeat(1_000_000), "\u{0}\u{1}", "", "PAINT sky", "PAINT sky never", "PAINT sky 1ms"] {
            heard.push(self::heard(client.ask(line).await));
        }
        let mut connection = S::connect(address).await.expect("the workshop listens");
        connection.write_all(b"\xff\xfe\nPAINT\n").await.expect("it is connected");
        let mut client = Client::new(connection);
        heard.extend([self::heard(client.answer().await), self::heard(client.answer().await)]);
        heard
    });
    assert_eq!(
        heard,
        [
            "ERROR a line has at most 128 bytes: this one was skipped",
            r#"ERROR unknown command "\0\u{1}": send PAINT NAME TIME"#,
            "ERROR an empty line: send PAINT NAME TIME",
            "ERROR PAINT needs a name and a time, each one word: PAINT sky 2s",
            r#"ERROR "never" is not a time up to 24h, such as 2s or 500ms"#,
            "DRY sky",
            "ERROR not UTF-8: send text",
            "ERROR PAINT needs a name and a time, each one word: PAINT sky 2s",
        ]
    );
}

/// It sends for as long as it can. The buffers of the system fill up, then the workshop waits, and at last it gives up.
fn a_client_that_never_reads_is_dropped<S: Sockets>() {
    let settings = Settings { reading: Duration::from_millis(50), ..Settings::default() };
    open::<S, _>(settings, async |address, _, _close| {
        let mut connection = S::connect(address).await.expect("the workshop listens");
        let lines = "DANCE\n".repeat(10_000);
        while connection.write_all(lines.as_bytes()).await.is_ok() {}
    });
}

fn clients_that_go_leave_their_racks<S: Sockets>() {
    let (heard, gone) = open::<S, _>(Settings::default(), async |address, metrics: &Metrics, _close| {
        let mut clients = Vec::new();
        for _ in 0..12 {
            let mut client = connect::<S>(address).await;
            client.send("PAINT sky 1h").await.expect("it is connected");
            clients.push(client);
        }
        while metrics.orders.load(Relaxed) < 12 {
            S::Runtime::yield_now().await;
        }
        drop(clients);
        while metrics.open() > 0 {
            S::Runtime::yield_now().await;
        }
        let heard = heard(connect::<S>(address).await.ask("PAINT sea 1ms").await);
        (heard, metrics.gone.load(Relaxed) + metrics.busy.load(Relaxed))
    });
    assert_eq!((&*heard, gone), ("DRY sea", 12));
}

fn a_shutdown_ends_within_its_limit<S: Sockets>() {
    let limit = Duration::from_millis(50);
    let settings = Settings { draining: limit, reading: limit, ..Settings::default() };
    let heard = open::<S, _>(settings, async |address, metrics: &Metrics, close| {
        let (mut ada, mut bob) = (connect::<S>(address).await, connect::<S>(address).await);
        ada.send("PAINT sky 1h").await.expect("it is connected");
        bob.send("PAINT sea 1h").await.expect("it is connected");
        while metrics.orders.load(Relaxed) < 2 {
            S::Runtime::yield_now().await;
        }
        drop(close);
        [heard(ada.answer().await), heard(bob.answer().await)]
    });
    assert_eq!(heard, ["CLOSED sky", "CLOSED sea"]);
}

/// Fifty clients and ten seats: each asks how many are connected.
fn there_are_no_more_clients_than_seats<S: Sockets>() {
    let settings = Settings { clients: 10, ..Settings::default() };
    let answers = open::<S, _>(settings, async |address, _, _close| {
        let asks = (0..50).map(|_| async move { heard(connect::<S>(address).await.ask("STATS").await) });
        gather::<S::Runtime, _>(asks).await
    });
    for answer in answers {
        let answer = answer.expect("it does not panic");
        let clients =
            answer.strip_prefix("STATS clients=").and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
        assert!(clients.is_some_and(|clients| (1..=10).contains(&clients)), "{answer}");
    }
}

fn a_run_is_recorded<S: Sockets>() {
    let studio = Studio::around(S::start(), Clock::Real).recording().with_patience(Duration::from_secs(60));
    let watched = studio.run(async {
        let (listener, address) = S::bind((Ipv4Addr::LOCALHOST, 0).into()).await.expect("there is loopback");
        let (close, closes) = oneshot::channel::<()>();
        let stop = async { _ = closes.await };
        let serve = steps::serve::<Studio<S::Runtime>, _>(listener, Settings::default(), stop, Arc::default());
        let server = Studio::<S::Runtime>::spawn(serve);
        let heard = heard(connect::<S>(address).await.ask("PAINT sky 1ms").await);
        drop(close);
        server.await.expect("it does not panic").expect("its listener works");
        heard
    });
    assert_eq!(watched.result.as_deref(), Ok("DRY sky"));
    let mut recording = Recording::of_program("a workshop", Clock::Real, Vec::new());
    recording.runs.push(watched.recorded(S::Runtime::NAME, "on its sockets"));
    let page = paintdry_replay::page(&recording).expect("it can be shown");
    for words in ["client 1", "rack 4", "DRY sky", "queue"] {
        assert!(page.contains(words), "{words} on {}", S::Runtime::NAME);
    }
}
