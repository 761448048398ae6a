//! The generator: a function that can stop in the middle, hand a request to its caller, and continue later.

use std::time::Duration;

/// A computation that is resumed until it is complete.
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a generator",
    note = "`create_task`, `gather` and `run_until_complete` take a generator or a future, such as an `async` block"
)]
pub trait Generator {
    /// Its result.
    type Return;

    /// Runs it to its next `yield` or to its end. Do not resume it after its end; what happens then is up to the
    /// generator.
    fn resume(&mut self) -> GeneratorState<Self::Return>;
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
    /// Resume me when every other ready task has run.
    Turn,
    /// Resume me when this time has passed. Zero is the same as [`Turn`](Self::Turn).
    Sleep(Duration),
    /// Resume me when the future that I wait for is done: [`LoopFuture::wait`](crate::LoopFuture::wait) gives this
    /// request. The generator may be resumed too early, so it must check again whether the future is done.
    Wait,
}

/// So generators of several types fit into one list, as `Box<dyn Generator<Return = T>>`.
impl<G: Generator + ?Sized> Generator for Box<G> {
    type Return = G::Return;

    fn resume(&mut self) -> GeneratorState<G::Return> {
        (**self).resume()
    }
}

/// So you can lend a generator to [`run_until_complete`](crate::EventLoop::run_until_complete) and use it afterwards.
impl<G: Generator + ?Sized> Generator for &mut G {
    type Return = G::Return;

    fn resume(&mut self) -> GeneratorState<G::Return> {
        (**self).resume()
    }
}
