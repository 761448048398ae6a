//! Notifies one waiting task of an event, by its number and so without a waker.

use crate::shared::{Shared, with_current};
use crate::table::Waiter;
use std::cell::Cell;
use std::rc::{Rc, Weak};
use std::task::Waker;

/// The task that waits for it, on its loop. If several register, the last one is woken.
#[derive(Default)]
pub(crate) struct Notice {
    waiter: Cell<Option<(Waiter, Weak<Shared>)>>,
}

impl Notice {
    /// Registers the task that is polled with `waker`, to be woken.
    pub(crate) fn register(&self, waker: &Waker) {
        let waiter = with_current("it is awaited", |shared| (shared.waiter(waker), Rc::downgrade(shared)));
        self.waiter.set(Some(waiter));
    }

    /// Forgets the task that was registered.
    pub(crate) fn clear(&self) {
        self.waiter.take();
    }

    /// Wakes the task that is registered.
    pub(crate) fn notify(&self) {
        if let Some((waiter, event_loop)) = self.waiter.take()
            && let Some(event_loop) = event_loop.upgrade()
        {
            event_loop.wake_waiter(waiter);
        }
    }
}
