//! Cancelling owners of owners of owners: tasks that are dropped by the drop of the task that owns them. It is the same with
//! results that hold the handles of other results.

use crate::panics::FirstPanic;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem::ManuallyDrop;

/// At most this many calls are nested. Any stack is deep enough for that.
const DEEPEST: usize = 100;

type Calls = VecDeque<Box<dyn FnOnce()>>;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// Without a destructor, because tasks may be dropped when the thread ends. The outermost call leaves it empty.
    static LATER: ManuallyDrop<RefCell<Calls>> = const { ManuallyDrop::new(RefCell::new(VecDeque::new())) };
}

/// Calls `drop_owned`, which may lead to another call of this function, and so on. Calls that would be nested too deep are made by
/// the outermost one: before it returns, but after the calls in between have. A panic continues when all calls are made.
pub(crate) fn unrolled(drop_owned: impl FnOnce() + 'static) {
    let depth = DEPTH.get();
    if depth == DEEPEST {
        return LATER.with(|later| later.borrow_mut().push_back(Box::new(drop_owned)));
    }
    DEPTH.set(depth + 1);
    let mut panic = FirstPanic::default();
    panic.catch(drop_owned);
    while depth == 0
        && let Some(drop_owned) = LATER.with(|later| later.borrow_mut().pop_front())
    {
        panic.catch(drop_owned);
    }
    DEPTH.set(depth);
    panic.rethrow();
}
