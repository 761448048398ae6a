//! tokio's own `sync` module, as its tutorial teaches: <https://tokio.rs/tokio/tutorial/channels>.

use crate::sync::{Lock, Mpsc, Oneshot, Protected};
use tokio::sync::{Mutex, MutexGuard, mpsc, oneshot};

/// tokio's channels.
pub(crate) struct Tokio;

impl Oneshot for Tokio {
    type Sender<V> = oneshot::Sender<V>;
    type Receiver<V> = oneshot::Receiver<V>;

    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>) {
        oneshot::channel()
    }

    fn send<V>(sender: Self::Sender<V>, value: V) -> bool {
        sender.send(value).is_ok()
    }

    async fn receive<V>(receiver: Self::Receiver<V>) -> Option<V> {
        receiver.await.ok()
    }
}

impl Mpsc for Tokio {
    type Sender = mpsc::Sender<u64>;
    type Receiver = mpsc::Receiver<u64>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        mpsc::channel(capacity)
    }

    async fn send(sender: &mut Self::Sender, message: u64) -> bool {
        sender.send(message).await.is_ok()
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv().await
    }
}

impl Lock for Mutex<Protected> {
    type Guard<'a> = MutexGuard<'a, Protected>;

    fn new(protected: Protected) -> Self {
        Self::new(protected)
    }

    async fn lock(&self) -> Self::Guard<'_> {
        self.lock().await
    }
}
