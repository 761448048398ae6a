//! A task at the turnstile: where its turns begin and end, in a run with a chooser.

use super::TaskState;
use crate::facts::{CHOSEN, HELD, READY, WAITING};
use paintdry_core::TurnEnd;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Waker;

impl TaskState {
    /// Whether its poll may begin: it was chosen, or nothing chooses. Otherwise it is held, if it is ready. `is_known` says whether
    /// it was polled with this waker before.
    pub(crate) fn may_pass(&self, waker: &Waker, is_known: bool) -> bool {
        let Some(turnstile) = &self.run.turnstile else { return true };
        match self.facts.state.load(SeqCst) {
            CHOSEN => return true,
            // Some runtimes poll the main future when they like. With another waker it may have lost a wake.
            WAITING if is_known => return false,
            WAITING => self.make_ready(),
            _ => {}
        }
        if turnstile.hold(&self.facts, waker) {
            self.run.counts.one_less_ready();
            self.run.advance_if_idle();
        }
        false
    }

    /// It has become ready, so it will come to the turnstile.
    pub(super) fn is_ready_now(&self) {
        self.run.turnstile.iter().for_each(|turnstile| turnstile.add(&self.facts));
    }

    pub(super) fn is_ready_no_more(&self) {
        self.run.turnstile.iter().for_each(|turnstile| turnstile.remove(&self.facts));
    }

    pub(crate) fn is_held(&self) -> bool {
        self.facts.state.load(SeqCst) == HELD
    }

    /// It is held, and its runtime will take it once more, to drop it.
    pub(crate) fn release(&self) {
        self.make_ready();
        if self.is_held() {
            self.run.counts.one_more_ready();
            self.facts.state.store(READY, SeqCst);
        }
    }

    /// Its last turn has ended, perhaps with a panic, which of the main task leaves the run.
    pub(crate) fn end_last_turn(&self, panic: Option<&str>) {
        let Some(turnstile) = self.run.turnstile.as_ref().filter(|_| panic.is_none() || self.number() > 0) else {
            return;
        };
        let end = panic.map_or(TurnEnd::Complete, TurnEnd::Panicked);
        turnstile.end_turn(&self.facts, Some(end), self.run.next_task.load(SeqCst));
    }

    /// Its poll has ended, and it has more to do.
    pub(super) fn end_pending_turn(&self) {
        let Some(turnstile) = &self.run.turnstile else { return };
        turnstile.end_turn(&self.facts, None, self.run.next_task.load(SeqCst));
    }
}
