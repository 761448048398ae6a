//! Catches panics in code of users: destructors and callbacks.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

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
