//! Runtimes that are right as long as one thing happens at a time: a task awaits one sleep or one handle, another thread wakes one
//! task, and few tasks sleep.

use crate::caught;
use futures::task::{ArcWake, waker};
use paintdry_conformance::{Broken, broken_promises, broken_under_load};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const ONE_TIMER_FOR_EACH_TASK: u8 = 0;
const A_DROPPED_SLEEP_CLEARS_ALL: u8 = 1;
const A_THOUSAND_TIMERS: u8 = 2;
const ZERO_SLEEPS_LONG: u8 = 3;
const ONE_HANDLE_FOR_EACH_TASK: u8 = 4;
const ONE_WAKE_FOR_EACH_PARK: u8 = 5;

/// The runtime, with a fault.
struct Faulty<const FAULT: u8>(OwnRuntime);

thread_local! {
    /// What the tasks await, by their wakers, and whether its wake is lost.
    static AWAITED: RefCell<Vec<(Waker, Arc<AtomicBool>)>> = const { RefCell::new(Vec::new()) };
    /// Whether another thread has woken a task, and no task has been polled since then.
    static IS_WOKEN: Arc<AtomicBool> = Arc::default();
}

/// The wakes of all that the task of this waker awaits are lost, but for one.
fn loses_others(waker: &Waker, but: &Arc<AtomicBool>) {
    AWAITED.with_borrow(|awaited| {
        let others = awaited.iter().filter(|(of, lost)| of.will_wake(waker) && !Arc::ptr_eq(lost, but));
        others.for_each(|(_, lost)| lost.store(true, SeqCst));
    });
}

/// A sleep or a handle, and whether its wake is lost, which is known once it has been polled.
struct Awaited<const FAULT: u8, T> {
    future: Pin<Box<dyn Future<Output = T> + Send>>,
    lost: Option<Arc<AtomicBool>>,
    is_sleep: bool,
}

impl<const FAULT: u8, T> Future for Awaited<FAULT, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let is_sleep = self.is_sleep;
        let lost = self.lost.get_or_insert_with(|| {
            let lost = Arc::<AtomicBool>::default();
            let asleep = AWAITED.with_borrow_mut(|awaited| {
                awaited.push((context.waker().clone(), Arc::clone(&lost)));
                awaited.len()
            });
            lost.store(FAULT == A_THOUSAND_TIMERS && is_sleep && asleep > 1_000, SeqCst);
            if FAULT == (if is_sleep { ONE_TIMER_FOR_EACH_TASK } else { ONE_HANDLE_FOR_EACH_TASK }) {
                loses_others(context.waker(), &lost);
            }
            lost
        });
        if lost.load(SeqCst) { Poll::Pending } else { self.future.as_mut().poll(context) }
    }
}

impl<const FAULT: u8, T> Drop for Awaited<FAULT, T> {
    fn drop(&mut self) {
        let Some(lost) = &self.lost else { return };
        let own = AWAITED.with_borrow_mut(|awaited| {
            let position = awaited.iter().position(|(_, other)| Arc::ptr_eq(other, lost));
            position.map(|position| awaited.swap_remove(position))
        });
        if let Some((waker, lost)) = own.filter(|_| FAULT == A_DROPPED_SLEEP_CLEARS_ALL && self.is_sleep) {
            loses_others(&waker, &lost);
        }
    }
}

/// Of several calls on another thread in a row, only the first is heard.
struct OnePark(Waker, ThreadId, Arc<AtomicBool>);

impl ArcWake for OnePark {
    fn wake_by_ref(this: &Arc<Self>) {
        if thread::current().id() == this.1 || !this.2.swap(true, SeqCst) {
            this.0.wake_by_ref();
        }
    }
}

async fn woken_once_for_each_park<F: Future>(future: F) -> F::Output {
    let (mut future, is_woken) = (pin!(future), IS_WOKEN.with(Arc::clone));
    poll_fn(|context| {
        is_woken.store(false, SeqCst);
        let one = OnePark(context.waker().clone(), thread::current().id(), Arc::clone(&is_woken));
        future.as_mut().poll(&mut Context::from_waker(&waker(Arc::new(one))))
    })
    .await
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    type Task<T: Send + 'static> = Awaited<FAULT, Result<T, TaskError>>;

    fn start() -> Self {
        Self(OwnRuntime::start())
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.0.run_until_complete(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let task = match FAULT {
            ONE_WAKE_FOR_EACH_PARK => OwnRuntime::spawn(woken_once_for_each_park(future)),
            _ => OwnRuntime::spawn(future),
        };
        Awaited { future: task, lost: None, is_sleep: false }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let is_long = FAULT == ZERO_SLEEPS_LONG && duration.is_zero();
        let sleep = OwnRuntime::sleep(if is_long { Duration::from_secs(3) } else { duration });
        Awaited::<FAULT, _> { future: Box::pin(sleep), lost: None, is_sleep: true }
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        OwnRuntime::yield_now()
    }
}

/// The promises that each fault breaks; all are tried at the same time.
pub(crate) static BROKEN_BY_EACH: LazyLock<Vec<Vec<Broken>>> = LazyLock::new(|| {
    const LIMIT: Duration = Duration::from_secs(3);
    fn broken<const FAULT: u8>() -> Vec<Broken> {
        broken_promises::<Faulty<FAULT>>(LIMIT)
    }
    let suites: [fn() -> Vec<Broken>; 6] = [
        broken::<0>,
        broken::<1>,
        || broken_under_load::<Faulty<A_THOUSAND_TIMERS>>(2_000, LIMIT),
        broken::<3>,
        broken::<4>,
        broken::<5>,
    ];
    let running = suites.map(thread::spawn);
    running.into_iter().map(|suite| suite.join().expect("the suite catches panics")).collect()
});

#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    const TWO_SLEEPS: &str = "each of two sleeps of one task ends in time";
    let expected = [
        (ONE_TIMER_FOR_EACH_TASK, TWO_SLEEPS),
        (A_DROPPED_SLEEP_CLEARS_ALL, TWO_SLEEPS),
        (A_THOUSAND_TIMERS, "very many tasks sleep at the same time"),
        (ZERO_SLEEPS_LONG, "a sleep of zero ends"),
        (ONE_HANDLE_FOR_EACH_TASK, "a task may await two handles at once"),
        (ONE_WAKE_FOR_EACH_PARK, "of two tasks that another thread wakes in a row"),
    ];
    for (broken, (_, promise)) in BROKEN_BY_EACH.iter().zip(expected) {
        caught(broken, promise, &[]);
    }
}
