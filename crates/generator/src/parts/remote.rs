//! Gives the loop its wakes from outside: the real wakers that a foreign future keeps, and the list that they write to.

use crate::parts::table::TaskId;
use crate::sync::{self, Arc, AtomicBool, AtomicU64, AtomicUsize, Mutex, Thread, Waker, fence};
use std::mem;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::task::Wake;
use std::time::{Duration, Instant};

/// The part of a loop that other threads may touch: which tasks they woke.
pub(crate) struct Remote {
    woken: Mutex<Vec<TaskId>>,
    /// Whether there is anything in `woken`, so that the loop need not lock it to see.
    pending: AtomicBool,
    /// How many wakers there are, each with all of its clones counted once; one of them is lent.
    wakers: AtomicUsize,
    /// The loop's thread, which may be parked.
    thread: Thread,
}

impl Default for Remote {
    fn default() -> Self {
        let (woken, pending, wakers) = Default::default();
        Self { woken, pending, wakers, thread: sync::current() }
    }
}

/// How a wait for a wake has ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    Woken,
    /// There is nobody left who could wake a task.
    Stuck,
    OutOfPatience,
}

impl Remote {
    pub(crate) fn is_pending(&self) -> bool {
        self.pending.load(Ordering::Acquire)
    }

    /// The tasks that were woken since the last call, in that order.
    pub(crate) fn take(&self) -> Vec<TaskId> {
        let mut woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        self.pending.store(false, Ordering::Release);
        mem::take(&mut woken)
    }

    /// Whether there is a waker beside the one to be lent next.
    fn others_may_wake(&self) -> bool {
        self.wakers.load(Ordering::Acquire) > 1
    }

    /// Parks the loop's thread until somebody wakes a task.
    pub(crate) fn wait(&self, patience: Duration) -> Waited {
        let start = Instant::now();
        loop {
            // In this order: who wakes a task and then drops the last waker has not left it stuck.
            let hopeless = !self.others_may_wake();
            let left = patience.saturating_sub(start.elapsed());
            match self.is_pending() {
                true => return Waited::Woken,
                false if hopeless => return Waited::Stuck,
                false if left.is_zero() => return Waited::OutOfPatience,
                false => sync::park_timeout(left),
            }
        }
    }

    fn wake(&self, id: TaskId) {
        self.woken.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        self.pending.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// In place of a task's number: the waker is lent to a poll, and whose it is need not be known.
const LENT: u64 = u64::MAX;

/// It is lent, and has been used.
const WOKEN: u64 = u64::MAX - 1;

/// What a [`Waker`] of the loop points to.
pub(crate) struct TaskWaker {
    /// The task's place and number, from the moment at which somebody has kept a clone.
    task: AtomicU64,
    remote: Arc<Remote>,
}

impl TaskWaker {
    pub(crate) fn call(&self) {
        match self.task.compare_exchange(LENT, WOKEN, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => self.remote.pending.store(true, Ordering::Release), // the loop looks when the poll is over
            Err(WOKEN) => {}
            #[expect(clippy::cast_possible_truncation, reason = "the halves of the number")]
            Err(task) => self.remote.wake(TaskId { slot: (task >> 32) as u32, number: task as u32 }),
        }
    }
}

impl Wake for TaskWaker {
    fn wake(self: std::sync::Arc<Self>) {
        self.call();
    }

    fn wake_by_ref(self: &std::sync::Arc<Self>) {
        self.call();
    }
}

impl Drop for TaskWaker {
    fn drop(&mut self) {
        // With the last waker goes the last chance of a wake: the loop has to look whether it is stuck, and must then
        // find this one gone.
        self.remote.wakers.fetch_sub(1, Ordering::Release);
        self.remote.thread.unpark();
    }
}

/// The waker that the loop lends to each future that it polls. As long as nobody uses it or keeps a clone, it is lent to
/// the next one too; so a future that only yields or sleeps costs no waker.
pub(crate) struct LentWaker {
    pub(crate) inner: Arc<TaskWaker>,
    pub(crate) waker: Waker,
}

impl LentWaker {
    pub(crate) fn new(remote: &Arc<Remote>) -> Self {
        remote.wakers.fetch_add(1, Ordering::Relaxed);
        let inner = Arc::new(TaskWaker { task: AtomicU64::new(LENT), remote: Arc::clone(remote) });
        Self { waker: sync::waker(&inner), inner }
    }

    /// Whether somebody keeps a clone. Nobody can make one later, because `self` and `self.waker` are then the only ones.
    #[inline]
    pub(crate) fn is_kept(&self) -> bool {
        let is_kept = Arc::strong_count(&self.inner) > 2;
        fence(Ordering::Acquire); // who has used a clone and dropped it: see `take_wake`
        is_kept
    }

    /// Whether it has been used while it was lent.
    pub(crate) fn take_wake(&self) -> bool {
        self.inner.task.load(Ordering::Relaxed) == WOKEN && {
            self.inner.task.store(LENT, Ordering::Relaxed);
            true
        }
    }

    /// From now on it wakes the task of this number. Says whether it has been used before that was known.
    pub(crate) fn stays_with(&self, id: TaskId) -> bool {
        let task = u64::from(id.slot) << 32 | u64::from(id.number);
        self.inner.task.swap(task, Ordering::AcqRel) == WOKEN
    }
}
