//! What the loop takes: a generator (`by_hand.rs`), or a future. It sees no difference.

use crate::task::Coroutine;

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
        self
    }
}
