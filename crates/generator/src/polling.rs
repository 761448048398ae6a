//! Futures on the loop: the adapter that makes a generator of a future.

use crate::shared::{CURRENT, Shared};
use crate::{Generator, GeneratorState, Request};
use std::cell::Cell;
use std::pin::Pin;
use std::ptr;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A future as a generator: where the future is pending, the generator yields. This is all there is between the two:
/// `.await` is a `yield` that the compiler writes, with the state machine around it.
///
/// The future is boxed, because it may borrow from itself and so must not move, and stays on the loop's thread. It is
/// polled with a real waker, so a future that knows nothing of the loop can wait for another thread.
///
/// ```
/// use paintdry_generator::{EventLoop, Error, from_future, yield_now};
///
/// let event_loop = EventLoop::new();
/// let answer = event_loop.run_until_complete(from_future(async {
///     yield_now().await;
///     42
/// }));
/// assert_eq!(answer, Ok(42));
/// # Ok::<(), Error>(())
/// ```
pub fn from_future<F: Future>(future: F) -> FutureGenerator<F> {
    FutureGenerator { future: Box::pin(future) }
}

/// What [`from_future`] gives.
#[derive(Debug)]
pub struct FutureGenerator<F> {
    future: Pin<Box<F>>,
}

impl<F: Future> Generator for FutureGenerator<F> {
    type Return = F::Output;

    /// # Panics
    /// If no event loop runs on this thread.
    fn resume(&mut self) -> GeneratorState<F::Output> {
        with_current("a future is polled", |event_loop| {
            let lent = event_loop.lend();
            let polled = self.future.as_mut().poll(&mut Context::from_waker(&lent.waker));
            let asks_for_turn = event_loop.take_back(lent);
            match polled {
                Poll::Pending if asks_for_turn => GeneratorState::Yielded(Request::Turn),
                Poll::Pending => GeneratorState::Yielded(Request::Wait),
                Poll::Ready(value) => GeneratorState::Complete(value),
            }
        })
    }
}

thread_local! {
    static POLL: CurrentPoll = const { CurrentPoll { lent: Cell::new(ptr::null()), asks_for_turn: Cell::new(false) } };
}

/// What the loop, and the pauses in the future that it polls, have to tell each other.
struct CurrentPoll {
    /// By this the waker is known that the loop lends.
    lent: Cell<*const ()>,
    asks_for_turn: Cell<bool>,
}

/// Whether `waker` is the one that the loop has lent to the poll that goes on. A future that is polled with another one
/// (some combinators, such as `join_all`, have their own) must be woken by that one.
pub(crate) fn is_lent(waker: &Waker) -> bool {
    POLL.with(|poll| poll.lent.get() == waker.data())
}

/// Asks for a turn, if `waker` is the one that is lent.
pub(crate) fn ask_for_turn(waker: &Waker) -> bool {
    POLL.with(|poll| {
        let is_lent = poll.lent.get() == waker.data();
        if is_lent {
            poll.asks_for_turn.set(true);
        }
        is_lent
    })
}

/// Whether the poll that has ended asks for a turn; `None` if `waker` is not the one that is lent.
pub(crate) fn take_turn(waker: &Waker) -> Option<bool> {
    POLL.with(|poll| (poll.lent.get() == waker.data()).then(|| poll.asks_for_turn.take()))
}

/// Makes `waker` the one that is lent. Gives back by what the last was known.
pub(crate) fn set_lent(waker: *const ()) -> *const () {
    POLL.with(|poll| {
        poll.asks_for_turn.set(false); // of a poll that has panicked
        poll.lent.replace(waker)
    })
}

/// Hands the loop that runs on this thread to `action`.
pub(crate) fn with_current<R>(what: &str, action: impl FnOnce(&Rc<Shared>) -> R) -> R {
    if !CURRENT.is_set() {
        no_loop_runs(what);
    }
    CURRENT.with(action)
}

#[cold]
fn no_loop_runs(what: &str) -> ! {
    panic!("{what} where no event loop runs; do it inside of EventLoop::run_until_complete");
}
