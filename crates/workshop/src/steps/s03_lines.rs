//! Step 3: an order is a line, however many pieces it comes in. A line that is too long is an error.

use crate::{Answer, Crew, Lines, Listen, Order, Settings};
use futures::io::{AsyncRead, AsyncWrite};
use paintdry_core::Runtime;
use std::io;

/// Serves clients until the listener fails.
///
/// # Errors
/// Why the listener failed.
pub async fn serve<R: Runtime, L: Listen>(mut listener: L, settings: Settings) -> io::Result<()> {
    let mut clients = Crew::<R>::new();
    loop {
        let connection = listener.accept().await?;
        clients.spawn(async move {
            let _ = serve_client::<R>(connection, settings).await; // one connection is lost, and not the workshop
        });
    }
}

/// Answers orders, until the client closes the connection.
async fn serve_client<R: Runtime>(
    connection: impl AsyncRead + AsyncWrite + Unpin,
    settings: Settings,
) -> io::Result<()> {
    let mut lines = Lines::new(connection, settings.line);
    while let Some(line) = lines.next().await? {
        let answer = match line.and_then(|line| Order::parse(&line)) {
            Ok(order) => paint::<R>(order, settings).await,
            Err(error) => Answer::Error(error),
        };
        lines.send(&answer).await?;
    }
    Ok(())
}

/// Paints a canvas and waits until it is dry.
async fn paint<R: Runtime>(order: Order, settings: Settings) -> Answer {
    (settings.paint)(&order);
    R::sleep(order.drying).await;
    Answer::Dry(order.name)
}
