//! The timers of virtual time, in the order in which they are due, and the threads that are held until theirs fires.

use crate::primitives::thread::Thread;
use crate::primitives::{AtomicBool, thread_local};
use paintdry_core::contain;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Waker;

/// When a timer is due, and its number: timers that are due at the same time fire in the order in which they were set.
pub(crate) type TimerKey = (u64, u32);

/// A time that never comes.
pub(crate) const NEVER: u64 = u64::MAX;

/// What a virtual timer resumes.
pub(crate) enum Sleeper {
    /// A task, whose sleep was polled with this waker.
    Task(u32, Waker),
    /// A thread that is held until then.
    Thread(Arc<Held>),
}

impl Sleeper {
    /// Resumes it, because the time that it waits for will not come.
    pub(crate) fn give_up(self) {
        match self {
            Self::Task(_, waker) => contain(|| waker.wake()), // a panic must not keep the others from being resumed
            Self::Thread(held) => held.release(),
        }
    }
}

/// A thread that is held by virtual work or by a sleep that blocks.
pub(crate) struct Held {
    pub(crate) task: u32,
    /// How many tasks of the run are being polled on the thread, one inside another.
    pub(crate) depth: u32,
    pub(crate) thread: Thread,
    pub(crate) is_released: AtomicBool,
    /// Whether the program set the timer. Otherwise it is the end of some work.
    pub(crate) is_sleep: bool,
    /// Whether the thread runs other tasks, which the hold delays.
    pub(crate) is_worker: bool,
    /// Whether the main task is being polled on it.
    pub(crate) is_main: bool,
}

impl Held {
    pub(crate) fn release(&self) {
        self.is_released.store(true, SeqCst);
        self.thread.unpark();
    }
}

/// The timers that are set.
#[derive(Default)]
pub(crate) struct Timers {
    by_due: BTreeMap<TimerKey, Sleeper>,
    /// How many held threads run other tasks. Counted, because a search through all timers at each poll would take a time
    /// that grows with the square of the number of tasks.
    held_workers: usize,
    main_is_held: bool,
}

impl Timers {
    /// Sets a timer. If it was set before, this returns what it would have resumed.
    pub(crate) fn set(&mut self, key: TimerKey, sleeper: Sleeper) -> Option<Sleeper> {
        if let Sleeper::Thread(held) = &sleeper {
            self.held_workers += usize::from(held.is_worker);
            self.main_is_held |= held.is_main;
        }
        self.by_due.insert(key, sleeper)
    }

    /// Clears the timer of a task.
    pub(crate) fn clear(&mut self, key: TimerKey) -> Option<Sleeper> {
        self.by_due.remove(&key)
    }

    /// When the next timer is due.
    pub(crate) fn next_due(&self) -> Option<u64> {
        self.by_due.first_key_value().map(|((due, _), _)| *due).filter(|due| *due < NEVER)
    }

    /// Takes all timers that are due at this time.
    pub(crate) fn take_due(&mut self, due: u64) -> Vec<(TimerKey, Sleeper)> {
        let mut taken = Vec::new();
        while let Some(first) = self.by_due.first_entry().filter(|first| first.key().0 == due) {
            let (key, sleeper) = first.remove_entry();
            if let Sleeper::Thread(held) = &sleeper {
                self.held_workers -= usize::from(held.is_worker);
                self.main_is_held &= !held.is_main;
            }
            taken.push((key, sleeper));
        }
        taken
    }

    /// Takes all timers.
    pub(crate) fn take_all(&mut self) -> impl Iterator<Item = Sleeper> + use<> {
        mem::take(self).by_due.into_values()
    }

    pub(crate) fn held_workers(&self) -> usize {
        self.held_workers
    }

    pub(crate) fn main_is_held(&self) -> bool {
        self.main_is_held
    }
}

thread_local! {
    static FIRING: Cell<bool> = const { Cell::new(false) };
}

/// Calls a waker on behalf of a timer. A waker that panics stops no other timer.
pub(crate) fn firing(wake: impl FnOnce()) {
    let was_firing = FIRING.with(|firing| firing.replace(true));
    contain(wake);
    FIRING.with(|firing| firing.set(was_firing));
}

/// Whether a timer fires on this thread, and so is the cause of each wake.
pub(crate) fn is_firing() -> bool {
    FIRING.with(Cell::get)
}
