//! A workshop that closes, from step 9 on: what its clients hear, when it ends, and that it leaves nothing behind.

use crate::{SECOND, connect, heard};
use futures::future::{BoxFuture, join, join_all};
use paintdry_core::{Runtime, now};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, Studio};
use paintdry_workshop::steps::{s09_shutdown, s10_metrics, s11_recording, s12_load};
use paintdry_workshop::{Listen, Lobby, LobbyListener, Metrics, Pipe, Settings, lobby};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

type Stop = BoxFuture<'static, ()>;

type Serve = fn(LobbyListener, Settings, Stop, Arc<Metrics>) -> BoxFuture<'static, io::Result<()>>;

fn steps<R: Runtime>() -> [Serve; 4] {
    [
        |listener, settings, stop, _| Box::pin(s09_shutdown::serve::<R, _>(listener, settings, stop)),
        |listener, settings, stop, metrics| Box::pin(s10_metrics::serve::<R, _>(listener, settings, stop, metrics)),
        |listener, settings, stop, metrics| Box::pin(s11_recording::serve::<R, _>(listener, settings, stop, metrics)),
        |listener, settings, stop, metrics| Box::pin(s12_load::serve::<R, _>(listener, settings, stop, metrics)),
    ]
}

/// Closes the workshop after a second. What the clients hear, sorted, and when the workshop has ended.
fn closes<R: Runtime>(
    serve: Serve,
    settings: Settings,
    play: fn(Lobby) -> BoxFuture<'static, Vec<String>>,
) -> (Vec<String>, Duration) {
    let metrics = Arc::<Metrics>::default();
    let watched = Studio::<R>::new(Clock::Virtual).run(async {
        let (lobby, listener) = lobby();
        let server =
            Studio::<R>::spawn(serve(listener, settings, Box::pin(Studio::<R>::sleep(SECOND)), Arc::clone(&metrics)));
        let ended = async {
            server.await.expect("it does not panic").expect("its listener works");
            now()
        };
        let (mut heard, ended) = join(play(lobby), ended).await;
        heard.sort();
        (heard, ended)
    });
    assert_eq!(metrics.clients.load(Relaxed), 0, "no client is left");
    assert_eq!(metrics.open(), 0, "each order has one fate: {metrics}");
    watched.result.expect("it ends")
}

fn each_step_closes(
    settings: Settings,
    heard: &[&str],
    ended: Duration,
    play: fn(Lobby) -> BoxFuture<'static, Vec<String>>,
) {
    fn on<R: Runtime>(
        settings: Settings,
        play: fn(Lobby) -> BoxFuture<'static, Vec<String>>,
    ) -> Vec<(Vec<String>, Duration)> {
        steps::<Studio<R>>().map(|serve| closes::<R>(serve, settings, play)).into()
    }
    let seen = [
        on::<EventLoop>(settings, play),
        on::<paintdry_tokio::CurrentThread>(settings, play),
        on::<paintdry_tokio::MultiThread>(settings, play),
        on::<paintdry_async_std::Global>(settings, play),
        on::<paintdry_smol::Global>(settings, play),
    ];
    for seen in seen.iter().flatten() {
        assert_eq!((seen.0.iter().map(String::as_str).collect(), seen.1), (heard.to_vec(), ended));
    }
}

#[test]
fn orders_that_it_has_are_finished_and_clients_that_wait_for_nothing_are_closed() {
    let settings = Settings { racks: 1, ..Settings::default() };
    let heard_by = ["1s lost: unexpected end of file", "2s DRY sky", "4s DRY sky", "unexpected end of file"];
    each_step_closes(settings, &heard_by, 4 * SECOND, |lobby| {
        Box::pin(async move {
            let (mut ada, mut bob, mut idle) =
                (connect(&lobby, "ada").await, connect(&lobby, "bob").await, connect(&lobby, "cy").await);
            let ada = async {
                ada.send("PAINT sky 2s\nPAINT sea 2s").await.expect("it is connected"); // the second is not taken any more
                let first = heard(ada.answer()).await;
                // without its time: on threads, either client may get the rack first
                vec![first, ada.answer().await.unwrap_or_else(|error| error.to_string())]
            };
            let bob = async { vec![heard(bob.ask("PAINT sky 2s")).await] };
            let idle = async { vec![heard(idle.answer()).await] };
            let ((ada, bob), idle) = join(join(ada, bob), idle).await;
            [ada, bob, idle].concat()
        })
    });
}

#[test]
fn an_order_that_takes_too_long_is_answered_at_the_limit() {
    let settings = Settings { racks: 1, patience: 1_000 * SECOND, ..Settings::default() };
    let heard_by = ["11s CLOSED sky", "11s CLOSED sky"];
    each_step_closes(settings, &heard_by, 11 * SECOND, |lobby| {
        Box::pin(async move {
            let orders = (0..2).map(|_| async { heard(connect(&lobby, "ada").await.ask("PAINT sky 100s")).await });
            join_all(orders).await
        })
    });
}

#[test]
fn a_client_that_never_reads_cannot_hold_it_up() {
    let settings = Settings { reading: 100 * SECOND, ..Settings::default() };
    each_step_closes(settings, &["100s lost: broken pipe"], 100 * SECOND, |lobby| {
        Box::pin(async move {
            let mut ada = connect(&lobby, "ada").await;
            let sends = async {
                Err::<String, _>(loop {
                    if let Err(error) = ada.send("DANCE").await {
                        break error;
                    }
                })
            };
            vec![heard(sends).await]
        })
    });
}

#[test]
fn a_new_client_finds_it_closed() {
    let closed = ["1s lost: unexpected end of file", "1s lost: unexpected end of file"];
    each_step_closes(Settings::default(), &closed, SECOND, |lobby| {
        Box::pin(async move {
            let early = heard(connect(&lobby, "ada").await.answer()).await; // until the workshop closes
            vec![early, heard(connect(&lobby, "bob").await.answer()).await]
        })
    });
}

/// A listener that fails some times, after some connections.
struct Failing {
    listener: LobbyListener,
    connections: u32,
    failures: u32,
}

impl Listen for Failing {
    type Connection = Pipe;

    async fn accept(&mut self) -> io::Result<Pipe> {
        if self.connections == 0 && self.failures > 0 {
            self.failures -= 1;
            return Err(ErrorKind::OutOfMemory.into());
        }
        self.connections = self.connections.saturating_sub(1);
        self.listener.accept().await
    }
}

#[test]
fn the_last_step_tries_a_failed_accept_again_and_gives_up_on_a_broken_listener() {
    type R = Studio<EventLoop>;
    let run = |failures| {
        R::new(Clock::Virtual).run(async move {
            let (lobby, listener) = lobby();
            let serve = s12_load::serve::<R, _>(
                Failing { listener, connections: 0, failures },
                Settings::default(),
                R::sleep(60 * SECOND),
                Arc::default(),
            );
            let server = R::spawn(serve);
            let heard = heard(connect(&lobby, "ada").await.ask("PAINT sky 2s")).await;
            (heard, server.await.expect("it does not panic").map_err(|error| error.kind()))
        })
    };
    assert_eq!(run(3).result.expect("it ends"), ("2.3s DRY sky".to_owned(), Ok(())));
    let (heard, ended) = run(1_000).result.expect("it ends");
    assert_eq!((&*heard, ended), ("5s lost: unexpected end of file", Err(ErrorKind::OutOfMemory)));
}

/// A process without a free socket, which silent clients hold: it is no broken listener.
#[test]
fn the_last_step_waits_for_a_client_to_go_when_no_socket_is_left() {
    type R = Studio<EventLoop>;
    let run = R::new(Clock::Virtual).run(async move {
        let (lobby, listener) = lobby();
        let settings = Settings { silence: 20 * SECOND, ..Settings::default() };
        let listener = Failing { listener, connections: 1, failures: 150 };
        let server = R::spawn(s12_load::serve::<R, _>(listener, settings, R::sleep(60 * SECOND), Arc::default()));
        let silent = connect(&lobby, "ada").await;
        let heard = heard(connect(&lobby, "bob").await.ask("PAINT sky 2s")).await;
        drop(silent);
        (heard, server.await.expect("it does not panic").map_err(|error| error.kind()))
    });
    assert_eq!(run.result.expect("it ends"), ("17s DRY sky".to_owned(), Ok(())));
}
