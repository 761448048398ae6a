//! For passes that select: the tasks, each with a channel on which nothing is sent.

use crate::tally::{Tally, count_cancel, count_yield};
use futures::StreamExt;
use futures::channel::mpsc;
use futures::future::{Either, select};
use std::pin::pin;

/// Which of two futures was ready first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// The yield.
    Yielded,
    /// The message.
    Received,
}

/// How a runtime's users choose between two futures. It is a trait, because a function cannot take one that is generic.
pub(crate) trait Select {
    /// Gives up the turn.
    fn yield_now() -> impl Future<Output = ()> + Send;

    /// Waits until one of the two is ready, and drops the other. A runtime that has nothing of its own for this takes the
    /// function of the crate futures, which works everywhere. It polls the yield first.
    fn select(
        yields: impl Future<Output = ()> + Send,
        receives: impl Future + Send,
    ) -> impl Future<Output = First> + Send {
        async {
            match select(pin!(yields), pin!(receives)).await {
                Either::Left(_) => First::Yielded,
                Either::Right(_) => First::Received,
            }
        }
    }
}

/// The tasks. Each gives how often the yield was first. The channel is the same on every runtime, so it makes no difference.
pub(crate) fn tasks<T: Tally, S: Select>(
    tasks: usize,
    rounds: u64,
) -> impl ExactSizeIterator<Item = impl Future<Output = u64> + Send> {
    (0..tasks).map(move |_| {
        T::spawned(1);
        async move {
            let (_open, mut messages) = mpsc::channel::<()>(0);
            let mut yielded = 0;
            for _ in 0..rounds {
                let receives = count_cancel::<T, _>(messages.next());
                yielded += u64::from(S::select(count_yield::<T>(S::yield_now()), receives).await == First::Yielded);
            }
            yielded
        }
    })
}
