//! Step 8: an order that panics is answered `FAILED`, and its rack takes the next order.

use crate::{Answer, Crew, Job, Lines, Listen, Order, Settings, promise, unless};
use futures::FutureExt;
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::{Runtime, timeout};
use paintdry_studio::sync::{Receiver, Sender, TrySendError, channel};
use std::io::{self, ErrorKind};
use std::panic::AssertUnwindSafe;

/// Serves clients until the listener fails.
///
/// # Errors
/// Why the listener failed.
pub async fn serve<R: Runtime, L: Listen>(mut listener: L, settings: Settings) -> io::Result<()> {
    let (queue, jobs) = channel("queue", settings.queue);
    let mut racks = Crew::<R>::new();
    for _ in 0..settings.racks {
        racks.spawn(rack::<R>(jobs.clone(), settings));
    }
    drop(jobs);
    let mut clients = Crew::<R>::new();
    loop {
        let connection = listener.accept().await?;
        let queue = queue.clone();
        clients.spawn(async move {
            let _ = serve_client::<R>(connection, queue, settings).await; // one connection is lost, and not the workshop
        });
    }
}

/// Answers orders, until the client closes the connection, or is silent for too long.
async fn serve_client<R: Runtime>(
    connection: impl AsyncRead + AsyncWrite + Unpin,
    queue: Sender<Job>,
    settings: Settings,
) -> io::Result<()> {
    let mut lines = Lines::new(connection, settings.line);
    loop {
        let Ok(line) = timeout::<R, _>(settings.silence, lines.next()).await else {
            return send::<R>(&mut lines, &Answer::Bye, settings).await;
        };
        let Some(line) = line? else { return Ok(()) };
        let answer = match line.and_then(|line| Order::parse(&line)) {
            Ok(order) => {
                let placed = place::<R>(order, &queue, settings);
                let Some(answer) = unless(lines.until_gone(), placed).await else { return Ok(()) };
                answer
            }
            Err(error) => Answer::Error(error),
        };
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
