//! What a thousand slow clients cost: the memory has a bound, however much they send. A test of its own, because its allocator counts
//! the bytes of the whole program.

use futures::future::{Either, FutureExt, select};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_core::{Runtime, gather};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, Studio};
use paintdry_workshop::{Lobby, Metrics, Settings, lobby, steps};
use peak_alloc::PeakAlloc;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

type R = Studio<EventLoop>;

const CLIENTS: usize = 1_000;

/// What a client may cost in bytes: its own task, the task that serves it, and the connection between them.
const A_CLIENT: usize = 16 * 1_024;

/// How much a client sends, if the workshop takes it. If it kept that, the clients would cost more than they may.
const MOST: usize = 32 * 1_024;

const SECOND: Duration = Duration::from_secs(1);

/// Sends these bytes again and again, as fast as the workshop takes them, and reads one byte each second. After half a minute it goes
/// away. Returns how many bytes it has sent.
async fn is_slow(lobby: Lobby, sends: &[u8]) -> usize {
    let (mut reader, mut writer) = lobby.connect("slow client").await.split();
    let sent = AtomicUsize::new(0);
    let floods = pin!(async {
        while sent.load(Relaxed) < MOST {
            let Ok(length) = writer.write(&sends[sent.load(Relaxed) % sends.len()..]).await else { return };
            sent.fetch_add(length, Relaxed);
        }
    });
    let sips = pin!(async {
        for _ in 0..30 {
            R::sleep(SECOND).await;
            let _ = reader.read(&mut [0]).now_or_never(); // there may be none
        }
    });
    if let Either::Left(((), sips)) = select(floods, sips).await {
        sips.await;
    }
    sent.load(Relaxed)
}

/// What a client sends: a line that never ends, orders without a pause, or lines that are none.
fn sends(client: usize) -> &'static [u8] {
    match client % 3 {
        0 => &[b'x'; 64],
        1 => b"PAINT sky 10s\n",
        _ => b"DANCE\n",
    }
}

#[test]
fn a_thousand_slow_clients_cost_no_more_than_a_thousand_times_the_bound() {
    let metrics = Arc::<Metrics>::default();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let run = R::new(Clock::Virtual).run(async {
        let (lobby, listener) = lobby();
        let hour = 3_600 * SECOND;
        let settings = Settings { silence: hour, reading: hour, ..Settings::default() };
        let server = R::spawn(steps::serve::<R, _>(listener, settings, R::sleep(60 * SECOND), Arc::clone(&metrics)));
        let clients = (0..CLIENTS).map(|client| is_slow(lobby.clone(), sends(client)));
        let sent = gather::<R, _>(clients).await;
        server.await.expect("it does not panic").expect("its listener works");
        sent.into_iter().map(|sent| sent.expect("it does not panic")).collect::<Vec<_>>()
    });
    let peak = MEMORY.peak_usage() - before;
    let sent = run.result.expect("it ends");
    let all = sent.iter().filter(|sent| **sent >= MOST).count();
    assert_eq!(all, CLIENTS.div_ceil(3), "it takes all of a line that never ends, and lets the other clients wait");
    assert!(peak <= CLIENTS * A_CLIENT, "{CLIENTS} slow clients cost {peak} bytes, {} each", peak / CLIENTS);
    assert_eq!(metrics.open(), 0, "each order has one fate: {metrics}");
    assert_eq!(metrics.clients.load(Relaxed), 0, "no client is left");
}
