//! What a task resumes: a generator (`by_hand.rs`), or a future. The loop takes both, and sees no difference.

use crate::generator::{GeneratorState, Request};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What the loop can run: a [`Generator`](crate::Generator), or a [`Future`], such as an `async` block, the call of an `async fn`, a sleep, or the
/// handle of a task.
///
/// There is one implementation for each of the two. `IS_ASYNC` tells them apart; the compiler finds it out, and you never
/// write it.
///
/// ```
/// use paintdry_generator::{EventLoop, sleep};
/// use std::time::Duration;
///
/// async fn paint(name: &str) -> String {
///     sleep(Duration::from_millis(1)).await;
///     format!("the {name} is dry")
/// }
///
/// let event_loop = EventLoop::new();
/// let sky = event_loop.create_task(paint("sky"))?; // the call of an `async fn`
/// let sea = event_loop.run_until_complete(async { paint("sea").await })?; // an `async` block
/// assert_eq!(sea, "the sea is dry");
/// assert_eq!(event_loop.run_until_complete(sky)??, "the sky is dry"); // the handle of a task
/// # Ok::<(), paintdry_generator::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the loop cannot run `{Self}`",
    label = "neither a `Future` nor a `Generator`",
    note = "call a closure or an `async fn` to get its future: `paint()`, not `paint`",
    note = "put code that awaits into an `async` block: `async {{ … }}`",
    note = "implement `Generator` for a state machine that you write by hand"
)]
pub trait IntoCoroutine<const IS_ASYNC: bool> {
    /// Its result.
    type Return;

    /// The form in which a task keeps it.
    #[doc(hidden)]
    fn into_coroutine(self) -> impl Coroutine<Return = Self::Return>;
}

impl<F: Future> IntoCoroutine<true> for F {
    type Return = F::Output;

    fn into_coroutine(self) -> impl Coroutine<Return = F::Output> {
        Polled { future: self }
    }
}

/// A generator as a task keeps it. It stays where it is, because it may be a future inside.
#[doc(hidden)]
pub trait Coroutine {
    /// Its result.
    type Return;

    /// Runs it to its next pause or to its end. A future is polled with `context`; a generator needs none.
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<Self::Return>;

    /// Its last resume has panicked with this message, and it will be dropped.
    fn panicked(self: Pin<&mut Self>, _message: &str) {}
}

pin_project_lite::pin_project! {
    /// A future in its task.
    pub(crate) struct Polled<F> {
        #[pin]
        pub(crate) future: F,
    }
}

impl<F: Future> Coroutine for Polled<F> {
    type Return = F::Output;

    #[inline]
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<F::Output> {
        match self.project().future.poll(context) {
            Poll::Pending => GeneratorState::Yielded(Request::Wait),
            Poll::Ready(value) => GeneratorState::Complete(value),
        }
    }
}
