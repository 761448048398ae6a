//! How a future asks for another turn, in async code: `yield_now().await`. A generator written by hand yields a request instead.

use crate::shared::with_current;
use std::cell::Cell;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

thread_local! {
    /// The address of the waker that the run lends to each task in its turn. A poll with this waker is a task's own poll.
    static LENT: Cell<usize> = const { Cell::new(usize::MAX) };
    /// Set by a future that yields: its task asks for another turn.
    static ASKS_FOR_TURN: Cell<bool> = const { Cell::new(false) };
}

/// Lends this waker from now on. Returns what to restore at the end: a loop may run inside a task of another loop.
pub(crate) fn lend((lent, asks_for_turn): (usize, bool)) -> (usize, bool) {
    (LENT.replace(lent), ASKS_FOR_TURN.replace(asks_for_turn))
}

/// Whether this waker is the one lent to the current task. A future that is polled with another one is
/// inside a combinator such as `join_all`, or belongs to another loop.
#[inline]
pub(crate) fn is_lent(waker: &Waker) -> bool {
    LENT.get() == waker.data().addr()
}

/// Whether the future that was polled asks for a turn.
#[inline]
pub(crate) fn take_request() -> bool {
    ASKS_FOR_TURN.take()
}

/// Lets every other ready task run once: asyncio's `sleep(0)`.
#[inline]
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// Returned by [`yield_now`].
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct YieldNow {
    has_yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    /// # Panics
    /// If no event loop runs on this thread.
    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        if is_lent(context.waker()) {
            ASKS_FOR_TURN.set(true);
        } else {
            with_current("yield_now is awaited", |_| context.waker().wake_by_ref());
        }
        Poll::Pending
    }
}
