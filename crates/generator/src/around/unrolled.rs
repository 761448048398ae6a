//! Cancelling owners of owners of owners: tasks that are dropped by the drop of the task that owns them.

use crate::parts::first_panic::FirstPanic;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// So deep calls may stand inside of each other; any stack bears that.
const DEEPEST: usize = 100;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LATER: RefCell<VecDeque<Box<dyn FnOnce()>>> = const { RefCell::new(VecDeque::new()) };
}

/// Calls `cancel`, which may lead to a call of this, and so on. Those that would stand too deep are called by the outermost:
/// before it returns, but after those in between have. A panic goes on when all have been called.
pub(crate) fn unrolled(cancel: impl FnOnce() + 'static) {
    let depth = DEPTH.get();
    if depth == DEEPEST {
        return LATER.with_borrow_mut(|later| later.push_back(Box::new(cancel)));
    }
    DEPTH.set(depth + 1);
    let mut panic = FirstPanic::default();
    panic.catch(cancel);
    while depth == 0
        && let Some(cancel) = LATER.with_borrow_mut(VecDeque::pop_front)
    {
        panic.catch(cancel);
    }
    DEPTH.set(depth);
    panic.go_on();
}
