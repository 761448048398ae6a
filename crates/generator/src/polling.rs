//! Futures on the loop: the adapter that makes a generator of a future.

use crate::parts::lending::{has_woken_itself, lend};
use crate::shared::{CURRENT, Shared};
use crate::{Generator, GeneratorState, Request};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

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
    #[inline]
    fn resume(&mut self) -> GeneratorState<F::Output> {
        let (polled, asks_for_turn) = lend(|waker| self.future.as_mut().poll(&mut Context::from_waker(waker)));
        match polled {
            Poll::Pending if asks_for_turn || has_woken_itself() => GeneratorState::Yielded(Request::Turn),
            Poll::Pending => GeneratorState::Yielded(Request::Wait),
            Poll::Ready(value) => GeneratorState::Complete(value),
        }
    }
}

/// Hands the loop that runs on this thread to `action`.
pub(crate) fn with_current<R>(what: &str, action: impl FnOnce(&Rc<Shared>) -> R) -> R {
    assert!(CURRENT.is_set(), "{what} where no event loop runs; do it inside of EventLoop::run_until_complete");
    CURRENT.with(action)
}
