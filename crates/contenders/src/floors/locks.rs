//! The floor of a mutex: a loop on one thread that knows which tasks wait for the lock, and passes it on in order.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, Turn, poll};
use crate::job::Locks;
use crate::kits::locks;
use crate::sync::{Lock, Protected};
use crate::tally::Tally;
use std::cell::{Cell, RefCell, RefMut};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::task::Poll;

/// A mutex that tells the loop by flags, instead of by wakers, which task waits and when the next one may run.
struct Flags {
    is_taken: Cell<bool>,
    /// The task that has just been polled waits for the lock.
    must_wait: Cell<bool>,
    /// The task that has just been polled has unlocked.
    is_released: Cell<bool>,
    protected: RefCell<Protected>,
}

/// What holds the lock.
struct Held<'a> {
    is_released: &'a Cell<bool>,
    protected: RefMut<'a, Protected>,
}

impl Deref for Held<'_> {
    type Target = Protected;

    fn deref(&self) -> &Protected {
        &self.protected
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Protected {
        &mut self.protected
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.is_released.set(true);
    }
}

impl Lock for Flags {
    type Guard<'a> = Held<'a>;

    fn new(protected: Protected) -> Self {
        Self {
            is_taken: Cell::default(),
            must_wait: Cell::default(),
            is_released: Cell::default(),
            protected: RefCell::new(protected),
        }
    }

    async fn lock(&self) -> Held<'_> {
        let mut has_waited = false; // then it is polled again when the lock is its own
        poll_fn(|_| {
            if has_waited || !self.is_taken.replace(true) {
                return Poll::Ready(());
            }
            has_waited = true;
            self.must_wait.set(true);
            Poll::Pending
        })
        .await;
        Held { is_released: &self.is_released, protected: self.protected.borrow_mut() }
    }
}

/// Boxed futures in a queue, and those that wait for the lock in another.
pub(crate) fn boxed_futures<T: Tally>(job: Locks) -> Result<Pass, Fault> {
    locks::pass::<Flags>(|lock| {
        let tasks = locks::tasks::<T, _, _>(job, lock.clone(), Turn::default);
        let mut ready: VecDeque<_> = tasks.map(|task| -> BoxedFuture<'_, u64> { Box::pin(task) }).collect();
        let mut waiting = VecDeque::with_capacity(job.tasks);
        let mut outputs = Vec::with_capacity(job.tasks);
        while let Some(mut task) = ready.pop_front() {
            let output = poll(&mut task);
            if lock.is_released.take() {
                match waiting.pop_front() {
                    Some(next) => ready.push_back(next),
                    None => lock.is_taken.set(false),
                }
            }
            match output {
                Some(output) => outputs.push(output), // the same for each task
                None if lock.must_wait.take() => waiting.push_back(task),
                None => ready.push_back(task),
            }
        }
        Ok(outputs)
    })
}
