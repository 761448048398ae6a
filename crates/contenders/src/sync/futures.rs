//! The channels and the mutex of the futures crate, which belong to no runtime.

use crate::sync::{Lock, Mpsc, Oneshot, Protected};
use futures::channel::{mpsc, oneshot};
use futures::lock::{Mutex, MutexGuard};
use futures::{SinkExt, StreamExt};

/// Channels of the futures crate.
pub(crate) struct Futures;

impl Oneshot for Futures {
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

impl Mpsc for Futures {
    type Sender = mpsc::Sender<u64>;
    type Receiver = mpsc::Receiver<u64>;

    /// This channel has a slot for each sender beside those that are asked for.
    fn bounded(capacity: usize, producers: usize) -> (Self::Sender, Self::Receiver) {
        mpsc::channel(capacity.saturating_sub(producers))
    }

    async fn send(sender: &mut Self::Sender, message: u64) -> bool {
        sender.send(message).await.is_ok()
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.next().await
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
