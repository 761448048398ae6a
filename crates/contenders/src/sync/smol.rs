//! async-channel and async-lock, which smol's README recommends and smol exports.

use crate::sync::{Lock, Mpsc, Oneshot, Protected};
use smol::channel::{self, Receiver, Sender};
use smol::lock::{Mutex, MutexGuard};

/// Channels of async-channel. It has no oneshot channel: its authors use a bounded channel for one value instead, see
/// <https://github.com/smol-rs/async-channel/issues/9>.
pub(crate) struct AsyncChannel;

impl Oneshot for AsyncChannel {
    type Sender<V> = Sender<V>;
    type Receiver<V> = Receiver<V>;

    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>) {
        channel::bounded(1)
    }

    fn send<V>(sender: Self::Sender<V>, value: V) -> bool {
        sender.try_send(value).is_ok()
    }

    async fn receive<V>(receiver: Self::Receiver<V>) -> Option<V> {
        receiver.recv().await.ok()
    }
}

impl Mpsc for AsyncChannel {
    type Sender = Sender<u64>;
    type Receiver = Receiver<u64>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        channel::bounded(capacity)
    }

    async fn send(sender: &mut Self::Sender, message: u64) -> bool {
        sender.send(message).await.is_ok()
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv().await.ok()
    }
}

/// async-std exports the same mutex.
impl Lock for Mutex<Protected> {
    type Guard<'a> = MutexGuard<'a, Protected>;

    fn new(protected: Protected) -> Self {
        Self::new(protected)
    }

    async fn lock(&self) -> Self::Guard<'_> {
        self.lock().await
    }
}
