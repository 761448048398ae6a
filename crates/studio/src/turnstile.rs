//! The turnstile: in a run with a chooser, each poll of a task comes here first, and only the chosen task passes.
//!
//! The runtime polls a ready task when it likes. A task that was not chosen leaves its waker here and returns pending. When
//! nothing else can run, all ready tasks are held, and the chooser says which of them the runtime polls again. So the runtime
//! runs a chosen schedule with its own queues, locks and channels.

use crate::counts::{Counted, Counts};
use crate::facts::{CHOSEN, HELD, READY, TaskFacts, YIELDED};
use paintdry_core::{Chooser, TurnEnd, contain};
use std::mem;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

pub(crate) struct Turnstile {
    /// std's in the models as well: no model has a turnstile.
    passing: Mutex<Passing>,
    /// Runs one poll without a limit of the runtime.
    unconstrained: fn(&mut dyn FnMut()),
}

struct Passing {
    chooser: Box<dyn Chooser + Send>,
    /// The ready tasks, by the chooser's numbers, in the order in which they became ready.
    ready: Vec<u32>,
    /// The tasks that are held, each at the position of its number.
    held: Vec<Option<(Arc<TaskFacts>, Waker)>>,
    /// The number that the next new task had when the turn began.
    first_made: u32,
    /// Whether the task whose turn it is has yielded.
    has_yielded: bool,
    /// Whether the run has ended, so that the chooser is not asked any more.
    is_over: bool,
}

/// What came of asking the chooser.
pub(crate) enum Choice {
    /// No task is held.
    NoneHeld,
    /// Another thread was quicker, or the run has ended.
    TooLate,
    /// The runtime is to poll the task with this waker.
    Passes(Waker),
    /// The chooser ends the run.
    Ends,
}

/// The chooser's number of a task. It counts from 1.
fn of(task: &TaskFacts) -> u32 {
    task.number + 1
}

impl Turnstile {
    pub(crate) fn new(chooser: Box<dyn Chooser + Send>, unconstrained: fn(&mut dyn FnMut())) -> Self {
        let (ready, held) = (Vec::new(), Vec::new());
        let passing = Passing { chooser, ready, held, first_made: 0, has_yielded: false, is_over: false };
        Self { passing: Mutex::new(passing), unconstrained }
    }

    fn passing(&self) -> MutexGuard<'_, Passing> {
        self.passing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A task has become ready.
    pub(crate) fn add(&self, task: &TaskFacts) {
        self.passing().ready.push(of(task));
    }

    /// A task is not ready any more, because it was cancelled, or because nothing will end its yield.
    pub(crate) fn remove(&self, task: &TaskFacts) {
        let mut passing = self.passing();
        passing.ready.retain(|number| *number != of(task));
        let held = passing.held.get_mut(task.number as usize).and_then(Option::take);
        drop(passing);
        drop(held); // a waker is foreign code
    }

    /// The task whose turn it is yields.
    pub(crate) fn note_yield(&self) {
        self.passing().has_yielded = true;
    }

    /// Polls a chosen task.
    pub(crate) fn poll<T>(&self, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        let (mut poll, mut polled) = (Some(poll), Poll::Pending);
        (self.unconstrained)(&mut || {
            if let Some(poll) = poll.take() {
                polled = poll();
            }
        });
        polled
    }

    /// The turn of a chosen task has come to this end. If that is `None`, the task has more to do. `next_task` is the number of the
    /// next new task.
    pub(crate) fn end_turn(&self, task: &TaskFacts, end: Option<TurnEnd<'_>>, next_task: u32) {
        let mut passing = self.passing();
        let pending = if passing.has_yielded { TurnEnd::Yielded } else { TurnEnd::Waits };
        let made = passing.first_made..next_task + 1;
        contain(|| passing.chooser.after_turn(of(task), made, end.unwrap_or(pending)));
    }

    /// Keeps the waker of a task that was not chosen. Returns whether the task counts as ready no more.
    pub(crate) fn hold(&self, task: &Arc<TaskFacts>, waker: &Waker) -> bool {
        let index = task.number as usize;
        let mut passing = self.passing();
        if passing.held.len() <= index {
            passing.held.resize_with(index + 1, || None);
        }
        let before = passing.held[index].replace((Arc::clone(task), waker.clone()));
        drop(passing);
        drop(before);
        let becomes_held = |from| task.state.compare_exchange(from, HELD, SeqCst, SeqCst).is_ok();
        becomes_held(YIELDED) || becomes_held(READY)
    }

    /// Asks the chooser, if nothing can run. `time` is that of the run, and `next_task` the number of the next new task.
    pub(crate) fn choose(&self, counts: &Counts, time: Duration, next_task: u32) -> Choice {
        let mut passing = self.passing();
        if counts.now() != Counted::default() || passing.is_over {
            return Choice::TooLate;
        }
        let Passing { chooser, ready, .. } = &mut *passing;
        if ready.is_empty() {
            return Choice::NoneHeld;
        }
        let mut chosen = None;
        contain(|| chosen = chooser.choose(ready, time)); // no watchdog would end a run whose chooser has panicked
        let Some(position) = chosen.filter(|position| *position < ready.len()) else {
            passing.is_over = true;
            return Choice::Ends;
        };
        let number = ready.remove(position);
        let held = passing.held.get_mut(number as usize - 1).and_then(Option::take);
        let Some((task, waker)) = held else { return Choice::Ends }; // all that are ready are held
        passing.first_made = next_task + 1;
        passing.has_yielded = false;
        counts.one_more_ready();
        task.state.store(CHOSEN, SeqCst);
        Choice::Passes(waker)
    }

    /// Lets the tasks go that are held, because the run has ended.
    pub(crate) fn open(&self) {
        let mut passing = self.passing();
        passing.is_over = true;
        let held = mem::take(&mut passing.held);
        drop(passing);
        held.into_iter().flatten().for_each(|(_, waker)| contain(|| waker.wake()));
    }
}
