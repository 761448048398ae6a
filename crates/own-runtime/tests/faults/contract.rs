//! Runtimes that break the contract of `Future` at one place each: which waker is called, and what a dropped handle does.

use crate::caught;
use futures::future::{AbortHandle, Abortable, Aborted};
use futures::task::{ArcWake, waker};
use paintdry_conformance::{Broken, broken_promises};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const HANDLES_KEEP_THEIR_FIRST_WAKER: u8 = 1;
const SLEEPS_KEEP_THEIR_FIRST_WAKER: u8 = 2;
const YIELDS_WAKE_THEIR_TASK: u8 = 3;
const MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE: u8 = 4;
const HANDLES_THAT_WERE_POLLED_CANCEL: u8 = 5;
const TIMERS_WAIT_UNTIL_NOBODY_YIELDS: u8 = 6;

/// The runtime, with a fault.
struct Faulty<const FAULT: u8>(OwnRuntime);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

thread_local! {
    /// The waker of the current task.
    static TASK: RefCell<Option<Waker>> = const { RefCell::new(None) };
    static YIELDS: Cell<u32> = const { Cell::new(0) };
}

/// Polls the future with the waker of its first poll.
struct KeepsItsFirstWaker<F>(Pin<Box<F>>, Option<Waker>);

impl<F: Future> Future for KeepsItsFirstWaker<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let first = self.1.get_or_insert_with(|| context.waker().clone()).clone();
        self.0.as_mut().poll(&mut Context::from_waker(&first))
    }
}

/// Notes the current task.
async fn known_by_its_waker<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        TASK.set(Some(context.waker().clone()));
        future.as_mut().poll(context)
    })
    .await
}

/// A waker that only works on the thread that made it.
struct OnThread(ThreadId, Waker);

impl ArcWake for OnThread {
    fn wake_by_ref(this: &Arc<Self>) {
        if thread::current().id() == this.0 {
            this.1.wake_by_ref();
        }
    }
}

async fn woken_on_its_thread_alone<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let waker = waker(Arc::new(OnThread(thread::current().id(), context.waker().clone())));
        future.as_mut().poll(&mut Context::from_waker(&waker))
    })
    .await
}

/// Aborts the task when it is dropped after a poll.
struct CancelsWhenPolled<T>(Boxed<Result<Result<T, Aborted>, TaskError>>, AbortHandle, bool);

impl<T> Future for CancelsWhenPolled<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.2 = true;
        self.0
            .as_mut()
            .poll(context)
            .map(|result| result.and_then(|result| result.map_err(|Aborted| TaskError::Cancelled)))
    }
}

impl<T> Drop for CancelsWhenPolled<T> {
    fn drop(&mut self) {
        if self.2 {
            self.1.abort();
        }
    }
}

fn wakes_its_task() -> impl Future<Output = ()> + Send {
    let mut has_yielded = false;
    poll_fn(move |_| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        TASK.with_borrow(|task| task.iter().for_each(Waker::wake_by_ref));
        Poll::Pending
    })
}

async fn until_nobody_yields(duration: Duration) {
    OwnRuntime::sleep(duration).await;
    let mut seen = None;
    while seen.replace(YIELDS.get()) != Some(YIELDS.get()) {
        OwnRuntime::sleep(Duration::from_millis(1)).await;
    }
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    type Task<T: Send + 'static> = Boxed<Result<T, TaskError>>;

    fn start() -> Self {
        Self(OwnRuntime::start())
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        if FAULT == MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE {
            return self.0.run_until_complete(woken_on_its_thread_alone(future));
        }
        self.0.run_until_complete(known_by_its_waker(future))
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        match FAULT {
            HANDLES_KEEP_THEIR_FIRST_WAKER => Box::pin(KeepsItsFirstWaker(Box::pin(OwnRuntime::spawn(future)), None)),
            HANDLES_THAT_WERE_POLLED_CANCEL => {
                let (cancel, cancelled) = AbortHandle::new_pair();
                let task = Box::pin(OwnRuntime::spawn(Abortable::new(future, cancelled)));
                Box::pin(CancelsWhenPolled(task, cancel, false))
            }
            _ => Box::pin(OwnRuntime::spawn(known_by_its_waker(future))),
        }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let sleep: Boxed<()> = match FAULT {
            SLEEPS_KEEP_THEIR_FIRST_WAKER => Box::pin(KeepsItsFirstWaker(Box::pin(OwnRuntime::sleep(duration)), None)),
            TIMERS_WAIT_UNTIL_NOBODY_YIELDS => Box::pin(until_nobody_yields(duration)),
            _ => Box::pin(OwnRuntime::sleep(duration)),
        };
        sleep
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        YIELDS.set(YIELDS.get() + 1);
        let yield_now: Boxed<()> = match FAULT {
            YIELDS_WAKE_THEIR_TASK => Box::pin(wakes_its_task()),
            _ => Box::pin(OwnRuntime::yield_now()),
        };
        yield_now
    }
}

/// A fault, and the promises that it breaks.
type Tried = (u8, Vec<Broken>);

/// Each of the faults, tried at the same time.
pub(crate) fn broken_by_each() -> Vec<Tried> {
    fn broken<const FAULT: u8>() -> Tried {
        (FAULT, broken_promises::<Faulty<FAULT>>(Duration::from_secs(3)))
    }
    let suites: [fn() -> Tried; 6] = [broken::<1>, broken::<2>, broken::<3>, broken::<4>, broken::<5>, broken::<6>];
    let running = suites.map(thread::spawn);
    running.into_iter().map(|suite| suite.join().expect("the suite catches panics")).collect()
}

#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    let promises = [
        (HANDLES_KEEP_THEIR_FIRST_WAKER, "a handle that is polled with one waker"),
        (SLEEPS_KEEP_THEIR_FIRST_WAKER, "a sleep that is polled with one waker"),
        (YIELDS_WAKE_THEIR_TASK, "a yield calls the waker that it is polled with"),
        (MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE, "the main future is woken from another thread"),
        (HANDLES_THAT_WERE_POLLED_CANCEL, "dropping a handle that was polled"),
        (TIMERS_WAIT_UNTIL_NOBODY_YIELDS, "a sleep ends while other tasks are ready all the time"),
    ];
    for ((fault, broken), (expected, promise)) in broken_by_each().iter().zip(promises) {
        assert_eq!(*fault, expected);
        caught(broken, promise, &[]);
    }
}
