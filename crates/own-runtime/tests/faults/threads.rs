//! Runtimes that are correct as long as one thread calls them in one run. They lose wakes, handles or sleeps when another
//! thread, another run or an endless yield comes in between.

use crate::caught;
use futures::task::{ArcWake, waker};
use paintdry_conformance::{Broken, broken_promises};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::Cell;
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN: u8 = 0;
const LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK: u8 = 1;
const WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS: u8 = 2;
const MAIN_WAITS_UNTIL_NO_TASK_YIELDS: u8 = 3;
const LOSES_WAKES_BETWEEN_RUNS: u8 = 4;
const LOSES_TIMERS_BETWEEN_RUNS: u8 = 5;
const HANDLES_NEVER_END_ELSEWHERE: u8 = 6;
const HANDLES_PANIC_ELSEWHERE: u8 = 7;
const HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE: u8 = 8;
const SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE: u8 = 9;
const SAYS_SEVEN_THREADS: u8 = 10;

/// The runtime, with a fault.
struct Faulty<const FAULT: u8>(OwnRuntime);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What the wakers of a runtime share.
#[derive(Default)]
struct Shared {
    is_running: AtomicBool,
    /// The number of the run.
    run: AtomicUsize,
    /// How many tasks have yielded in their last poll.
    yielding: AtomicUsize,
    /// Wakers that were called on another thread and wait until no task yields.
    held_up: Mutex<Vec<Waker>>,
}

thread_local! {
    static SHARED: Arc<Shared> = Arc::default();
    /// Whether the current task has yielded.
    static HAS_YIELDED: Cell<bool> = const { Cell::new(false) };
}

fn shared() -> Arc<Shared> {
    SHARED.with(Arc::clone)
}

/// The waker of a task, with the fault.
struct FaultyWaker<const FAULT: u8> {
    waker: Waker,
    home: ThreadId,
    run: usize,
    is_polled: Arc<AtomicBool>,
    shared: Arc<Shared>,
}

impl<const FAULT: u8> ArcWake for FaultyWaker<FAULT> {
    fn wake_by_ref(this: &Arc<Self>) {
        let (is_elsewhere, shared) = (thread::current().id() != this.home, &this.shared);
        match FAULT {
            LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN | LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK
                if is_elsewhere && this.is_polled.load(SeqCst) => {}
            LOSES_WAKES_BETWEEN_RUNS if !shared.is_running.load(SeqCst) => {}
            LOSES_TIMERS_BETWEEN_RUNS if this.run != shared.run.load(SeqCst) => {}
            WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS if is_elsewhere && shared.yielding.load(SeqCst) > 0 => {
                shared.held_up.lock().unwrap().push(this.waker.clone());
            }
            _ => this.waker.wake_by_ref(),
        }
    }
}

/// Polls the future with the faulty waker, and counts it while it yields.
async fn faultily_woken<const FAULT: u8, F: Future>(future: F) -> F::Output {
    let (shared, is_polled) = (shared(), Arc::new(AtomicBool::new(false)));
    let (mut future, mut is_yielding) = (pin!(future), false);
    poll_fn(|context| {
        let waker = waker(Arc::new(FaultyWaker::<FAULT> {
            waker: context.waker().clone(),
            home: thread::current().id(),
            run: shared.run.load(SeqCst),
            is_polled: Arc::clone(&is_polled),
            shared: Arc::clone(&shared),
        }));
        is_polled.store(true, SeqCst);
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        is_polled.store(false, SeqCst);
        match (std::mem::replace(&mut is_yielding, HAS_YIELDED.take() && polled.is_pending()), is_yielding) {
            (false, true) => _ = shared.yielding.fetch_add(1, SeqCst),
            (true, false) => _ = shared.yielding.fetch_sub(1, SeqCst),
            _ => {}
        }
        if shared.yielding.load(SeqCst) == 0 {
            let held_up = std::mem::take(&mut *shared.held_up.lock().unwrap());
            held_up.into_iter().for_each(Waker::wake);
        }
        polled
    })
    .await
}

/// Runs again and again, but does nothing as long as a task yields.
async fn until_no_task_yields<F: Future>(future: F) -> F::Output {
    let (mut future, shared) = (pin!(future), shared());
    poll_fn(|context| {
        if shared.yielding.load(SeqCst) == 0 {
            return future.as_mut().poll(context);
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Knows the thread on which it was made.
struct Home {
    thread: ThreadId,
    panics_when_dropped_elsewhere: bool,
}

impl Home {
    fn is_elsewhere(&self) -> bool {
        thread::current().id() != self.thread
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if self.panics_when_dropped_elsewhere && self.is_elsewhere() {
            resume_unwind(Box::new("dropped elsewhere")); // which prints nothing, unlike `panic!`
        }
    }
}

/// A handle or a sleep that, with some faults, another thread cannot poll or drop.
fn at_home<const FAULT: u8, T: 'static>(
    panics_when_dropped_elsewhere: bool,
    future: impl Future<Output = T> + Send + 'static,
) -> Boxed<T> {
    let mut future = Box::pin(future);
    let home = Home { thread: thread::current().id(), panics_when_dropped_elsewhere };
    Box::pin(poll_fn(move |context| match FAULT {
        HANDLES_NEVER_END_ELSEWHERE if home.is_elsewhere() => Poll::Pending,
        HANDLES_PANIC_ELSEWHERE if home.is_elsewhere() => resume_unwind(Box::new("polled elsewhere")),
        _ => future.as_mut().poll(context),
    }))
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    type Task<T: Send + 'static> = Boxed<Result<T, TaskError>>;

    fn start() -> Self {
        Self(OwnRuntime::start())
    }

    fn threads(&self) -> usize {
        if FAULT == SAYS_SEVEN_THREADS { 7 } else { 1 }
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let shared = shared();
        shared.run.fetch_add(1, SeqCst);
        shared.is_running.store(true, SeqCst);
        let output = match FAULT {
            LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN => {
                self.0.run_until_complete(faultily_woken::<FAULT, _>(future))
            }
            MAIN_WAITS_UNTIL_NO_TASK_YIELDS => self.0.run_until_complete(until_no_task_yields(future)),
            _ => self.0.run_until_complete(future),
        };
        shared.is_running.store(false, SeqCst);
        output
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let task: Boxed<Result<F::Output, TaskError>> = match FAULT {
            LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN | LOSES_TIMERS_BETWEEN_RUNS => OwnRuntime::spawn(future),
            _ => OwnRuntime::spawn(faultily_woken::<FAULT, _>(future)),
        };
        at_home::<FAULT, _>(FAULT == HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE, task)
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let sleep = OwnRuntime::sleep(duration);
        match FAULT {
            LOSES_TIMERS_BETWEEN_RUNS => Box::pin(faultily_woken::<FAULT, _>(sleep)),
            _ => at_home::<FAULT, _>(FAULT == SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE, sleep),
        }
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let mut yields = Box::pin(OwnRuntime::yield_now());
        poll_fn(move |context| {
            let polled = yields.as_mut().poll(context);
            HAS_YIELDED.set(polled.is_pending());
            polled
        })
    }
}

/// The promises that each fault breaks; all are tried at the same time.
pub(crate) fn broken_by_each() -> Vec<Vec<Broken>> {
    fn broken<const FAULT: u8>() -> Vec<Broken> {
        broken_promises::<Faulty<FAULT>>(Duration::from_secs(3))
    }
    let suites: [fn() -> Vec<Broken>; 11] = [
        broken::<0>,
        broken::<1>,
        broken::<2>,
        broken::<3>,
        broken::<4>,
        broken::<5>,
        broken::<6>,
        broken::<7>,
        broken::<8>,
        broken::<9>,
        broken::<10>,
    ];
    let running = suites.map(thread::spawn);
    running.into_iter().map(|suite| suite.join().expect("the suite catches panics")).collect()
}

/// The words belong to faults that are found at once. The others may be reported as a check that has not ended.
#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    const IN_A_POLL: &str = "a wake from another thread while the task is polled";
    let expected = [
        (LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN, IN_A_POLL, ""),
        (LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK, IN_A_POLL, ""),
        (
            WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS,
            "a wake from another thread reaches the task while others yield",
            "",
        ),
        (MAIN_WAITS_UNTIL_NO_TASK_YIELDS, "the main future runs while tasks yield all the time", ""),
        (LOSES_WAKES_BETWEEN_RUNS, "a task that waits for its waker when a run ends", ""),
        (LOSES_TIMERS_BETWEEN_RUNS, "a task that sleeps when a run ends", ""),
        (HANDLES_NEVER_END_ELSEWHERE, "a handle gives its result on another thread", ""),
        (
            HANDLES_PANIC_ELSEWHERE,
            "a handle gives its result on another thread",
            "Err(the task panicked: polled elsewhere)",
        ),
        (
            HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE,
            "a handle may be dropped on another thread",
            "the drop was Err(the task panicked: dropped elsewhere)",
        ),
        (
            SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE,
            "a sleep may be dropped on another thread",
            "the drop of a sleep that was polled 0 times was Err(the task panicked: dropped elsewhere)",
        ),
        (SAYS_SEVEN_THREADS, "as many threads run the tasks as `threads` says", ""),
    ];
    for (broken, (fault, promise, words)) in broken_by_each().iter().zip(expected) {
        let message = caught(broken, promise, &[]);
        assert!(message.contains(words), "fault {fault} is caught in other words:\n{message}");
    }
}
