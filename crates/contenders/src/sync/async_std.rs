//! async-std's own `channel` module: async-channel in an older version.

use crate::sync::{Mpsc, Oneshot};
use async_std::channel::{self, Receiver, Sender};

/// async-std's channels. It has no oneshot channel; one for one value does its job.
pub(crate) struct AsyncStd;

impl Oneshot for AsyncStd {
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

impl Mpsc for AsyncStd {
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
