//! Gives each poll a waker: `lend` calls the poll with it, and by it the pauses in the future know that they can talk to
//! the loop directly (`is_lent`, `ask_for_turn`).
//!
//! As long as nobody uses it or keeps a clone, it is the same for every poll; so a future that only yields or sleeps costs
//! no waker.

use crate::parts::remote::LentWaker;
use crate::parts::table::TaskId;
use crate::parts::task::Waiter;
use crate::polling::with_current;
use crate::shared::{CURRENT, Shared};
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ptr;
use std::task::Waker;

thread_local! {
    /// For the loop that runs on this thread. It does not stand with what the loop's handles share, because there a poll
    /// would take two steps to find it.
    static LENDING: Lending = const {
        Lending {
            lent: Cell::new(ManuallyDrop::new(None)),
            known: Cell::new(ptr::null()),
            asks_for_turn: Cell::new(false),
        }
    };
}

struct Lending {
    /// The waker to be lent to the next poll; none during one. It is taken out when the loop ends. With a drop at the end of
    /// the thread as well, each look at it would cost a call.
    lent: Cell<ManuallyDrop<Option<Box<LentWaker>>>>,
    /// By this it is known.
    known: Cell<*const ()>,
    /// Whether the future that is polled with it asks for a turn.
    asks_for_turn: Cell<bool>,
}

impl Lending {
    #[inline]
    fn take(&self) -> Option<Box<LentWaker>> {
        ManuallyDrop::into_inner(self.lent.replace(ManuallyDrop::new(None)))
    }

    /// Puts one there, where none is.
    #[inline]
    fn set(&self, lent: Option<Box<LentWaker>>) {
        self.lent.set(ManuallyDrop::new(lent));
    }
}

/// Calls `poll` with the waker for it, and says whether the future asks for a turn. If somebody has kept a clone of the
/// waker, it stays with the task, and the next poll gets a new one.
#[inline]
pub(crate) fn lend<P>(poll: impl FnOnce(&Waker) -> P) -> (P, bool) {
    LENDING.with(|lending| {
        let lent = lending.take().unwrap_or_else(lend_inside_of_a_poll);
        let polled = poll(&lent.waker);
        if lending.known.get() != lent.waker.data() {
            return (polled, false);
        }
        if lent.is_kept() {
            leave(&lent);
        } else {
            lending.set(Some(lent));
        }
        (polled, lending.asks_for_turn.take())
    })
}

/// The loop's waker is lent to the outer poll, so the inner one gets a waker that has nothing to do with that.
#[cold]
#[expect(clippy::unnecessary_box_returns, reason = "it is kept in a box")]
fn lend_inside_of_a_poll() -> Box<LentWaker> {
    with_current("a future is polled", |event_loop| Box::new(event_loop.waker_of(event_loop.current_with_place())))
}

#[cold]
fn leave(lent: &LentWaker) {
    CURRENT.with(|event_loop| {
        let id = event_loop.current_with_place();
        if lent.stays_with(id) {
            event_loop.wake(id);
        }
        event_loop.lend_another();
    });
}

/// Whether `waker` is the one that the loop has lent to the poll that goes on. A future that is polled with another one
/// (some combinators, such as `join_all`, have their own) must be woken by that one.
#[inline]
pub(crate) fn is_lent(waker: &Waker) -> bool {
    LENDING.with(|lending| lending.known.get() == waker.data())
}

/// Lets the future that is polled with the lent waker ask for a turn.
#[inline]
pub(crate) fn ask_for_turn() {
    LENDING.with(|lending| lending.asks_for_turn.set(true));
}

/// Whether the future that was polled has woken itself by the waker that it was lent: another way to ask for a turn.
pub(crate) fn has_woken_itself() -> bool {
    LENDING.with(|lending| {
        let lent = lending.take();
        let has_woken_itself = lent.as_ref().is_some_and(|lent| lent.take_wake());
        lending.set(lent);
        has_woken_itself
    })
}

/// Forgets on drop what a loop lends, and goes on with what was lent before: the loop may run in a task of another one.
pub(crate) struct EndOfLending {
    outer: (Option<Box<LentWaker>>, *const ()),
}

impl Drop for EndOfLending {
    fn drop(&mut self) {
        LENDING.with(|lending| {
            drop(lending.take());
            lending.set(self.outer.0.take());
            lending.known.set(self.outer.1);
            lending.asks_for_turn.set(false);
        });
    }
}

impl Shared {
    /// Lends wakers of this loop, until what is returned is dropped.
    pub(crate) fn start_lending(&self) -> EndOfLending {
        let outer = LENDING.with(|lending| (lending.take(), lending.known.get()));
        self.lend_another();
        EndOfLending { outer }
    }

    /// Makes a new waker to lend.
    pub(crate) fn lend_another(&self) {
        let lent = Box::new(LentWaker::new(&self.remote));
        LENDING.with(|lending| {
            lending.known.set(lent.waker.data());
            drop(lending.take());
            lending.set(Some(lent));
        });
    }

    /// A waker of a task, which is not lent.
    pub(crate) fn waker_of(&self, id: TaskId) -> LentWaker {
        let waker = LentWaker::new(&self.remote);
        waker.stays_with(id);
        waker
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
