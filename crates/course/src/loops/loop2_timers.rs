//! Loop 2: a task can also sleep. When no task is ready, the thread parks until the first timer is due.

use super::clock::Clock;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A task: a future that the loop polls until it is ready.
struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
}

/// The loop. A task that spawns other tasks or sleeps owns a clone of its [`Rc`].
pub struct EventLoop {
    /// The ready queue: the tasks that can run, in the order in which they will.
    ready: RefCell<VecDeque<Task>>,
    /// The sleeping tasks, sorted by when their timers are due, and then by the number of the timer.
    timers: RefCell<BTreeMap<(Duration, u64), Task>>,
    last_number: Cell<u64>,
    /// Until when the running task has asked to sleep, if it has.
    asked: Cell<Option<Duration>>,
    clock: Rc<dyn Clock>,
}

impl EventLoop {
    /// A loop without tasks.
    pub fn new(clock: Rc<dyn Clock>) -> Rc<Self> {
        let (ready, timers, last_number, asked) = Default::default();
        Rc::new(Self { ready, timers, last_number, asked, clock })
    }

    /// Makes a task of a future, and puts it at the end of the queue.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let task = Task { future: Box::pin(future) };
        self.ready.borrow_mut().push_back(task);
    }

    /// Runs the tasks until all have ended.
    pub fn run(&self) {
        loop {
            self.fire_timers();
            if let Some(task) = self.next_ready() {
                self.take_turn(task);
            } else if let Some(due) = self.next_due() {
                self.clock.park(Some(due));
            } else {
                return;
            }
        }
    }

    /// Takes the first task from the queue.
    fn next_ready(&self) -> Option<Task> {
        self.ready.borrow_mut().pop_front()
    }

    /// Polls a task once. If the task has not ended, it sleeps or goes back to the end of the queue, as it has asked.
    fn take_turn(&self, mut task: Task) {
        let mut context = Context::from_waker(Waker::noop());
        match (task.future.as_mut().poll(&mut context), self.asked.take()) {
            (Poll::Ready(()), _) => {}
            (Poll::Pending, None) => self.ready.borrow_mut().push_back(task),
            (Poll::Pending, Some(due)) => {
                self.timers.borrow_mut().insert((due, self.next_number()), task);
            }
        }
    }

    /// Moves each task that has slept long enough to the end of the queue.
    fn fire_timers(&self) {
        let now = self.clock.now();
        while self.next_due().is_some_and(|due| due <= now) {
            let timer = self.timers.borrow_mut().pop_first();
            if let Some((_, task)) = timer {
                self.ready.borrow_mut().push_back(task);
            }
        }
    }

    /// When the first timer is due.
    fn next_due(&self) -> Option<Duration> {
        self.timers.borrow().keys().next().map(|(due, _)| *due)
    }

    fn next_number(&self) -> u64 {
        self.last_number.set(self.last_number.get() + 1);
        self.last_number.get()
    }

    /// Lets the task sleep. The time counts from this call.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> {
        let due = self.clock.now().saturating_add(duration);
        poll_fn(move |_| {
            if self.clock.now() >= due {
                return Poll::Ready(());
            }
            self.asked.set(Some(due));
            Poll::Pending
        })
    }
}

/// Ends this turn of the task. The other ready tasks run before its next turn.
pub fn yield_now() -> impl Future<Output = ()> {
    let mut has_yielded = false;
    poll_fn(move |_| {
        if mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        Poll::Pending
    })
}
