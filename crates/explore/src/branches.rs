//! Choices inside a turn: which branch of a `select` is polled first, and whether a future is dropped where it waits.

use crate::run::with_run;
use futures::future::Either;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Whether the current turn takes the second of two branches, which these words describe. Outside an exploration it takes the first.
/// `None` if the run is given up.
fn takes_second(words: &str) -> Option<bool> {
    with_run(|run| run.choose_branch(words)).unwrap_or(Some(false))
}

/// Awaits the first of two futures, as `futures::future::select` does, and returns its result with the other future. The explorer
/// chooses which of them is polled first, at each poll, and tries both orders.
///
/// `futures::future::select` always polls the left one first, so the explorer sees no other order. The macros `futures::select!`
/// and `tokio::select!` draw an order at random, so the explorer may miss a failure that depends on it, and no seed repeats it.
/// Explore the program with this function instead.
///
/// Outside an exploration the left future is polled first.
///
/// ```
/// use futures::future::Either;
/// use paintdry_explore::{CheckError, Explorer, select};
/// use std::future::ready;
///
/// let result = Explorer::new().check(|_| async {
///     let Either::Left(_) = select(ready("dry"), ready("late")).await else { panic!("late") };
/// });
/// let Err(CheckError::Failed(failure)) = result else { panic!("both futures are ready") };
/// assert!(failure.to_string().ends_with("
///    1 * main  polls the right future of a select first, panics
///
/// Seed: 1:1"), "{failure}");
/// ```
pub fn select<A: Future + Unpin, B: Future + Unpin>(left: A, right: B) -> Select<A, B> {
    Select { both: Some((left, right)) }
}

/// The future of [`select`].
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Select<A, B> {
    both: Option<(A, B)>,
}

impl<A: Future + Unpin, B: Future + Unpin> Future for Select<A, B> {
    type Output = Either<(A::Output, B), (B::Output, A)>;

    /// # Panics
    /// If it is polled after its end.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (mut left, mut right) = self.both.take().expect("a `select` is not polled after its end");
        // Of a run that is given up nothing counts any more: the task waits until its loop ends.
        if let Some(right_first) = takes_second("polls the right future of a select first") {
            for is_right in [right_first, !right_first] {
                if is_right {
                    if let Poll::Ready(output) = Pin::new(&mut right).poll(context) {
                        return Poll::Ready(Either::Right((output, left)));
                    }
                } else if let Poll::Ready(output) = Pin::new(&mut left).poll(context) {
                    return Poll::Ready(Either::Left((output, right)));
                }
            }
        }
        self.both = Some((left, right));
        Poll::Pending
    }
}

/// Awaits a future that may be cancelled at any of its awaits: whenever it waits, the explorer chooses whether to drop it there. Then
/// the result is `None`. So the explorer finds what a time limit, a lost `select` or an aborted task would lose.
///
/// Outside an exploration it is never cancelled.
///
/// ```
/// use paintdry_core::Runtime;
/// use paintdry_explore::{CheckError, ExploredLoop, Explorer, Shared, cancel_at_any_await};
///
/// let result = Explorer::new().check(|_| async {
///     let (rack, wall) = (Shared::new("rack", 1), Shared::new("wall", 0));
///     cancel_at_any_await(async {
///         rack.change(|canvases| *canvases -= 1);
///         ExploredLoop::yield_now().await; // carries the canvas
///         wall.change(|canvases| *canvases += 1);
///     })
///     .await;
///     assert_eq!(rack.get() + wall.get(), 1, "the canvas is lost");
/// });
/// let Err(CheckError::Failed(failure)) = result else { panic!("it is on its way") };
/// assert!(failure.to_string().contains("drops a future where it waits"));
/// ```
pub fn cancel_at_any_await<F: Future>(future: F) -> CancelAtAnyAwait<F> {
    CancelAtAnyAwait { future: Some(Box::pin(future)) }
}

/// The future of [`cancel_at_any_await`].
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct CancelAtAnyAwait<F> {
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for CancelAtAnyAwait<F> {
    type Output = Option<F::Output>;

    /// # Panics
    /// If it is polled after its end.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.future.as_mut().expect("a future that was cancelled is not polled again");
        let polled = future.as_mut().poll(context);
        if polled.is_pending() && takes_second("drops a future where it waits") != Some(true) {
            return Poll::Pending;
        }
        self.future = None;
        match polled {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => Poll::Ready(None),
        }
    }
}
