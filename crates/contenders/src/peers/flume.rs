//! flume: the bounded channel that compio uses itself.

use crate::sync::Mpsc;
use flume::{Receiver, Sender};

/// flume's channel.
pub(super) struct Flume;

impl Mpsc for Flume {
    type Sender = Sender<u64>;
    type Receiver = Receiver<u64>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        flume::bounded(capacity)
    }

    async fn send(sender: &mut Self::Sender, message: u64) -> bool {
        sender.send_async(message).await.is_ok()
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv_async().await.ok()
    }
}
