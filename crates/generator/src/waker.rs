//! Wakers: a future that knows nothing of the loop wakes its task with one, from any thread.
//!
//! One waker is lent to every poll, so a future that only yields or sleeps costs none. When a future keeps a clone, that
//! waker stays with the future's task, and the loop makes another one to lend.

use crate::clock::machine_ns;
use crate::shared::{CURRENT, is_running};
use crate::sleep::Timers;
use crate::sync::{self, Arc, AtomicBool, AtomicU64, AtomicUsize, Mutex, Thread, Waker, lock};
use crate::table::TaskId;
use std::mem;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use std::task::Wake;
use std::time::Duration;

/// The part of a loop that other threads may touch.
pub(crate) struct Remote {
    /// The wakers that were called where the loop does not run; `None` when the loop is gone.
    woken: Mutex<Option<Vec<Arc<TaskWaker>>>>,
    /// Whether there are any, so that the loop need not lock to check.
    pending: AtomicBool,
    /// Ends the fast path, on which the run gives one turn after the other (`Run::give_turns`). What a turn does beside its own yield, or
    /// another thread meanwhile, sets it (spawn, wake, cancel, set a timer), and the run checks it after each yield there: that is all
    /// that rare events cost tasks that only yield.
    pub(crate) ends_fast_path: AtomicBool,
    /// How many wakers there are, not counting clones; one of them is lent.
    wakers: AtomicUsize,
    /// A sleep may be dropped on any thread, and clears its timer then.
    pub(crate) timers: Mutex<Timers>,
    /// The loop's thread, which may be parked.
    pub(crate) thread: Thread,
}

impl Default for Remote {
    fn default() -> Self {
        let (pending, ends_fast_path, wakers, timers) = Default::default();
        Self { woken: Mutex::new(Some(Vec::new())), pending, ends_fast_path, wakers, timers, thread: sync::current() }
    }
}

/// How a wait for a wake has ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    Woken,
    /// Nothing is left that could wake a task.
    Stuck,
    Timeout,
}

impl Remote {
    #[inline]
    pub(crate) fn end_fast_path(&self) {
        self.ends_fast_path.store(true, Release);
    }

    /// Clears the flag, before the wakes are taken up. This is one atomic read-modify-write. A plain store could become
    /// visible after the store of a thread that wakes a task meanwhile, and the loop would never check. (No model covers this:
    /// loom takes any store for the last one that is not ordered before another.)
    pub(crate) fn begin_fast_path(&self) {
        self.ends_fast_path.swap(false, AcqRel);
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.pending.load(Acquire)
    }

    /// The tasks that were woken since the last call, in that order.
    #[cold]
    pub(crate) fn take_woken(&self) -> Vec<TaskId> {
        let mut woken = lock(&self.woken);
        self.pending.store(false, Release);
        let wakers = woken.as_mut().map(mem::take).unwrap_or_default();
        drop(woken);
        wakers.iter().map(|waker| waker.take_up()).collect()
    }

    /// The loop is gone: nothing will take up a wake any more.
    pub(crate) fn close(&self) {
        let woken = lock(&self.woken).take();
        drop(woken); // after the lock is released
    }

    /// Parks the loop's thread until a task is woken.
    pub(crate) fn wait(&self, patience: Duration) -> Waited {
        let start = machine_ns();
        loop {
            // In this order: a thread that wakes a task and then drops the last waker has not left the loop stuck.
            let is_hopeless = self.wakers.load(Acquire) <= 1;
            let left = patience.saturating_sub(Duration::from_nanos(machine_ns() - start));
            match self.is_pending() {
                true => return Waited::Woken,
                false if is_hopeless => return Waited::Stuck,
                false if left.is_zero() => return Waited::Timeout,
                false => sync::park_timeout(left),
            }
        }
    }

    fn wake(&self, waker: &Arc<TaskWaker>) {
        if let Some(woken) = &mut *lock(&self.woken) {
            woken.push(Arc::clone(waker));
        }
        self.pending.store(true, Release);
        self.end_fast_path();
        self.thread.unpark();
    }
}

/// What a [`Waker`] of the loop points to.
pub(crate) struct TaskWaker {
    /// The task that it wakes, which the run writes before each poll as long as this is the waker that is lent. Only the loop's
    /// own thread reads or writes it.
    pub(crate) task: AtomicU64,
    /// Whether it is among those that were called, so that it is there once, however often it is called.
    is_queued: AtomicBool,
    remote: Arc<Remote>,
}

impl TaskWaker {
    /// On the loop's own thread the task is ready at once, so it comes before every task that becomes ready later.
    pub(crate) fn call(this: &Arc<Self>) {
        if is_running(&this.remote) {
            CURRENT.with(|running| running.wake(this.task()));
        } else if !this.is_queued.swap(true, AcqRel) {
            this.remote.wake(this);
        }
    }

    fn task(&self) -> TaskId {
        TaskId::from_bits(self.task.load(Relaxed))
    }

    /// The task that it wakes. A call that comes after this is another wake.
    fn take_up(&self) -> TaskId {
        self.is_queued.swap(false, AcqRel);
        self.task()
    }
}

#[cfg(not(all(test, paintdry_loom)))]
impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        Self::call(&self);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        Self::call(self);
    }
}

impl Drop for TaskWaker {
    fn drop(&mut self) {
        // After the last waker nothing can wake the loop. To report that it is stuck, it has to check
        // again, and must then find this waker gone.
        self.remote.wakers.fetch_sub(1, Release);
        self.remote.thread.unpark();
    }
}

/// The waker that the run lends to each task in its turn.
pub(crate) struct LentWaker {
    pub(crate) inner: Arc<TaskWaker>,
    pub(crate) waker: Waker,
}

impl LentWaker {
    pub(crate) fn new(remote: &Arc<Remote>, task: TaskId) -> Self {
        remote.wakers.fetch_add(1, Relaxed);
        let (task, is_queued) = (AtomicU64::new(task.bits()), AtomicBool::new(false));
        let inner = Arc::new(TaskWaker { task, is_queued, remote: Arc::clone(remote) });
        Self { waker: sync::waker(&inner), inner }
    }

    pub(crate) fn address(&self) -> usize {
        self.waker.data().addr()
    }

    /// Whether a future keeps a clone. If not, that stays so until the next poll, because only `self` has the waker.
    #[inline]
    pub(crate) fn is_kept(&self) -> bool {
        Arc::strong_count(&self.inner) > 2
    }
}

#[cfg(all(test, not(paintdry_loom)))]
mod tests {
    use super::*;

    fn task() -> TaskId {
        TaskId::new(0, 1)
    }

    fn queued(remote: &Remote) -> Option<usize> {
        lock(&remote.woken).as_ref().map(Vec::len)
    }

    #[test]
    fn a_waker_that_is_called_many_times_is_queued_once() {
        let remote = Arc::<Remote>::default();
        let waker = LentWaker::new(&remote, task()).waker;
        for _ in 0..2 {
            (0..1000).for_each(|_| waker.wake_by_ref());
            assert_eq!(queued(&remote), Some(1));
            assert_eq!(remote.take_woken(), [task()]);
        }
    }

    #[test]
    fn nothing_is_queued_for_a_loop_that_is_gone() {
        let remote = Arc::<Remote>::default();
        let waker = LentWaker::new(&remote, task()).waker;
        waker.wake_by_ref();
        remote.close();
        (0..1000).for_each(|_| waker.wake_by_ref());
        assert_eq!(queued(&remote), None);
        assert_eq!(remote.take_woken(), []);
        drop(waker);
        assert_eq!(Arc::strong_count(&remote), 1, "the queue and the waker do not keep each other");
    }
}
