//! Step 2: each connection has a task of its own, so a client does not wait for the client before it.

use crate::{Answer, Crew, Listen, Order, Settings};
use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
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
    mut connection: impl AsyncRead + AsyncWrite + Unpin,
    settings: Settings,
) -> io::Result<()> {
    let mut buffer = [0; 128];
    loop {
        let length = connection.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        let answer = match Order::parse(&buffer[..length]) {
            Ok(order) => paint::<R>(order, settings).await,
            Err(error) => Answer::Error(error),
        };
        connection.write_all(format!("{answer}\n").as_bytes()).await?;
    }
}

/// Paints a canvas and waits until it is dry.
async fn paint<R: Runtime>(order: Order, settings: Settings) -> Answer {
    (settings.paint)(&order);
    R::sleep(order.drying).await;
    Answer::Dry(order.name)
}
