//! Telling one waiting task that something has happened, by its number and so without a waker.

use crate::parts::task::Waiter;
use crate::polling::with_current;
use crate::shared::Shared;
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
        if let Some((waiter, event_loop)) = self.waiter.take() {
            waiter.tell(event_loop.upgrade().as_deref());
        }
    }
}
