//! What a program may end with, and whether that is a failure.

use crate::text::text_of;
use std::fmt::Display;

/// What an explored program may end with. An `Err` is a failure, with its text.
///
/// An output of another type has no verdict: [`Explorer::check_with`](crate::Explorer::check_with) takes a function that
/// judges it.
#[diagnostic::on_unimplemented(
    message = "an output of type `{Self}` does not say whether the program has failed",
    note = "end with `()` or a `Result`, or use `check_with`, which takes a function that judges the output"
)]
pub trait Verdict {
    /// Why this is a failure, if it is.
    fn failure(self) -> Option<String>;
}

impl Verdict for () {
    fn failure(self) -> Option<String> {
        None
    }
}

impl<T, E: Display> Verdict for Result<T, E> {
    fn failure(self) -> Option<String> {
        self.err().map(text_of)
    }
}

/// A program that never ends by itself. (The type `!` cannot be named yet, but this trait reaches
/// it.)
impl Verdict for <fn() -> ! as Returns>::Type {
    fn failure(self) -> Option<String> {
        self
    }
}

#[doc(hidden)]
pub trait Returns {
    type Type;
}

impl<T> Returns for fn() -> T {
    type Type = T;
}
