//! Catches panics in code of users: destructors and callbacks.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// Calls `action` and drops its panic, if it ends with one. The panic hook has reported that panic.
#[doc(hidden)]
pub fn contain(action: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(action)) {
        discard(payload);
    }
}

/// Drops a panic's payload, although the payload's destructor may panic.
#[doc(hidden)]
pub fn discard(payload: Box<dyn Any + Send>) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(payload); // its destructor may panic as well
    }
}

/// Drops what has ended with this value or panic, and gives the value. If the drop panics, the value is dropped, and if several
/// things panic, the first panic continues alone: two at a time would end the process.
#[doc(hidden)]
pub fn drop_ended<T>(ended: thread::Result<T>, drop_it: impl FnOnce()) -> T {
    let payload = match (ended, catch_unwind(AssertUnwindSafe(drop_it))) {
        (Ok(value), Ok(())) => return value,
        (Ok(value), Err(payload)) => {
            contain(|| drop(value));
            payload
        }
        (Err(payload), dropped) => {
            dropped.unwrap_or_else(discard);
            payload
        }
    };
    resume_unwind(payload)
}
