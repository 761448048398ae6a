//! The floors of channels and mutexes: cells and queues on one thread, without wakers, and the standard library's channels
//! and mutex between OS threads. They run the tasks that the runtimes run.

use crate::contender::{Fault, Pass};
use crate::floors::{BoxedFuture, block_on, join, poll};
use crate::job;
use crate::kits::{self, locks, mpsc, oneshots};
use crate::sync::{Lock, Mpsc, Oneshot, Protected};
use crate::tally::Tally;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Ready, poll_fn, ready};
use std::rc::Rc;
use std::sync::mpsc as std_mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::thread;

/// Channels for one thread whose loop polls every task in turn: a receiver that finds nothing is pending, and needs no waker.
struct Polled;

impl Oneshot for Polled {
    type Sender<V> = Rc<Cell<Option<V>>>;
    type Receiver<V> = Rc<Cell<Option<V>>>;

    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>) {
        let slot = Rc::default();
        (Rc::clone(&slot), slot)
    }

    fn send<V>(sender: Self::Sender<V>, value: V) -> bool {
        sender.set(Some(value));
        true
    }

    async fn receive<V>(receiver: Self::Receiver<V>) -> Option<V> {
        poll_fn(|_| receiver.take().map_or(Poll::Pending, |value| Poll::Ready(Some(value)))).await
    }
}

impl Mpsc for Polled {
    type Sender = (Rc<RefCell<VecDeque<u64>>>, usize);
    type Receiver = Rc<RefCell<VecDeque<u64>>>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        let queue = Rc::new(RefCell::new(VecDeque::with_capacity(capacity)));
        ((Rc::clone(&queue), capacity), queue)
    }

    async fn send((queue, capacity): &mut Self::Sender, message: u64) -> bool {
        poll_fn(|_| {
            let mut queue = queue.borrow_mut();
            if queue.len() == *capacity {
                return Poll::Pending;
            }
            queue.push_back(message);
            Poll::Ready(true)
        })
        .await
    }

    async fn receive(queue: &mut Self::Receiver) -> Option<u64> {
        poll_fn(|_| match queue.borrow_mut().pop_front() {
            None if Rc::strong_count(queue) > 1 => Poll::Pending, // a sender is left
            message => Poll::Ready(message),
        })
        .await
    }
}

/// Polls the tasks in turn, and gives their outputs in the order of the tasks.
fn take_turns<'a>(tasks: impl Iterator<Item = impl Future<Output = u64> + 'a>) -> Vec<u64> {
    let numbered = tasks.enumerate().map(|(n, task)| -> BoxedFuture<'a, (usize, u64)> {
        Box::pin(async move { (n, task.await) }) //
    });
    let mut outputs = kits::take_turns(numbered.collect(), poll);
    outputs.sort_unstable();
    outputs.into_iter().map(|(_, output)| output).collect()
}

pub(crate) fn polled_oneshots<T: Tally>(job: job::Oneshots) -> Result<Pass, Fault> {
    kits::pass(|| Ok(take_turns(oneshots::tasks::<T, Polled>(job))))
}

pub(crate) fn polled_mpsc<T: Tally>(job: job::Mpsc) -> Result<Pass, Fault> {
    kits::pass(|| Ok(take_turns(mpsc::tasks::<T, Polled>(job))))
}

/// The standard library's channels: a thread that waits is blocked.
struct Blocking;

impl Oneshot for Blocking {
    type Sender<V> = std_mpsc::SyncSender<V>;
    type Receiver<V> = std_mpsc::Receiver<V>;

    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>) {
        std_mpsc::sync_channel(1)
    }

    fn send<V>(sender: Self::Sender<V>, value: V) -> bool {
        sender.send(value).is_ok()
    }

    fn receive<V>(receiver: Self::Receiver<V>) -> impl Future<Output = Option<V>> {
        ready(receiver.recv().ok())
    }
}

impl Mpsc for Blocking {
    type Sender = std_mpsc::SyncSender<u64>;
    type Receiver = std_mpsc::Receiver<u64>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        std_mpsc::sync_channel(capacity)
    }

    fn send(sender: &mut Self::Sender, message: u64) -> impl Future<Output = bool> {
        ready(sender.send(message).is_ok())
    }

    fn receive(receiver: &mut Self::Receiver) -> impl Future<Output = Option<u64>> {
        ready(receiver.recv().ok())
    }
}

impl Lock for Mutex<Protected> {
    type Guard<'a> = MutexGuard<'a, Protected>;

    fn new(protected: Protected) -> Self {
        Self::new(protected)
    }

    fn lock(&self) -> impl Future<Output = Self::Guard<'_>> {
        ready(self.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs each task on a thread of its own.
fn on_threads(tasks: impl Iterator<Item = impl Future<Output = u64> + Send + 'static>) -> Result<Vec<u64>, Fault> {
    join(tasks.map(|task| thread::Builder::new().spawn(move || block_on(task))))
}

pub(crate) fn oneshots_of_threads<T: Tally>(job: job::Oneshots) -> Result<Pass, Fault> {
    kits::pass(|| on_threads(oneshots::tasks::<T, Blocking>(job)))
}

pub(crate) fn mpsc_of_threads<T: Tally>(job: job::Mpsc) -> Result<Pass, Fault> {
    kits::pass(|| on_threads(mpsc::tasks::<T, Blocking>(job)))
}

/// The futures do not leave their threads, because the guard of this mutex must not.
pub(crate) fn locks_of_threads<T: Tally>(job: job::Locks) -> Result<Pass, Fault> {
    let yield_now = || -> Ready<()> {
        thread::yield_now();
        T::yielded(1);
        ready(())
    };
    locks::pass::<Mutex<_>>(|lock| {
        let run = |n| {
            T::spawned(1);
            let lock = Arc::clone(&lock);
            thread::Builder::new().spawn(move || block_on(locks::take(n, job.locks, lock, yield_now)))
        };
        join((0..job.tasks).map(run))
    })
}
