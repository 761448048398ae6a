//! Futures on the loop: the adapter that makes a generator of a future.

use crate::generator::Coroutine;
use crate::shared::with_current;
use crate::task::Polled;
use crate::waker::LentWaker;
use crate::{Generator, GeneratorState, Request};
use futures::future::Either;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future as a generator: where the future is pending, the generator yields. This is all there is between the two:
/// `.await` is a `yield` that the compiler writes, with the state machine around it.
///
/// The future stays on the loop's thread. It is polled with a real waker, so a future that knows nothing of the loop can
/// wait for another thread.
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
    FutureGenerator { future: Some(Either::Left(future)) }
}

/// What [`from_future`] gives.
#[must_use = "it does nothing until it is run"]
pub struct FutureGenerator<F> {
    /// It goes into a box of its own when it is resumed by hand: it may borrow from itself, and then must not move. A task
    /// keeps it as it is, for a task never moves.
    future: Option<Either<F, Pin<Box<F>>>>,
}

impl<F: Future> Generator for FutureGenerator<F> {
    type Return = F::Output;

    /// Polls it once, inside the turn of a task, which is woken when the future is.
    ///
    /// # Panics
    /// If no event loop runs on this thread.
    fn resume(&mut self) -> GeneratorState<F::Output> {
        let waker = with_current("a future is polled", |running| {
            let task = running.current.get().expect("a generator is resumed in the turn of a task");
            LentWaker::new(&running.remote, task).waker
        });
        let mut boxed = match self.future.take().expect("a generator is not resumed after its end") {
            Either::Left(future) => Box::pin(future),
            Either::Right(boxed) => boxed,
        };
        let polled = boxed.as_mut().poll(&mut Context::from_waker(&waker));
        self.future = Some(Either::Right(boxed));
        match polled {
            Poll::Pending => GeneratorState::Yielded(Request::Wait),
            Poll::Ready(value) => GeneratorState::Complete(value),
        }
    }

    fn into_coroutine(self) -> impl Coroutine<Return = F::Output> {
        Polled { future: self.future.expect("a generator is not resumed after its end") }
    }
}

impl<F> fmt::Debug for FutureGenerator<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureGenerator").finish_non_exhaustive()
    }
}
