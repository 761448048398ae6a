//! The generator: a function that can stop in the middle, hand a request to its caller, and continue later.

use crate::{Sleep, sleep};
use std::pin::Pin;
use std::task::Context;
use std::time::Duration;

/// Something that is resumed until it is complete.
///
/// It has the shape of the standard library's unstable `Coroutine`, without the pin: a generator written by hand never
/// borrows from itself, so it may move between two resumes. A Python generator keeps its place and its local variables
/// in its frame; here they are fields.
///
/// ```
/// use paintdry_generator::{Generator, GeneratorState, Request};
///
/// /// def countdown(n): while n > 0: n -= 1; yield
/// struct Countdown(u32);
///
/// impl Generator for Countdown {
///     type Return = &'static str;
///
///     fn resume(&mut self) -> GeneratorState<&'static str> {
///         if self.0 == 0 {
///             return GeneratorState::Complete("lift-off");
///         }
///         self.0 -= 1;
///         GeneratorState::Yielded(Request::Turn)
///     }
/// }
///
/// let mut countdown = Countdown(2);
/// assert_eq!(countdown.resume(), GeneratorState::Yielded(Request::Turn));
/// assert_eq!(countdown.resume(), GeneratorState::Yielded(Request::Turn));
/// assert_eq!(countdown.resume(), GeneratorState::Complete("lift-off"));
/// ```
pub trait Generator {
    /// What it gives when it is complete.
    type Return;

    /// Runs it to its next `yield` or to its end. Do not resume it after its end; what happens then is up to the
    /// generator.
    fn resume(&mut self) -> GeneratorState<Self::Return>;

    /// The form in which a task keeps it. The default suits every generator that you write.
    #[doc(hidden)]
    fn into_coroutine(self) -> impl Coroutine<Return = Self::Return>
    where
        Self: Sized,
    {
        ByHand { generator: self, sleep: Sleep::over() }
    }
}

/// How a resumed generator stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratorState<R> {
    /// It wants to continue later, as the request says.
    Yielded(Request),
    /// It has ended with this value.
    Complete(R),
}

/// What a generator asks of the loop when it yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Resume me when every other ready task has had its turn.
    Turn,
    /// Resume me when this time has passed. Zero is the same as [`Turn`](Self::Turn).
    Sleep(Duration),
    /// Resume me when the future that I wait for is done: [`LoopFuture::wait`](crate::LoopFuture::wait) gives this
    /// request. You may be resumed too early, so check again whether the future is done.
    Wait,
}

/// What a task resumes: a generator, or a future that must stay where it is.
#[doc(hidden)]
pub trait Coroutine {
    /// What it gives when it is complete.
    type Return;

    /// Runs it to its next pause or to its end. A future is polled with `context`; a generator needs none.
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<Self::Return>;

    /// Its last resume has panicked with this message, and it will be dropped.
    fn panicked(self: Pin<&mut Self>, _message: &str) {}
}

pin_project_lite::pin_project! {
    /// A generator written by hand. It may move, so it is not pinned.
    struct ByHand<G> {
        generator: G,
        sleep: Sleep,
    }
}

impl<G: Generator> Coroutine for ByHand<G> {
    type Return = G::Return;

    #[inline]
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<G::Return> {
        let this = self.project();
        loop {
            if !this.sleep.is_over() && Pin::new(&mut *this.sleep).poll(context).is_pending() {
                return GeneratorState::Yielded(Request::Wait);
            }
            match this.generator.resume() {
                GeneratorState::Yielded(Request::Sleep(duration)) => *this.sleep = sleep(duration),
                state => return state,
            }
        }
    }
}
