//! Gives those who drop many tasks a way to drop them all, though the drops of some panic.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// The first of several panics, each of which was caught.
#[derive(Default)]
pub(crate) struct FirstPanic {
    payload: Option<Box<dyn Any + Send>>,
}

impl FirstPanic {
    pub(crate) fn catch(&mut self, action: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(action)) {
            self.payload.get_or_insert(payload);
        }
    }

    /// Lets it go on, unless this is part of a panic already: two at a time would end the process.
    pub(crate) fn go_on(self) {
        if let Some(payload) = self.payload.filter(|_| !thread::panicking()) {
            resume_unwind(payload);
        }
    }
}
