//! What all handles of a loop share, and what can happen to its tasks beside their own turns: spawn, wake, cancel, end; the timers, and
//! the thread that parks. (`Shared::run`, the loop itself, is in `run.rs`.)

use crate::Error;
use crate::asyncio::unrolled::unrolled;
use crate::clock::{Clock, NEVER};
use crate::panics::{FirstPanic, contain};
use crate::sleep::Target;
use crate::sync::{self, Arc, lock};
use crate::table::{Table, TaskId, Waiter};
use crate::task::Coroutine;
use crate::task::{BoxedTask, Event, Stage, State};
use crate::waker::{Remote, Waited};
use crate::yield_now::is_lent;
use std::cell::{Cell, RefCell, RefMut};
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

/// How long the loop waits, when nothing else is left to do, for a waker that is kept elsewhere. The loop cannot know whether
/// a thread will call the waker or every owner has forgotten it, so there is a limit, which you can set.
const PATIENCE: Duration = Duration::from_secs(10);

scoped_tls::scoped_thread_local! {
    /// The loop that runs on this thread, for as long as [`EventLoop::run_until_complete`](crate::EventLoop) or `run_choosing` does.
    pub(crate) static CURRENT: Rc<Shared>
}

/// Passes the loop that runs on this thread to `action`.
#[inline]
pub(crate) fn with_current<R>(what: &str, action: impl FnOnce(&Rc<Shared>) -> R) -> R {
    assert!(CURRENT.is_set(), "{what} where no event loop runs; do it inside EventLoop::run_until_complete");
    CURRENT.with(action)
}

/// Whether the loop with this remote part runs on this thread.
pub(crate) fn is_running(remote: &Arc<Remote>) -> bool {
    CURRENT.is_set() && CURRENT.with(|running| Arc::ptr_eq(&running.remote, remote))
}

/// What a loop does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    #[default]
    Idle,
    Running,
    Closed,
}

#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) table: RefCell<Table>,
    pub(crate) clock: Clock,
    /// Whether there may be a timer. If not, the run need not read the clock.
    pub(crate) has_timers: Cell<bool>,
    /// The current task.
    pub(crate) current: Cell<Option<TaskId>>,
    /// Whether tasks in the queue of the run were cancelled, and have to be dropped.
    pub(crate) has_cancelled: Cell<bool>,
    pub(crate) phase: Cell<Phase>,
    /// How long the loop waits for a wake from elsewhere, if set.
    pub(crate) patience: Cell<Option<Duration>>,
    pub(crate) remote: Arc<Remote>,
}

impl Shared {
    /// Makes a task that is ready.
    pub(crate) fn spawn<C>(&self, coroutine: C, has_handle: bool) -> TaskId
    where
        C: Coroutine<Return: 'static> + 'static,
    {
        self.add_ready(Box::pin(Stage::Running { coroutine }), has_handle)
    }

    pub(crate) fn add_ready(&self, task: BoxedTask, has_handle: bool) -> TaskId {
        self.take_up_wakes(); // the tasks that other threads have woken before
        self.remote.end_fast_path();
        let mut table = self.table.borrow_mut();
        let id = table.add(Some(task), has_handle);
        table.ready.push_back(id);
        id
    }

    /// Makes a task ready if it waits. A task that is woken in its own turn has not asked to wait yet, so its state keeps the wake.
    pub(crate) fn wake(&self, id: TaskId) {
        self.take_up_wakes();
        self.wake_now(id);
    }

    fn wake_now(&self, id: TaskId) {
        let event = if self.current.get() == Some(id) { Event::WakeInTurn } else { Event::Wake };
        let mut table = self.table.borrow_mut();
        if let Some(state) = table.advance(id, event).map(|entry| entry.state) {
            self.remote.end_fast_path(); // the run checks the state and the list when the turn is over
            if state == State::Runnable {
                table.ready.push_back(id);
            }
        }
    }

    /// Takes up the wakes by wakers that were called where the loop does not run, in that order.
    #[inline]
    pub(crate) fn take_up_wakes(&self) {
        if self.remote.is_pending() {
            self.remote.take_woken().into_iter().for_each(|task| self.wake_now(task));
        }
    }

    pub(crate) fn wake_waiter(&self, waiter: Waiter) {
        match waiter {
            Waiter::Task(id) => self.wake(id),
            Waiter::Waker(waker) => contain(|| waker.wake()),
        }
    }

    /// How to wake the future that is polled with `waker`. A task of this loop is woken by its id: that needs no waker,
    /// which would make a stuck loop look as if it could still be woken.
    pub(crate) fn waiter(&self, waker: &Waker) -> Waiter {
        match self.current.get() {
            Some(task) if is_running(&self.remote) && is_lent(waker) => Waiter::Task(task),
            _ => Waiter::Waker(waker.clone()),
        }
    }

    /// Wakes the tasks whose timers are due, but at most this many: of a million, the first need not wait for the last.
    pub(crate) fn fire_timers(&self, most: usize) {
        let now = if self.has_timers.get() { self.clock.now() } else { return };
        for _ in 0..most {
            let target = lock(&self.remote.timers).fire(now);
            match target {
                Some(Target::Slot(slot)) => {
                    // If a sleep was forgotten, not dropped, its task may be gone, or another one is here and gets a spurious wake.
                    let task = self.table.borrow().id(slot);
                    if let Some(task) = task {
                        self.wake(task);
                    }
                }
                Some(Target::Waker(waker)) => self.wake_waiter(Waiter::Waker(waker)),
                None => break,
            }
        }
        self.has_timers.set(lock(&self.remote.timers).next_due().is_some());
    }

    /// Parks the thread until a timer is due or a task is woken from elsewhere. In a run with a chooser, time jumps instead.
    pub(crate) fn park(&self, is_choosing: bool) -> Result<(), Error> {
        let due = lock(&self.remote.timers).next_due();
        match due {
            Some(due) if !is_choosing => {
                sync::park_timeout(Duration::from_nanos(due.saturating_sub(self.clock.now())));
            }
            Some(due) if due < NEVER => self.clock.jump_to(due),
            _ => {
                let patience = if is_choosing { Duration::ZERO } else { self.patience.get().unwrap_or(PATIENCE) };
                let error = match self.remote.wait(patience) {
                    Waited::Woken => return Ok(()),
                    Waited::Timeout if !is_choosing => Error::WakeTimeout,
                    Waited::Stuck | Waited::Timeout => Error::Stuck,
                };
                return Err(error(self.table.borrow().names_of_waiting()));
            }
        }
        Ok(())
    }

    /// Drops a task at once, or lets the run do so if it is in the queue or has its turn. `false` if it has ended or was cancelled before.
    /// If it is dropped at once and its destructor panics, the panic goes to the caller at the end.
    pub(crate) fn cancel(&self, id: TaskId) -> bool {
        let mut table = self.table.borrow_mut();
        let Some(entry) = table.advance(id, Event::Cancel) else { return false };
        if entry.state == State::Cancelling {
            // The current task is out of the queue when the run checks: the end of its turn ends it.
            self.has_cancelled.set(self.has_cancelled.get() || self.current.get() != Some(id));
            self.remote.end_fast_path();
        } else {
            let task = entry.task.take();
            self.end(table, id.slot(), task).rethrow();
        }
        true
    }

    /// Does the last step for a task that is over: keeps it if it has a result that can be read, or else drops it; then wakes its waiter.
    /// Returns the panic of a destructor.
    pub(crate) fn end(&self, mut table: RefMut<'_, Table>, slot: u32, mut task: Option<BoxedTask>) -> FirstPanic {
        let waiter = table.take_waiter(slot);
        let entry = table.entry(slot);
        if !entry.has_handle {
            table.free(slot);
        } else if entry.state == State::Ended {
            entry.task = task.take();
        }
        drop(table);
        let mut panic = FirstPanic::default();
        if task.is_some() {
            panic.catch(|| drop(task));
        }
        if let Some(waiter) = waiter {
            self.wake_waiter(waiter);
        }
        panic
    }

    /// The handle of a task or future is gone, so no task waits for it any more.
    pub(crate) fn drop_handle(&self, slot: u32) {
        let mut table = self.table.borrow_mut();
        let waiter = table.take_waiter(slot);
        let entry = table.entry(slot);
        entry.has_handle = false;
        let mut unread = None;
        if entry.state.is_over() {
            unread = entry.task.take();
            table.free(slot);
        }
        drop(table);
        if let Some(Waiter::Waker(waker)) = waiter {
            contain(|| drop(waker));
        }
        if let Some(unread) = unread {
            contain(|| unrolled(move || drop(unread))); // it may hold another handle
        }
    }

    /// Drops every task. If destructors panic, the first panic goes to the caller when all have run.
    pub(crate) fn close(&self) {
        self.phase.set(Phase::Closed);
        let tasks = self.table.borrow().tasks_in(&[State::Runnable, State::Waiting]);
        let mut panic = FirstPanic::default();
        for task in tasks {
            panic.catch(|| _ = self.cancel(task));
        }
        let timers = lock(&self.remote.timers).close();
        self.table.borrow_mut().ready = VecDeque::new();
        self.remote.close();
        panic.catch(|| drop(timers));
        panic.rethrow();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventLoop, yield_now};
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

    #[test]
    fn nothing_is_left_of_a_main_task_that_has_panicked() {
        let event_loop = EventLoop::new();
        let main = async { resume_unwind(Box::new("the easel fell")) };
        let ended = catch_unwind(AssertUnwindSafe(|| event_loop.run_until_complete::<_, true>(main)));
        assert!(ended.is_err() && event_loop.shared().table.borrow().is_empty());
    }

    /// A cancel costs one step for each task in the queue, which it moves to the table.
    #[test]
    fn many_ready_tasks_that_are_cancelled_one_in_each_turn_cost_a_few_steps_each() {
        const MANY: usize = 1_000;
        let event_loop = EventLoop::new();
        let steps = Rc::new(Cell::new(0));
        let parents: Vec<_> = (0..MANY)
            .map(|_| {
                let (event_loop, steps) = (event_loop.clone(), Rc::clone(&steps));
                let parent = event_loop.clone().create_task(async move {
                    let child = event_loop.create_task(std::future::poll_fn(|context| {
                        context.waker().wake_by_ref();
                        std::task::Poll::<()>::Pending
                    }));
                    let child = child.expect("the loop runs");
                    yield_now().await;
                    assert!(child.cancel(), "it never ends");
                    let shared = event_loop.shared();
                    if shared.has_cancelled.get() {
                        steps.set(steps.get() + shared.table.borrow().tasks_in(&[State::Scheduled]).len());
                    }
                });
                parent.expect("the loop is open")
            })
            .collect();
        event_loop.run_until_complete(event_loop.gather(parents).expect("the loop is open")).expect("it ends");
        assert!(steps.get() < 10 * MANY, "{MANY} cancels took {} steps", steps.get());
    }
}
