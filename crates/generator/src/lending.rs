//! The waker that the loop lends to each poll, and by which the pauses in the future know that they can talk to the loop
//! directly. As long as nobody uses it or keeps a clone, it is the same for every poll; so a future that only yields or
//! sleeps costs no waker.

use crate::remote::LentWaker;
use crate::shared::{CURRENT, Shared};
use crate::table::TaskId;
use crate::task::Waiter;
use std::cell::Cell;
use std::ptr;
use std::task::Waker;

thread_local! {
    static POLL: CurrentPoll = const { CurrentPoll { lent: Cell::new(ptr::null()), asks_for_turn: Cell::new(false) } };
}

/// What the loop, and the pauses in the future that it polls, have to tell each other.
struct CurrentPoll {
    /// By this the waker is known that the loop lends.
    lent: Cell<*const ()>,
    asks_for_turn: Cell<bool>,
}

/// Whether `waker` is the one that the loop has lent to the poll that goes on. A future that is polled with another one
/// (some combinators, such as `join_all`, have their own) must be woken by that one.
pub(crate) fn is_lent(waker: &Waker) -> bool {
    POLL.with(|poll| poll.lent.get() == waker.data())
}

/// Asks for a turn, if `waker` is the one that is lent.
pub(crate) fn ask_for_turn(waker: &Waker) -> bool {
    POLL.with(|poll| {
        let is_lent = poll.lent.get() == waker.data();
        if is_lent {
            poll.asks_for_turn.set(true);
        }
        is_lent
    })
}

/// Whether the poll that has ended asks for a turn; `None` if `waker` is not the one that is lent.
pub(crate) fn take_turn(waker: &Waker) -> Option<bool> {
    POLL.with(|poll| (poll.lent.get() == waker.data()).then(|| poll.asks_for_turn.take()))
}

/// Makes `waker` the one that is lent. Gives back by what the last was known.
pub(crate) fn set_lent(waker: *const ()) -> *const () {
    POLL.with(|poll| {
        poll.asks_for_turn.set(false); // of a poll that has panicked
        poll.lent.replace(waker)
    })
}

impl Shared {
    /// The waker for a poll.
    #[inline]
    #[expect(clippy::unnecessary_box_returns, reason = "it is kept in a box")]
    pub(crate) fn lend(&self) -> Box<LentWaker> {
        self.lent.take().unwrap_or_else(|| self.waker_of(self.current_with_place())) // a poll inside of a poll
    }

    /// Takes the waker back after a poll, and says whether that asks for a turn. If somebody has kept a clone, it stays
    /// with the task, and the next poll gets a new one.
    #[inline]
    pub(crate) fn take_back(&self, lent: Box<LentWaker>) -> bool {
        let Some(asks_for_turn) = take_turn(&lent.waker) else { return false };
        if lent.is_kept() {
            self.leave(&lent);
        } else {
            self.lent.set(Some(lent));
        }
        asks_for_turn
    }

    #[cold]
    fn leave(&self, lent: &LentWaker) {
        let id = self.current_with_place();
        if lent.stays_with(id) {
            self.wake(id);
        }
        self.lend_another();
    }

    /// Makes a new waker to lend.
    pub(crate) fn lend_another(&self) {
        let lent = Box::new(LentWaker::new(&self.remote));
        set_lent(lent.waker.data());
        self.lent.set(Some(lent));
    }

    /// Whether the task that was resumed has woken itself by the waker that it was lent.
    pub(crate) fn has_woken_itself(&self) -> bool {
        let lent = self.lent.take();
        let has_woken_itself = lent.as_ref().is_some_and(|lent| lent.take_wake());
        self.lent.set(lent);
        has_woken_itself
    }

    /// A waker of a task, which is not lent.
    #[cold]
    #[expect(clippy::unnecessary_box_returns, reason = "it is kept in a box")]
    pub(crate) fn waker_of(&self, id: TaskId) -> Box<LentWaker> {
        let waker = LentWaker::new(&self.remote);
        waker.stays_with(id);
        Box::new(waker)
    }

    /// Whom to tell, so that the future that is polled with `waker` is polled again. The loop's own tasks are known by
    /// their number: that costs no waker, and keeps none that could make a stuck loop look hopeful.
    pub(crate) fn waiter(&self, waker: &Waker) -> Waiter {
        let is_current = CURRENT.is_set() && CURRENT.with(|current| ptr::eq(&raw const **current, self));
        if is_current && is_lent(waker) {
            Waiter::Task(self.current_with_place())
        } else {
            Waiter::Waker(waker.clone())
        }
    }
}
