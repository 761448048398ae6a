//! The generator: a function that can stop in the middle, hand a request to whoever runs it, and go on later.

use std::time::Duration;

/// Something that is resumed until it is complete.
///
/// Shaped like the standard library's unstable `Coroutine`, without the pin: a generator written by hand never
/// borrows from itself, so it may be moved between two resumes. What a Python generator keeps in its frame (where it
/// stands, its local variables) is kept in the fields.
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

    /// Runs it to its next `yield` or to its end. After its end it must not be resumed; what happens then is up to
    /// the generator.
    fn resume(&mut self) -> GeneratorState<Self::Return>;
}

/// How a resumed generator stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratorState<R> {
    /// It wants to go on later, as the request says.
    Yielded(Request),
    /// It has ended with this value.
    Complete(R),
}

/// What a generator asks of the loop when it yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Resume me when every other ready task has had its turn.
    Turn,
    /// Resume me when this time has passed.
    Sleep(Duration),
    /// Resume me when the future that I wait for is done; [`LoopFuture::wait`](crate::LoopFuture::wait) gives this
    /// request. It may come too early, so look again whether it is done.
    Wait,
}
