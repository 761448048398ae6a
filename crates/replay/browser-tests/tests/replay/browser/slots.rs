//! How many browsers run at once: two, or one that must not be disturbed.

use std::sync::{Condvar, Mutex, PoisonError};

const SLOTS: usize = 2;

static FREE: Mutex<usize> = Mutex::new(SLOTS);
static FREED: Condvar = Condvar::new();

/// The right to run a browser, until it is dropped.
#[derive(Debug)]
pub(super) struct Slot(usize);

impl Slot {
    /// Waits until there is room for one more browser, or for one alone.
    pub(super) fn take(alone: bool) -> Self {
        let wanted = if alone { SLOTS } else { 1 };
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < wanted {
            free = FREED.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= wanted;
        Self(wanted)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += self.0;
        FREED.notify_all();
    }
}
