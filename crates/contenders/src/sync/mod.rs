//! The channels and mutexes that are compared, each library's behind the same traits, so that a job is written once.
//!
//! They need only a waker, so they work on every runtime. That is why the groups have rows with one runtime's channel on
//! another runtime: such a row shows whether the channel or the scheduler makes a difference.

mod async_std;
mod futures;
mod smol;
mod tokio;

pub(crate) use async_std::AsyncStd;
pub(crate) use futures::Futures;
pub(crate) use smol::AsyncChannel;
pub(crate) use tokio::Tokio;

use std::ops::DerefMut;

/// A library's channel for one value.
pub(crate) trait Oneshot: 'static {
    /// The half that sends.
    type Sender<V>;
    /// The half that receives.
    type Receiver<V>;

    /// Makes a channel.
    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>);

    /// Sends the value; whether there was a receiver.
    fn send<V>(sender: Self::Sender<V>, value: V) -> bool;

    /// Waits for the value; `None` if the sender was dropped.
    fn receive<V>(receiver: Self::Receiver<V>) -> impl Future<Output = Option<V>>;
}

/// A library's bounded channel with many producers.
pub(crate) trait Mpsc: 'static {
    /// The half that sends.
    type Sender: Clone;
    /// The half that receives.
    type Receiver;

    /// Makes a channel that holds `capacity` messages, with this many `producers`.
    fn bounded(capacity: usize, producers: usize) -> (Self::Sender, Self::Receiver);

    /// Waits for room and sends; whether there was a receiver.
    fn send(sender: &mut Self::Sender, message: u64) -> impl Future<Output = bool>;

    /// Waits for a message; `None` if all senders were dropped.
    fn receive(receiver: &mut Self::Receiver) -> impl Future<Output = Option<u64>>;
}

/// A library's mutex.
pub(crate) trait Lock: 'static {
    /// What holds the lock until it is dropped.
    type Guard<'a>: DerefMut<Target = Protected>;

    /// Makes a mutex that is free.
    fn new(protected: Protected) -> Self;

    /// Waits for the lock.
    fn lock(&self) -> impl Future<Output = Self::Guard<'_>>;
}

/// What the mutex protects.
#[derive(Debug, Default)]
pub(crate) struct Protected {
    /// How often it was locked, if no two tasks held the lock at once.
    pub(crate) total: u64,
    /// Which task was the last to hold the lock.
    pub(crate) holder: Option<usize>,
    /// How often another task than before held it.
    pub(crate) hand_overs: u64,
}
