//! Step 4: a canvas dries on a rack. Each rack is a task, and takes its orders from a queue. Orders wait until there is room.

use crate::{Answer, Crew, Job, Lines, Listen, Order, Settings, promise};
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::Runtime;
use paintdry_studio::sync::{Receiver, Sender, channel};
use std::io;

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
            let _ = serve_client(connection, queue, settings).await; // one connection is lost, and not the workshop
        });
    }
}

/// Answers orders, until the client closes the connection.
async fn serve_client(
    connection: impl AsyncRead + AsyncWrite + Unpin,
    queue: Sender<Job>,
    settings: Settings,
) -> io::Result<()> {
    let mut lines = Lines::new(connection, settings.line);
    while let Some(line) = lines.next().await? {
        let answer = match line.and_then(|line| Order::parse(&line)) {
            Ok(order) => place(order, &queue).await,
            Err(error) => Answer::Error(error),
        };
        lines.send(&answer).await?;
    }
    Ok(())
}

/// Puts an order into the queue, and waits for the answer.
async fn place(order: Order, queue: &Sender<Job>) -> Answer {
    let name = order.name.clone();
    let (promise, answer) = promise(&name);
    if queue.send(Job { order, promise }).await.is_err() {
        return Answer::Closed(name);
    }
    answer.await.unwrap_or(Answer::Closed(name))
}

/// A rack: it takes an order, waits until the canvas is dry, and takes the next order.
async fn rack<R: Runtime>(jobs: Receiver<Job>, settings: Settings) {
    while let Some(Job { order, promise }) = jobs.receive().await {
        promise.fulfil(paint::<R>(order, settings).await);
    }
}

/// Paints a canvas and waits until it is dry.
async fn paint<R: Runtime>(order: Order, settings: Settings) -> Answer {
    (settings.paint)(&order);
    R::sleep(order.drying).await;
    Answer::Dry(order.name)
}
