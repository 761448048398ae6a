//! One attempt of a task to use a lock, a channel or a signal: from its first poll until it has got what it wanted, or given up.

use super::identity::{Identity, lock};
use super::uses::{NotesUses, here, is_same, touch};
use crate::event::{Aim, EventKind};
use std::mem;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A claim in a watched run. Its future, its waker and, if it took something, its guard know it.
pub(super) struct Claim {
    uses: Arc<dyn NotesUses>,
    resource: u32,
    number: u32,
    aim: Aim,
    progress: Mutex<Progress>,
}

struct Progress {
    /// The task that polled it last.
    task: u32,
    /// Whether another task polled it before, and this one has not begun to wait.
    has_moved: bool,
    phase: Phase,
    /// Whether a poll of it has begun and not ended.
    is_polled: bool,
    /// Whether its waker was called since that poll began.
    is_called: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It has not waited yet.
    New,
    Waiting,
    /// Its waker was called, and it has not been polled since.
    Notified,
    /// It waits no more.
    Over,
}

impl Claim {
    fn new(uses: Arc<dyn NotesUses>, task: u32, identity: &Identity, aim: Aim) -> Arc<Self> {
        let (resource, number) = (identity.position_in(&*uses), uses.next_claim());
        let progress = Progress { task, has_moved: false, phase: Phase::New, is_polled: false, is_called: false };
        Arc::new(Self { uses, resource, number, aim, progress: Mutex::new(progress) })
    }

    /// The claim of the task that is polled on this thread, which will not wait. `None` if no task is watched here.
    pub(super) fn at_once(identity: &Identity, aim: Aim) -> Option<Arc<Self>> {
        touch(identity.name());
        here().map(|(uses, task)| Self::new(uses, task, identity, aim))
    }

    fn note(&self, progress: &Progress, what: EventKind) {
        self.uses.note_use(progress.task, what);
    }

    /// Each event is noted while the progress is locked, so that the events of a claim are in its order.
    fn begin_poll(&self, task: u32) {
        let progress = &mut *lock(&self.progress);
        progress.has_moved |= mem::replace(&mut progress.task, task) != task;
        (progress.is_polled, progress.is_called) = (true, false);
    }

    fn end_pending_poll(&self) {
        let Self { resource, number: claim, aim: to, .. } = *self;
        let progress = &mut *lock(&self.progress);
        progress.is_polled = false;
        let has_moved = mem::take(&mut progress.has_moved);
        if progress.phase != Phase::Waiting || has_moved {
            progress.phase = Phase::Waiting;
            self.note(progress, EventKind::Wait { resource, claim, to });
        }
        if progress.is_called {
            self.notify(progress);
        }
    }

    fn notify(&self, progress: &mut Progress) {
        let Self { resource, number: claim, .. } = *self;
        progress.phase = Phase::Notified;
        self.note(progress, EventKind::Notify { resource, claim });
    }

    /// Its waker is called.
    fn called(&self) {
        let progress = &mut *lock(&self.progress);
        progress.is_called = true;
        if progress.phase == Phase::Waiting && !progress.is_polled {
            self.notify(progress);
        }
    }

    /// It has got what it wanted. The argument makes the event from the numbers of the resource and the claim.
    pub(super) fn succeeds(&self, what: impl FnOnce(u32, u32) -> EventKind) {
        let progress = &mut *lock(&self.progress);
        progress.phase = Phase::Over;
        self.note(progress, what(self.resource, self.number));
    }

    fn leave(&self) {
        let Self { resource, number: claim, .. } = *self;
        let progress = &mut *lock(&self.progress);
        if matches!(progress.phase, Phase::Waiting | Phase::Notified) {
            self.note(progress, EventKind::Leave { resource, claim });
        }
        progress.phase = Phase::Over;
    }

    fn release(&self) {
        let Self { resource, number: claim, .. } = *self;
        let by = self.uses.task_here();
        self.note(&lock(&self.progress), EventKind::Release { resource, claim, by });
    }
}

/// The polls of a future that waits for a lock, a channel or a signal, noted as those of one claim.
pub(super) struct Attempt<'a> {
    identity: &'a Identity,
    aim: Aim,
    begun: Option<Begun>,
}

struct Begun {
    claim: Arc<Claim>,
    theirs: Waker,
    ours: Waker,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(identity: &'a Identity, aim: Aim) -> Self {
        Self { identity, aim, begun: None }
    }

    /// Polls what waits, with a waker that notes when it is called. `poll` is handed the claim, if a task is watched, to note
    /// its success.
    pub(super) fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        poll: impl FnOnce(&mut Context<'_>, Option<&Arc<Claim>>) -> Poll<T>,
    ) -> Poll<T> {
        touch(self.identity.name());
        let Some(begun) = self.begin(context.waker()) else { return poll(context, None) };
        let polled = poll(&mut Context::from_waker(&begun.ours), Some(&begun.claim));
        if polled.is_pending() {
            begun.claim.end_pending_poll();
        }
        polled
    }

    fn begin(&mut self, theirs: &Waker) -> Option<&Begun> {
        let Some((uses, task)) = here() else {
            self.end(); // it was carried out of a run
            return None;
        };
        if self.begun.as_ref().is_some_and(|begun| !is_same(&begun.claim.uses, &uses)) {
            self.end();
        }
        let known = self.begun.take();
        let claim = match &known {
            Some(begun) => Arc::clone(&begun.claim),
            None => Claim::new(uses, task, self.identity, self.aim),
        };
        claim.begin_poll(task);
        let begun = match known {
            Some(begun) if begun.theirs.will_wake(theirs) => begun,
            _ => {
                let ours = Arc::new(ClaimWaker { claim: Arc::clone(&claim), theirs: theirs.clone() });
                Begun { claim, theirs: theirs.clone(), ours: ours.into() }
            }
        };
        Some(self.begun.insert(begun))
    }

    fn end(&mut self) {
        if let Some(begun) = self.begun.take() {
            touch(self.identity.name());
            begun.claim.leave();
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

struct ClaimWaker {
    claim: Arc<Claim>,
    theirs: Waker,
}

impl Wake for ClaimWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.claim.called();
        self.theirs.wake_by_ref();
    }
}

/// What a claim took: if that was in a watched run, its release is noted when this is dropped.
pub(super) struct Hold {
    identity: Arc<Identity>,
    claim: Option<Arc<Claim>>,
}

impl Hold {
    /// Notes that the claim takes it.
    pub(super) fn new(identity: &Arc<Identity>, claim: Option<Arc<Claim>>) -> Self {
        if let Some(claim) = &claim {
            claim.succeeds(|resource, claim| EventKind::Take { resource, claim });
        }
        Self { identity: Arc::clone(identity), claim }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        touch(self.identity.name());
        if let Some(claim) = &self.claim {
            claim.release();
        }
    }
}
