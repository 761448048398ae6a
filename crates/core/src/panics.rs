//! Panics in code that is not ours: destructors and callbacks.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does it, and drops the panic that it may end with. The panic hook has reported that.
#[doc(hidden)]
pub fn contain(action: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(action)) {
        discard(payload);
    }
}

/// Drops a panic's payload, whose own destructor may panic.
#[doc(hidden)]
pub fn discard(payload: Box<dyn Any + Send>) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(payload); // and so on, for ever
    }
}
