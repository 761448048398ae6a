//! Step 12: under load, the number of clients has a limit, and an accept that fails is tried again.

use crate::{Answer, Crew, Job, Lines, Listen, Metrics, Order, Settings, promise, unless};
use futures::FutureExt;
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::{Runtime, name_task, note, timeout};
use paintdry_studio::sync::{Receiver, Semaphore, Sender, TrySendError, channel};
use std::io::{self, ErrorKind};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// How often an accept is tried again without a client before the listener counts as broken, and how long each try waits.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// Serves clients until `stop` completes or the listener fails. Then it drains: it returns after `draining` and `reading` at the
/// latest, and no task is left.
///
/// # Errors
/// Why the listener failed.
pub async fn serve<R: Runtime, L: Listen>(
    mut listener: L,
    settings: Settings,
    stop: impl Future<Output = ()>,
    metrics: Arc<Metrics>,
) -> io::Result<()> {
    let (queue, jobs) = channel("queue", settings.queue);
    let mut racks = Crew::<R>::new();
    for number in 1..=settings.racks {
        let jobs = jobs.clone();
        racks.spawn(async move {
            name_task(&format!("rack {number}"));
            rack::<R>(jobs, settings).await;
        });
    }
    drop(jobs);
    let (open, closing) = channel::<()>("closing", 1);
    let seats = Semaphore::new("seats", settings.clients);
    let mut clients = Crew::<R>::new();
    let accepting = async {
        for number in 1.. {
            let seat = seats.acquire().await; // a client without a seat waits in the system's queue
            let connection = accept::<R, _>(&mut listener, &metrics).await?;
            let (queue, closing, metrics) = (queue.clone(), closing.clone(), Arc::clone(&metrics));
            clients.spawn(async move {
                name_task(&format!("client {number}"));
                let _connected = (seat, metrics.connected());
                let _ = serve_client::<R>(connection, queue, closing, settings, &metrics).await; // one connection is lost
            });
        }
        Ok(())
    };
    let failed = unless(stop, accepting).await;
    note("the workshop closes");
    drop((listener, open, queue)); // no connection, no line, no order from here on
    if timeout::<R, _>(settings.draining, clients.join()).await.is_err() {
        racks.cancel(); // breaks the promises, so that the clients learn it
        if timeout::<R, _>(settings.reading, clients.join()).await.is_err() {
            clients.cancel();
        }
    }
    clients.join().await;
    racks.join().await;
    failed.unwrap_or(Ok(()))
}

/// Accepts a connection. If that fails, the process may have no socket left, and has one again when a client goes. So tries count
/// only while no client is connected.
async fn accept<R: Runtime, L: Listen>(listener: &mut L, metrics: &Metrics) -> io::Result<L::Connection> {
    let mut tries = 0;
    loop {
        match listener.accept().await {
            Err(error) if tries < TRIES => note(error),
            accepted => return accepted,
        }
        R::sleep(PAUSE).await;
        tries = if metrics.clients.load(Relaxed) == 0 { tries + 1 } else { 0 };
    }
}

/// Answers orders, until the client closes the connection or is silent for too long, or the workshop closes.
async fn serve_client<R: Runtime>(
    connection: impl AsyncRead + AsyncWrite + Unpin,
    queue: Sender<Job>,
    closing: Receiver<()>,
    settings: Settings,
    metrics: &Metrics,
) -> io::Result<()> {
    let mut lines = Lines::new(connection, settings.line);
    loop {
        let next = timeout::<R, _>(settings.silence, lines.next());
        let Some(next) = unless(closing.receive(), next).await else { return Ok(()) };
        let Ok(line) = next else {
            return send::<R>(&mut lines, &Answer::Bye, settings).await;
        };
        let Some(line) = line? else { return Ok(()) };
        if line.as_deref().is_ok_and(Metrics::are_asked_for) {
            send::<R>(&mut lines, &Answer::Stats(metrics.to_string()), settings).await?;
            continue;
        }
        let answer = match line.and_then(|line| Order::parse(&line)) {
            Ok(order) => {
                metrics.count_order();
                note(format_args!("orders {}", order.name));
                let placed = place::<R>(order, &queue, settings);
                let Some(answer) = unless(lines.until_gone(), placed).await else {
                    metrics.count_gone();
                    note("has gone");
                    return Ok(());
                };
                answer
            }
            Err(error) => Answer::Error(error),
        };
        metrics.count(&answer);
        note(&answer);
        send::<R>(&mut lines, &answer, settings).await?;
    }
}

/// Sends an answer, if the client reads it in time.
async fn send<R: Runtime>(
    lines: &mut Lines<impl AsyncRead + AsyncWrite + Unpin>,
    answer: &Answer,
    settings: Settings,
) -> io::Result<()> {
    timeout::<R, _>(settings.reading, lines.send(answer)).await.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

/// Puts an order into the queue, if there is room, and waits for the answer, but not for ever.
async fn place<R: Runtime>(order: Order, queue: &Sender<Job>, settings: Settings) -> Answer {
    let name = order.name.clone();
    let (promise, answer) = promise(&name);
    match queue.try_send(Job { order, promise }) {
        Ok(()) => {}
        Err(TrySendError::Full(_)) => return Answer::Busy(name),
        Err(TrySendError::Closed(_)) => return Answer::Closed(name),
    }
    match timeout::<R, _>(settings.patience, answer).await {
        Ok(answer) => answer.unwrap_or(Answer::Closed(name)),
        Err(_) => Answer::Late(name),
    }
}

/// A rack: it takes an order, waits until the canvas is dry or no longer wanted, and takes the next order.
async fn rack<R: Runtime>(jobs: Receiver<Job>, settings: Settings) {
    while let Some(Job { order, mut promise }) = jobs.receive().await {
        note(format_args!("paints {}", order.name));
        let failed = Answer::Failed(order.name.clone());
        let painted = AssertUnwindSafe(paint::<R>(order, settings)).catch_unwind();
        if let Some(answer) = unless(promise.unwanted(), painted).await {
            promise.fulfil(answer.unwrap_or(failed));
        }
    }
}

/// Paints a canvas and waits until it is dry.
async fn paint<R: Runtime>(order: Order, settings: Settings) -> Answer {
    (settings.paint)(&order);
    R::sleep(order.drying).await;
    Answer::Dry(order.name)
}
