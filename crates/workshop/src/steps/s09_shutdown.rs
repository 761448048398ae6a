//! Step 9: the workshop closes. It takes no more orders, finishes those that it has, within a limit, and ends last.

use crate::{Answer, Crew, Job, Lines, Listen, Order, Settings, promise, unless};
use futures::FutureExt;
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::{Runtime, timeout};
use paintdry_studio::sync::{Receiver, Sender, TrySendError, channel};
use std::io::{self, ErrorKind};
use std::panic::AssertUnwindSafe;

/// Serves clients until `stop` completes or the listener fails. Then it drains: it returns after `draining` and `reading` at the
/// latest, and no task is left.
///
/// # Errors
/// Why the listener failed.
pub async fn serve<R: Runtime, L: Listen>(
    mut listener: L,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let (queue, jobs) = channel("queue", settings.queue);
    let mut racks = Crew::<R>::new();
    for _ in 0..settings.racks {
        racks.spawn(rack::<R>(jobs.clone(), settings));
    }
    drop(jobs);
    let (open, closing) = channel::<()>("closing", 1);
    let mut clients = Crew::<R>::new();
    let accepting = async {
        loop {
            let connection = listener.accept().await?;
            let (queue, closing) = (queue.clone(), closing.clone());
            clients.spawn(async move {
                let _ = serve_client::<R>(connection, queue, closing, settings).await; // one connection is lost, no more
            });
        }
    };
    let failed = unless(stop, accepting).await;
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

/// Answers orders, until the client closes the connection or is silent for too long, or the workshop closes.
async fn serve_client<R: Runtime>(
    connection: impl AsyncRead + AsyncWrite + Unpin,
    queue: Sender<Job>,
    closing: Receiver<()>,
    settings: Settings,
) -> io::Result<()> {
    let mut lines = Lines::new(connection, settings.line);
    loop {
        let next = timeout::<R, _>(settings.silence, lines.next());
        let Some(next) = unless(closing.receive(), next).await else { return Ok(()) };
        let Ok(line) = next else {
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
