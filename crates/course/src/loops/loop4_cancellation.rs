//! Loop 4: each task has a handle, with which other tasks get its result or cancel it. A panic ends one task only. A loop
//! that is stuck gives an error.

use super::clock::Clock;
use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::TaskError;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// A task: a future that the loop polls until it is ready.
struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Arc<TaskWaker>,
}

/// The loop. A task that spawns other tasks or sleeps owns a clone of its [`Rc`].
pub struct EventLoop {
    /// The ready queue: the numbers of the tasks that can run, in the order in which they will.
    ready: Arc<ReadyQueue>,
    /// The tasks that are ready or waiting, each by its number. The running one is not here.
    tasks: RefCell<BTreeMap<u64, Task>>,
    /// The wakers of the sleeping tasks, sorted by when their timers are due, and then by the number of the timer.
    timers: RefCell<BTreeMap<(Duration, u64), Waker>>,
    last_number: Cell<u64>,
    clock: Rc<dyn Clock>,
    patience: Duration,
}

impl EventLoop {
    /// A loop without tasks. It is stuck if no timer is set and no waker is called for as long as its patience lasts.
    pub fn new(clock: Rc<dyn Clock>, patience: Duration) -> Rc<Self> {
        let (tasks, timers, last_number) = Default::default();
        let ready = Arc::new(ReadyQueue { queue: Mutex::default(), thread: thread::current() });
        Rc::new(Self { ready, tasks, timers, last_number, clock, patience })
    }

    /// Makes a task of a future, and puts it at the end of the queue.
    pub fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Handle<T> {
        let (sender, result) = oneshot::channel();
        let future = AssertUnwindSafe(future).catch_unwind().map(|result| drop(sender.send(result)));
        let (number, ready) = (self.next_number(), Arc::clone(&self.ready));
        let (is_queued, is_cancelled) = (AtomicBool::new(false), AtomicBool::new(false));
        let waker = Arc::new(TaskWaker { number, is_queued, is_cancelled, ready });
        waker.wake_by_ref();
        let task = Task { future: Box::pin(future), waker: Arc::clone(&waker) };
        self.tasks.borrow_mut().insert(number, task);
        Handle { waker, result }
    }

    /// Runs the tasks until all have ended.
    ///
    /// # Errors
    /// [`Stuck`] if tasks wait and nothing wakes one of them. They are cancelled.
    pub fn run(&self) -> Result<(), Stuck> {
        loop {
            self.fire_timers();
            if let Some(task) = self.next_ready() {
                self.take_turn(task);
            } else if self.has_tasks() {
                self.park()?;
            } else {
                return Ok(());
            }
        }
    }

    fn has_tasks(&self) -> bool {
        !self.tasks.borrow().is_empty()
    }

    /// Parks the thread until a timer is due, a waker is called, or the loop's patience ends.
    fn park(&self) -> Result<(), Stuck> {
        let due = self.next_due();
        let end = due.unwrap_or_else(|| self.clock.now().saturating_add(self.patience));
        self.clock.park(Some(end));
        if due.is_none() && self.ready.queue().is_empty() && self.clock.now() >= end {
            let cancelled = self.tasks.take();
            return Err(Stuck(cancelled.into_keys().collect()));
        }
        Ok(())
    }

    /// Takes the first task from the queue. A number in the queue may belong to a task that has ended.
    fn next_ready(&self) -> Option<Task> {
        loop {
            let number = self.ready.queue().pop_front()?;
            if let Some(task) = self.tasks.borrow_mut().remove(&number) {
                return Some(task);
            }
        }
    }

    /// Polls a task once. If the task has not ended, it waits until its waker is called. A cancelled task is dropped.
    fn take_turn(&self, mut task: Task) {
        task.waker.is_queued.swap(false, SeqCst); // before the poll, so that a wake during the poll counts
        if task.waker.is_cancelled.load(SeqCst) {
            return;
        }
        let waker = Waker::from(Arc::clone(&task.waker));
        match task.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(()) => {}
            Poll::Pending => {
                self.tasks.borrow_mut().insert(task.waker.number, task);
            }
        }
    }

    /// Wakes each task that has slept long enough.
    fn fire_timers(&self) {
        let now = self.clock.now();
        while self.next_due().is_some_and(|due| due <= now) {
            let timer = self.timers.borrow_mut().pop_first();
            if let Some((_, waker)) = timer {
                waker.wake();
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
        let (due, number) = (self.clock.now().saturating_add(duration), self.next_number());
        poll_fn(move |context| {
            if self.clock.now() >= due {
                return Poll::Ready(());
            }
            self.timers.borrow_mut().insert((due, number), context.waker().clone());
            Poll::Pending
        })
    }
}

/// Ends this turn of the task. The other ready tasks run before its next turn.
pub fn yield_now() -> impl Future<Output = ()> {
    let mut has_yielded = false;
    poll_fn(move |context| {
        if mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

/// The part of the loop that other threads reach.
struct ReadyQueue {
    queue: Mutex<VecDeque<u64>>,
    /// The thread of the loop, which may be parked.
    thread: Thread,
}

impl ReadyQueue {
    fn queue(&self) -> MutexGuard<'_, VecDeque<u64>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a [`Waker`] of a task points to.
struct TaskWaker {
    number: u64,
    /// Whether the number is in the queue, so that a second wake does not put it there again.
    is_queued: AtomicBool,
    is_cancelled: AtomicBool,
    ready: Arc<ReadyQueue>,
}

impl Wake for TaskWaker {
    /// Puts the task at the end of the queue, and wakes the thread of the loop.
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            self.ready.queue().push_back(self.number);
            self.ready.thread.unpark();
        }
    }
}

/// Gives the result of a task to the task that awaits it. Without its handle, a task still runs.
pub struct Handle<T> {
    waker: Arc<TaskWaker>,
    result: oneshot::Receiver<Result<T, Box<dyn Any + Send>>>,
}

impl<T> Handle<T> {
    /// Waits until the task has ended.
    ///
    /// # Errors
    /// [`TaskError`] if the task has panicked or was cancelled.
    pub async fn result(self) -> Result<T, TaskError> {
        self.result.await.map_err(|_| TaskError::Cancelled)?.map_err(TaskError::from_panic)
    }

    /// Has the loop drop the task instead of polling it again. A task that has ended keeps its result.
    pub fn cancel(&self) {
        self.waker.is_cancelled.store(true, SeqCst);
        self.waker.wake_by_ref();
    }
}

/// The numbers of the tasks that waited when nothing was left to wake them.
#[derive(Debug, PartialEq, Eq)]
pub struct Stuck(pub Vec<u64>);
