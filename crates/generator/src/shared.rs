//! What all handles of a loop share, and what they do to its tasks: spawn, wake, cancel, end.

use crate::Error;
use crate::clock::Clock;
use crate::generator::Coroutine;
use crate::panics::{FirstPanic, contain};
use crate::pause::Mailbox;
use crate::sync::{Arc, lock};
use crate::table::{Table, TaskId, Waiter};
use crate::task::{BoxedTask, Event, Stage, State};
use crate::timers::Target;
use crate::waker::Remote;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread.
    pub(crate) static CURRENT: Rc<Shared>
}

/// Hands the loop that runs on this thread to `action`.
#[inline]
pub(crate) fn with_current<R>(what: &str, action: impl FnOnce(&Rc<Shared>) -> R) -> R {
    assert!(CURRENT.is_set(), "{what} where no event loop runs; do it inside EventLoop::run_until_complete");
    CURRENT.with(action)
}

/// Whether the loop with this remote part runs on this thread.
pub(crate) fn is_running(remote: &Arc<Remote>) -> bool {
    CURRENT.is_set() && CURRENT.with(|running| Arc::ptr_eq(&running.remote, remote))
}

#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) table: RefCell<Table>,
    /// The tasks that have become ready and are not in the queue of the run yet, in that order.
    pub(crate) ready: RefCell<VecDeque<TaskId>>,
    /// How many of them have been cancelled since, about.
    stale_ready: Cell<usize>,
    pub(crate) clock: Clock,
    /// Whether a timer may be set; so a loop without timers never reads the clock.
    pub(crate) has_timers: Cell<bool>,
    /// The slot of the task that has its turn.
    pub(crate) current: Cell<Option<u32>>,
    /// Whether tasks in the queue of the run were cancelled, and have to be dropped.
    pub(crate) has_cancelled: Cell<bool>,
    pub(crate) is_running: Cell<bool>,
    pub(crate) is_closed: Cell<bool>,
    /// How long the loop waits for a wake from elsewhere, if it was told.
    pub(crate) patience: Cell<Option<Duration>>,
    pub(crate) remote: Arc<Remote>,
}

impl Shared {
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.is_closed.get() { Err(Error::Closed) } else { Ok(()) }
    }

    pub(crate) fn check_idle(&self) -> Result<(), Error> {
        if self.is_running.get() { Err(Error::Running) } else { Ok(()) }
    }

    /// Makes a task that is ready now, or after a delay.
    pub(crate) fn spawn<C>(&self, coroutine: C, has_handle: bool, delay: Option<Duration>) -> TaskId
    where
        C: Coroutine<Return: 'static> + 'static,
    {
        let task = Box::pin(Stage::Running { coroutine });
        let id = self.table.borrow_mut().add(Some(task), has_handle);
        if let Some(delay) = delay {
            self.table.borrow_mut().entry(id.slot).advance(Event::Sleep);
            self.set_sleeper(id, delay);
        } else {
            self.push_ready(id);
        }
        id
    }

    /// Sets the timer of a task that sleeps.
    pub(crate) fn set_sleeper(&self, id: TaskId, duration: Duration) {
        self.table.borrow_mut().entry(id.slot).is_held = true;
        lock(&self.remote.timers).set(self.clock.due_in(duration), Target::Sleeper(id));
        self.has_timers.set(true);
        self.remote.interrupt();
    }

    #[inline]
    pub(crate) fn push_ready(&self, id: TaskId) {
        self.take_up_wakes(); // the tasks that other threads have woken before
        self.ready.borrow_mut().push_back(id);
        self.remote.interrupt();
    }

    /// Takes up the wakes by wakers that were called where the loop does not run, in that order.
    #[inline]
    pub(crate) fn take_up_wakes(&self) {
        if self.remote.is_pending() {
            let woken = self.remote.take_woken();
            self.ready.borrow_mut().extend(woken.into_iter().filter(|id| self.advance_woken(*id)));
        }
    }

    /// Makes a task ready if it waits.
    pub(crate) fn wake(&self, id: TaskId) {
        if self.advance_woken(id) {
            self.push_ready(id);
        }
    }

    /// Tells a task that it is woken. Whether it becomes ready by that.
    fn advance_woken(&self, id: TaskId) -> bool {
        let is_in_turn = self.current.get() == Some(id.slot);
        let mut table = self.table.borrow_mut();
        // A task that is in the queue will have its turn anyway. In its own turn it has not asked to wait yet, so the wake must
        // not be lost.
        let entry = table.find(id).filter(|entry| entry.state != State::Queued || is_in_turn);
        let has_changed = entry.is_some_and(|entry| entry.advance(Event::Wake));
        if has_changed {
            self.remote.interrupt();
        }
        has_changed && !is_in_turn
    }

    pub(crate) fn tell(&self, waiter: Option<Waiter>) {
        match waiter {
            Some(Waiter::Task(id)) => self.wake(id),
            Some(Waiter::Waker(waker)) => contain(|| waker.wake()),
            None => {}
        }
    }

    /// The task that has its turn.
    pub(crate) fn current_id(&self) -> TaskId {
        let current = self.current.get().and_then(|slot| self.table.borrow().id(slot));
        current.expect("the run says whose turn it is")
    }

    /// How to wake the future that is polled with `waker`. A task of this loop is woken by its id: that needs no waker,
    /// which would make a stuck loop look as if it could still be woken.
    pub(crate) fn waiter(&self, waker: &Waker) -> Waiter {
        if Mailbox::is_lent(waker) && is_running(&self.remote) {
            Waiter::Task(self.current_id())
        } else {
            Waiter::Waker(waker.clone())
        }
    }

    /// Wakes the tasks whose timers are due, but at most this many: a million at once would need a queue of a million, and the
    /// first would wait for the last.
    pub(crate) fn fire_timers(&self, most: usize) {
        let now = if self.has_timers.get() { self.clock.now() } else { return };
        for _ in 0..most {
            let target = lock(&self.remote.timers).fire(now, &mut self.table.borrow_mut());
            match target {
                Some(Target::Sleeper(id)) => self.push_ready(id),
                Some(Target::Task(id)) => self.wake(id),
                Some(Target::Waker(waker)) => contain(|| waker.wake()),
                None => break,
            }
        }
        self.has_timers.set(!lock(&self.remote.timers).is_empty());
    }

    /// Drops a task where it is, or lets the run do so if it is in the queue or has its turn. `false` if it is over. If a
    /// destructor of the task panics, the panic goes to the caller when all is done.
    pub(crate) fn cancel(&self, id: TaskId) -> bool {
        let mut table = self.table.borrow_mut();
        let Some(entry) = table.find(id) else { return false };
        let before = entry.state;
        if !entry.advance(Event::Cancel) {
            return false;
        }
        if entry.state == State::Cancelling {
            if self.current.get() != Some(id.slot) {
                self.has_cancelled.set(true);
            }
            self.remote.interrupt();
            return true;
        }
        let (task, waiter) = (entry.task.take(), table.take_waiter(id.slot));
        if before == State::Asleep {
            lock(&self.remote.timers).cancel_sleeper(&mut table); // its timer still refers to the slot
        } else {
            drop(table.release(id.slot)); // no code of users runs by this: the task and its waiter are out
        }
        if before == State::Ready {
            self.forget_ready(id, &mut table);
        }
        drop(table);
        self.tell(waiter);
        drop(task);
        true
    }

    /// Takes a cancelled task off the list of ready ones: at once if it is the last, or when they are more than half.
    fn forget_ready(&self, id: TaskId, table: &mut Table) {
        let mut ready = self.ready.borrow_mut();
        self.stale_ready.set(self.stale_ready.get() + 1);
        if ready.back() == Some(&id) {
            ready.pop_back();
        } else if self.stale_ready.get() > ready.len() / 2 {
            ready.retain(|id| table.find(*id).is_some_and(|entry| entry.state == State::Ready));
            self.stale_ready.set(0);
        }
    }

    /// Ends a task, or drops it if it was cancelled.
    pub(crate) fn end(&self, task: BoxedTask, slot: u32, event: Event) {
        let mut table = self.table.borrow_mut();
        let entry = table.entry(slot);
        entry.advance(event);
        let waiter = table.take_waiter(slot);
        let entry = table.entry(slot);
        if entry.state == State::Ended && entry.has_handle {
            entry.task = Some(task); // its result can be read
            drop(table);
        } else {
            let entry = table.release(slot);
            drop(table);
            contain(|| drop((task, entry)));
        }
        self.tell(waiter);
    }

    /// The handle of a task or future is gone.
    pub(crate) fn drop_handle(&self, slot: u32) {
        self.table.borrow_mut().entry(slot).has_handle = false;
        self.release(slot);
    }

    /// The promise of a future is gone.
    pub(crate) fn drop_promise(&self, slot: u32) {
        self.table.borrow_mut().entry(slot).is_held = false;
        self.release(slot);
    }

    #[inline]
    fn release(&self, slot: u32) {
        let entry = self.table.borrow_mut().release(slot);
        if let Some(entry) = entry {
            contain(|| drop(entry));
        }
    }

    /// Drops every task. If some destructors panic, the first of the panics goes to the caller when all have run.
    pub(crate) fn close(&self) {
        self.is_closed.set(true);
        let tasks = self.table.borrow().tasks_in(&[State::Ready, State::Asleep, State::Waiting]);
        let mut panic = FirstPanic::default();
        for (task, _) in tasks {
            panic.catch(|| _ = self.cancel(task));
        }
        let timers = lock(&self.remote.timers).close();
        drop((timers, self.ready.take()));
        panic.resume();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.remote.close();
    }
}
