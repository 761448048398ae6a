//! `diagnose` on the workshop: no finding on a sound step, and the right one on each faulty variant.

use futures::future::{BoxFuture, FutureExt, join_all, pending};
use paintdry_core::{Runtime, gather, name_task};
use paintdry_diagnose::{Kind, diagnose};
use paintdry_generator::EventLoop;
use paintdry_studio::sync::{Mutex, Receiver, Semaphore, Sender, channel};
use paintdry_studio::{Clock, Recording, Studio, sleep_blocking};
use paintdry_workshop::client::Client;
use paintdry_workshop::steps::*;
use paintdry_workshop::{Answer, Job, LobbyListener, Order, Settings, lobby, promise};
use std::mem;
use std::sync::Arc;
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

/// The kinds of the findings in a run, and their text.
fn found<R: Runtime>(program: impl Future<Output = ()>) -> (Vec<Kind>, String) {
    let watched = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO).recording().run(program);
    let mut recording = Recording::of_program("the workshop", Clock::Virtual, Vec::new());
    recording.runs.push(watched.recorded(R::NAME, "a day"));
    let diagnosis = diagnose(&recording).expect("a sound recording");
    (diagnosis.findings.iter().map(|finding| finding.kind).collect(), diagnosis.to_string())
}

type Serve = fn(LobbyListener, Settings) -> BoxFuture<'static, std::io::Result<()>>;

const STEPS: [Serve; 12] = [
    |listener, settings| Box::pin(s01_accept::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s02_tasks::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s03_lines::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s04_racks::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s05_queue::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s06_limits::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s07_gone::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s08_panics::serve::<Loop, _>(listener, settings)),
    |listener, settings| Box::pin(s09_shutdown::serve::<Loop, _>(listener, settings, pending())),
    |listener, settings| Box::pin(s10_metrics::serve::<Loop, _>(listener, settings, pending(), Arc::default())),
    |listener, settings| Box::pin(s11_recording::serve::<Loop, _>(listener, settings, pending(), Arc::default())),
    |listener, settings| {
        Box::pin(s12_load::serve::<Loop, _>(listener, settings, Loop::sleep(8 * SECOND).boxed(), Arc::default()))
    },
];

/// A day in the workshop: clients that wait in the queue, one that is busy, one that goes.
async fn a_day(serve: Serve) {
    let (lobby, listener) = lobby();
    let server = Loop::spawn(serve(listener, Settings { racks: 1, queue: 2, ..Settings::default() }));
    let clients = [("ada", 0, 3), ("bob", 500, 2), ("cy", 600, 2), ("dan", 700, 1), ("eve", 4_000, 1)];
    gather::<Loop, _>(clients.map(|(name, from, drying)| {
        let lobby = lobby.clone();
        async move {
            name_task(name);
            Loop::sleep(Duration::from_millis(from)).await;
            let mut client = Client::new(lobby.connect(name).await);
            if name == "cy" {
                client.send(format!("PAINT {name} {drying}s")).await.expect("it is connected");
                return Loop::sleep(SECOND).await;
            }
            client.ask(format!("PAINT {name} {drying}s")).await.expect("it is answered");
        }
    }))
    .await;
    drop(lobby);
    let _ = server.await;
}

/// In step 1 a client waits for the clients before it. But each wait ends, so `diagnose` finds no fault there.
#[test]
fn no_step_is_blamed() {
    for (number, serve) in (1..).zip(STEPS) {
        let (kinds, text) = found::<EventLoop>(a_day(serve));
        assert_eq!(kinds, [], "step {number}: {text}");
    }
}

fn spawn<R: Runtime>(name: &'static str, task: impl Future<Output = ()> + Send + 'static) -> R::Task<()> {
    R::spawn(async move {
        name_task(name);
        task.await;
    })
}

/// A client: it orders a canvas, and waits for the answer.
async fn orders(name: &str, queue: Sender<Job>) {
    let (promise, answer) = promise(name);
    let order = Order { name: name.to_owned(), drying: SECOND };
    let _ = queue.send(Job { order, promise }).await;
    drop(queue);
    answer.await;
}

/// A task for each of these clients, and one rack.
async fn with_rack<C, F>(
    clients: &'static [&'static str],
    client: impl Fn(&'static str, Sender<Job>) -> C,
    rack: impl FnOnce(Sender<Job>, Receiver<Job>) -> F,
) where
    C: Future<Output = ()> + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (queue, jobs) = channel("queue", 1);
    let rack = spawn::<Loop>("rack", rack(queue.clone(), jobs));
    let clients = clients.iter().map(|&name| spawn::<Loop>(name, client(name, queue.clone())));
    let clients = join_all(clients);
    drop(queue);
    clients.await;
    let _ = rack.await;
}

/// The sound rack: it dries the canvas, and answers.
async fn dries(jobs: Receiver<Job>) {
    while let Some(Job { order, promise }) = jobs.receive().await {
        Loop::sleep(order.drying).await;
        promise.fulfil(Answer::Dry(order.name));
    }
}

/// It dries the canvas, and forgets to answer.
async fn forgets_the_promise(jobs: Receiver<Job>) {
    while let Some(Job { order, promise }) = jobs.receive().await {
        Loop::sleep(order.drying).await;
        mem::forget(promise);
    }
}

/// Each canvas gets a second coat, so the rack puts its order back. If the queue is full, it waits for itself to take one out.
async fn gives_a_second_coat(queue: Sender<Job>, jobs: Receiver<Job>) {
    while let Some(Job { order, promise }) = jobs.receive().await {
        Loop::sleep(order.drying).await;
        let _ = queue.send(Job { order, promise }).await;
    }
}

/// It holds the thread while the canvas dries.
async fn dries_on_the_thread(jobs: Receiver<Job>) {
    while let Some(Job { order, promise }) = jobs.receive().await {
        sleep_blocking(order.drying);
        promise.fulfil(Answer::Dry(order.name));
    }
}

/// It asks again and again whether there is an order.
async fn asks_for_orders(jobs: Receiver<Job>) {
    for _ in 0..4_000 {
        if let Some(Job { order, promise }) = jobs.try_receive() {
            Loop::sleep(order.drying).await;
            promise.fulfil(Answer::Dry(order.name));
        }
        Loop::sleep(Duration::from_millis(1)).await;
    }
}

/// There is one easel. Each client takes it, and forgets to give it back.
async fn forgets_the_permit(easels: Semaphore, name: &'static str, queue: Sender<Job>) {
    let easel = easels.acquire().await;
    orders(name, queue).await;
    mem::forget(easel);
}

/// Each client locks the books of the workshop, and holds the lock until it has its answer.
async fn locks_across_the_answer(books: Mutex<u32>, name: &'static str, queue: Sender<Job>) {
    let mut count = books.lock().await;
    orders(name, queue).await;
    *count += 1;
}

/// A server that drops the handles of its clients, on a runtime on which that cancels them.
async fn a_dropped_handle() {
    type Smol = Studio<paintdry_smol::Local>;
    for name in ["ada", "bob"] {
        drop(spawn::<Smol>(name, Smol::sleep(2 * SECOND)));
        Smol::sleep(SECOND).await;
    }
}

#[test]
fn each_faulty_variant_gets_the_right_finding() {
    let (one, three): (&[&str], &[&str]) = (&["ada"], &["ada", "bob", "cy"]);
    let (easels, books) = (Semaphore::new("easels", 1), Mutex::new("books", 0));
    let forgets = move |name, queue| forgets_the_permit(easels.clone(), name, queue);
    let locks = move |name, queue| locks_across_the_answer(books.clone(), name, queue);
    let variants: [(&str, &[Kind], _); 7] = [
        (
            "a forgotten promise",
            &[Kind::LostWake],
            found::<EventLoop>(with_rack(one, orders, |_, jobs| forgets_the_promise(jobs))),
        ),
        ("a full queue", &[Kind::FullChannel], found::<EventLoop>(with_rack(three, orders, gives_a_second_coat))),
        (
            "a rack that blocks",
            &[Kind::BlockedThread],
            found::<EventLoop>(with_rack(three, orders, |_, jobs| dries_on_the_thread(jobs))),
        ),
        (
            "a rack that asks",
            &[Kind::Polling],
            found::<EventLoop>(with_rack(three, orders, |_, jobs| asks_for_orders(jobs))),
        ),
        (
            "a forgotten permit",
            &[Kind::LostWake],
            found::<EventLoop>(with_rack(&["ada", "bob"], forgets, |_, jobs| dries(jobs))),
        ),
        (
            "a lock across the answer",
            &[Kind::LockHeld],
            found::<EventLoop>(with_rack(three, locks, |_, jobs| dries(jobs))),
        ),
        (
            "a dropped handle",
            &[Kind::DroppedTask, Kind::DroppedTask], // there are two clients
            found::<paintdry_smol::Local>(a_dropped_handle()),
        ),
    ];
    for (variant, expected, (kinds, text)) in variants {
        assert_eq!(kinds, expected, "{variant}: {text}");
    }
    let (kinds, text) = found::<EventLoop>(with_rack(three, orders, |_, jobs| dries(jobs)));
    assert_eq!(kinds, [], "a rack without a fault: {text}");
}
