//! Loop 1: tasks take turns on one thread. The only thing that a task can ask for is another turn.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A task: a future that the loop polls until it is ready.
struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
}

/// The loop. A task that spawns other tasks owns a clone of its [`Rc`].
pub struct EventLoop {
    /// The ready queue: the tasks that can run, in the order in which they will.
    ready: RefCell<VecDeque<Task>>,
}

impl EventLoop {
    /// A loop without tasks.
    pub fn new() -> Rc<Self> {
        Rc::new(Self { ready: RefCell::default() })
    }

    /// Makes a task of a future, and puts it at the end of the queue.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let task = Task { future: Box::pin(future) };
        self.ready.borrow_mut().push_back(task);
    }

    /// Runs the tasks until all have ended.
    pub fn run(&self) {
        loop {
            if let Some(task) = self.next_ready() {
                self.take_turn(task);
            } else {
                return;
            }
        }
    }

    /// Takes the first task from the queue.
    fn next_ready(&self) -> Option<Task> {
        self.ready.borrow_mut().pop_front()
    }

    /// Polls a task once. If the task has not ended, it goes back to the end of the queue.
    fn take_turn(&self, mut task: Task) {
        let mut context = Context::from_waker(Waker::noop());
        match task.future.as_mut().poll(&mut context) {
            Poll::Ready(()) => {}
            Poll::Pending => self.ready.borrow_mut().push_back(task),
        }
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
