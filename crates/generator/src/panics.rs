//! Panics in user code that the loop calls on its own: destructors, and wakers of other libraries.

use paintdry_core::{TaskError, discard};
pub(crate) use paintdry_core::{contain, drop_ended};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

pub(crate) type Payload = Box<dyn Any + Send>;

/// The message of a panic, whose payload is dropped.
pub(crate) fn message_of(payload: Payload) -> String {
    let message = TaskError::panic_message(&*payload);
    discard(payload);
    message
}

/// The first of several panics, each of which was caught. Do not just drop it: the drop of its payload may panic.
#[derive(Default)]
#[must_use = "resume it or discard it"]
pub(crate) struct FirstPanic {
    payload: Option<Payload>,
}

impl FirstPanic {
    pub(crate) fn catch(&mut self, action: impl FnOnce()) {
        match (catch_unwind(AssertUnwindSafe(action)), &self.payload) {
            (Ok(()), _) => {}
            (Err(payload), None) => self.payload = Some(payload),
            (Err(payload), Some(_)) => discard(payload),
        }
    }

    pub(crate) fn discard(self) {
        self.payload.into_iter().for_each(discard);
    }

    /// Lets it continue, unless this thread is panicking: two panics at once would end the process.
    pub(crate) fn rethrow(self) {
        match self.payload {
            Some(payload) if thread::panicking() => discard(payload),
            Some(payload) => resume_unwind(payload),
            None => {}
        }
    }
}
