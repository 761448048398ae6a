//! Telling one waiting task that something has happened, by its number and so without a waker.

use crate::shared::{Shared, with_current};
use crate::table::Waiter;
use std::cell::Cell;
use std::rc::{Rc, Weak};
use std::task::Waker;

/// Who waits for it, and on which loop. The last one to ask is told.
#[derive(Default)]
pub(crate) struct Notice {
    waiter: Cell<Option<(Waiter, Weak<Shared>)>>,
}

impl Notice {
    /// Lets whoever polls with `waker` be told.
    pub(crate) fn ask(&self, waker: &Waker) {
        let waiter = with_current("it is awaited", |shared| (shared.waiter(waker), Rc::downgrade(shared)));
        self.waiter.set(Some(waiter));
    }

    pub(crate) fn tell(&self) {
        if let Some((waiter, event_loop)) = self.waiter.take()
            && let Some(event_loop) = event_loop.upgrade()
        {
            event_loop.tell(Some(waiter));
        }
    }
}
