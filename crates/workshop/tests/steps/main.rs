//! What each step can do, and what it cannot do yet, in virtual time; and that the last step does the same on every runtime.

mod scenes;
mod shutdown;

use futures::future::{BoxFuture, FutureExt, pending};
use paintdry_core::{Runtime, now};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, EventKind, Studio, WatchedRun};
use paintdry_workshop::client::Client;
use paintdry_workshop::steps::*;
use paintdry_workshop::{Lobby, LobbyListener, Pipe, Settings, lobby, unless};
use scenes::{Scene, scenes};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// When the workshop closes.
type Stop = BoxFuture<'static, ()>;

type Serve = fn(LobbyListener, Settings, Stop) -> BoxFuture<'static, io::Result<()>>;

/// Each step. A step that knows no shutdown is dropped when the workshop closes.
fn steps<R: Runtime>() -> [Serve; 12] {
    [
        |listener, settings, stop| Box::pin(until(stop, s01_accept::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s02_tasks::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s03_lines::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s04_racks::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s05_queue::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s06_limits::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s07_gone::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(until(stop, s08_panics::serve::<R, _>(listener, settings))),
        |listener, settings, stop| Box::pin(s09_shutdown::serve::<R, _>(listener, settings, stop)),
        |listener, settings, stop| Box::pin(s10_metrics::serve::<R, _>(listener, settings, stop, Arc::default())),
        |listener, settings, stop| Box::pin(s11_recording::serve::<R, _>(listener, settings, stop, Arc::default())),
        |listener, settings, stop| Box::pin(s12_load::serve::<R, _>(listener, settings, stop, Arc::default())),
    ]
}

/// What a program does that has no shutdown: it ends, and drops what still runs.
async fn until(stop: Stop, serve: impl Future<Output = io::Result<()>>) -> io::Result<()> {
    unless(stop, serve).await.unwrap_or(Ok(()))
}

const SECOND: Duration = Duration::from_secs(1);

fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// What a client hears, and when.
async fn heard(answer: impl Future<Output = io::Result<String>>) -> String {
    let answer = answer.await.unwrap_or_else(|error| format!("lost: {}", error.kind()));
    format!("{:?} {answer}", now())
}

async fn connect(lobby: &Lobby, name: &str) -> Client<Pipe> {
    Client::new(lobby.connect(name).await)
}

/// Runs a server and a scene with its clients.
fn play<R: Runtime>(serve: Serve, scene: &Scene) -> WatchedRun<Vec<String>> {
    Studio::<R>::new(Clock::Virtual).recording().run(async {
        let (lobby, listener) = lobby();
        let stop = scene.closes.map_or_else(|| pending().boxed(), |at| Studio::<R>::sleep(at).boxed());
        let server = Studio::<R>::spawn(serve(listener, scene.settings, stop));
        let mut heard = (scene.play)(lobby).await;
        heard.sort();
        drop(server);
        heard
    })
}

/// What the clients of a scene hear, and in a scene about the recording, what it says of each task, sorted. It is nothing if the run
/// got stuck.
fn seen<R: Runtime>(serve: Serve, scene: &Scene) -> Vec<String> {
    let run = play::<R>(serve, scene);
    let mut seen = run.result.unwrap_or_default();
    if scene.is_read {
        let notes = run.events.iter().filter_map(|event| match &event.what {
            EventKind::Note(text) => Some(format!("{}: {text}", run.tasks[event.task as usize])),
            _ => None,
        });
        seen.extend(notes);
        seen.sort();
    }
    seen
}

#[test]
fn each_step_has_a_scene() {
    let scenes = scenes::<Studio<EventLoop>>();
    let without: Vec<_> = (1..=12).filter(|step| scenes.iter().all(|scene| scene.from != *step)).collect();
    assert!(without.is_empty(), "the steps {without:?} add nothing that a scene shows");
}

#[test]
fn each_step_adds_what_the_steps_before_it_cannot_do() {
    for scene in scenes::<Studio<EventLoop>>() {
        for (number, serve) in (1..).zip(steps::<Studio<EventLoop>>()) {
            let seen = seen::<EventLoop>(serve, &scene);
            if number >= scene.from {
                assert_eq!(seen, scene.seen, "{} at step {number}", scene.name);
            } else {
                assert_ne!(seen, scene.seen, "{} at step {number}", scene.name);
            }
        }
    }
}

#[test]
fn the_last_step_does_the_same_on_every_runtime_to_the_nanosecond() {
    fn same_on<R: Runtime>() {
        let [.., last] = steps::<Studio<R>>();
        for scene in scenes::<Studio<R>>() {
            assert_eq!(seen::<R>(last, &scene), scene.seen, "{} on {}", scene.name, R::NAME);
        }
    }
    same_on::<paintdry_tokio::CurrentThread>();
    same_on::<paintdry_tokio::MultiThread>();
    same_on::<paintdry_async_std::Global>();
    same_on::<paintdry_smol::Local>();
    same_on::<paintdry_smol::Global>();
}

#[test]
fn from_step_11_a_recording_names_the_tasks() {
    let scene = &scenes::<Studio<EventLoop>>()[0];
    let names = |step: usize| play::<EventLoop>(steps::<Studio<EventLoop>>()[step - 1], scene).tasks;
    let of_ours =
        |names: Vec<String>| names.iter().filter(|name| name.contains("rack ") || name.contains("client ")).count();
    assert_eq!([10, 11, 12].map(|step| of_ours(names(step))), [0, 5, 5], "four racks and a client");
}

#[test]
fn the_files_of_the_runtimes_have_the_same_functions_in_the_same_order() {
    let functions = |text: &'static str| -> Vec<&str> {
        let functions = text.lines().filter_map(|line| line.split_once("fn ")?.1.split_once('('));
        functions.map(|(name, _)| name).filter(|name| !name.starts_with("poll_")).collect()
    };
    let expected = ["start", "bind", "connect", "accept"];
    assert_eq!(functions(include_str!("../../src/on_tokio.rs")), expected);
    assert_eq!(functions(include_str!("../../src/on_async_std.rs")), expected);
    assert_eq!(functions(include_str!("../../src/on_smol.rs")), expected);
    assert_eq!(functions(include_str!("../../src/on_our_loop.rs")), expected);
}
