//! Futures on the loop: the adapter that makes a generator of a future, and how a future asks the loop for a turn or
//! a timer without a waker of its own.

use crate::outcome::Waiter;
use crate::remote::LentWaker;
use crate::shared::{CURRENT, Shared};
use crate::timers::Due;
use crate::{Generator, GeneratorState, Request};
use std::fmt;
use std::pin::Pin;
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
pub struct FutureGenerator<F> {
    future: Pin<Box<F>>,
}

impl<F: Future> Generator for FutureGenerator<F> {
    type Return = F::Output;

    /// # Panics
    /// If no event loop runs on this thread.
    fn resume(&mut self) -> GeneratorState<F::Output> {
        with_current("a future is polled", |shared| shared.poll(self.future.as_mut()))
    }
}

impl<F> fmt::Debug for FutureGenerator<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureGenerator").finish_non_exhaustive()
    }
}

/// Hands the loop that runs on this thread to `action`.
pub(crate) fn with_current<R>(what: &str, action: impl FnOnce(&std::rc::Rc<Shared>) -> R) -> R {
    assert!(CURRENT.is_set(), "{what} where no event loop runs; do it inside of EventLoop::run_until_complete");
    CURRENT.with(action)
}

impl Shared {
    /// Polls a future with a waker for the task that is being resumed, and says what its generator yields.
    fn poll<F: Future>(&self, future: Pin<&mut F>) -> GeneratorState<F::Output> {
        let id = self.current.get();
        let lent = self.lent.take().unwrap_or_else(|| LentWaker::new(&self.remote));
        lent.lend_to(id);
        let polling = Polling::begin(self, &lent.waker);
        let poll = future.poll(&mut Context::from_waker(&lent.waker));
        let request = self.request.take();
        drop(polling);
        // Somebody else can wake the task, too: then it must wait where it is found.
        let is_awaited = self.awaits.take() || lent.is_kept() || self.remote.is_pending();
        if !lent.is_kept() {
            self.lent.set(Some(lent));
        }
        match (poll, request) {
            (Poll::Ready(value), _) => GeneratorState::Complete(value),
            (Poll::Pending, Some(Request::Sleep(duration))) if is_awaited => {
                self.timers.borrow_mut().set(self.deadline(duration), Due::Wake(id));
                GeneratorState::Yielded(Request::Wait)
            }
            (Poll::Pending, request) => GeneratorState::Yielded(request.unwrap_or(Request::Wait)),
        }
    }

    /// Makes `request` what the task that is being polled yields. `false` if that cannot be: the future is polled
    /// with another waker than the loop's (some combinators have their own), or another future of the same task has
    /// asked for something already. Then only the waker remains.
    pub(crate) fn ask(&self, waker: &Waker, request: Request) -> bool {
        let can_ask = self.polls_with(waker) && self.request.get().is_none();
        if can_ask {
            self.request.set(Some(request));
        }
        can_ask
    }

    /// Whom an outcome on this loop has to tell, so that the future that is polled with `waker` is polled again. The
    /// loop's own tasks are known by their number: no waker is kept, and one that is stuck can be told at once.
    pub(crate) fn waiter(&self, waker: &Waker) -> Waiter {
        if self.polls_with(waker) {
            self.awaits.set(true);
            Waiter::Task(self.current.get())
        } else {
            Waiter::Waker(waker.clone())
        }
    }

    fn polls_with(&self, waker: &Waker) -> bool {
        self.polled_with.get() == Some(waker.data())
    }
}

/// The time in which a future is polled: afterwards, also after a panic, nobody can ask any more. Polls can be nested,
/// by a task that resumes a generator itself.
struct Polling<'a> {
    shared: &'a Shared,
    outer: (Option<*const ()>, Option<Request>),
}

impl<'a> Polling<'a> {
    fn begin(shared: &'a Shared, waker: &Waker) -> Self {
        Self { shared, outer: (shared.polled_with.replace(Some(waker.data())), shared.request.take()) }
    }
}

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.shared.polled_with.set(self.outer.0);
        self.shared.request.set(self.outer.1);
    }
}
