//! Wakers that wake the wrong task, too late or not at all, and futures that are polled with them.

use crate::named::*;
use futures::task::{ArcWake, waker};
use paintdry_core::Runtime;
use paintdry_own_runtime::OwnRuntime;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// Polls the future with the waker of its first poll.
pub(crate) struct KeepsItsFirstWaker<F>(Pin<Box<F>>, Option<Waker>);

impl<F> KeepsItsFirstWaker<F> {
    pub(crate) fn new(future: F) -> Self {
        Self(Box::pin(future), None)
    }
}

impl<F: Future> Future for KeepsItsFirstWaker<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let first = self.1.get_or_insert_with(|| context.waker().clone()).clone();
        self.0.as_mut().poll(&mut Context::from_waker(&first))
    }
}

/// Notes the current task.
pub(crate) async fn known_by_its_waker<F: Future>(future: F) -> F::Output {
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

pub(crate) async fn woken_on_its_thread_alone<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let waker = waker(Arc::new(OnThread(thread::current().id(), context.waker().clone())));
        future.as_mut().poll(&mut Context::from_waker(&waker))
    })
    .await
}

pub(crate) fn wakes_its_task() -> impl Future<Output = ()> + Send {
    let mut has_yielded = false;
    poll_fn(move |_| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        TASK.with_borrow(|task| task.iter().for_each(Waker::wake_by_ref));
        Poll::Pending
    })
}

/// It looks by turns and not by time: on a busy machine a millisecond can pass in which no task ran.
pub(crate) async fn sleep_until_no_task_yields(duration: Duration) {
    OwnRuntime::sleep(duration).await;
    loop {
        let seen = YIELDS.get();
        OwnRuntime::yield_now().await; // each task that yields has a turn before this one
        if YIELDS.get() == seen {
            return;
        }
        OwnRuntime::sleep(Duration::from_millis(1)).await;
    }
}

/// The runtime's own yield, which is counted.
pub(crate) fn noted_yield() -> impl Future<Output = ()> + Send {
    YIELDS.set(YIELDS.get() + 1);
    let mut yields = Box::pin(OwnRuntime::yield_now());
    poll_fn(move |context| {
        let polled = yields.as_mut().poll(context);
        HAS_YIELDED.set(polled.is_pending());
        polled
    })
}

/// What the wakers of a runtime share.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) is_running: AtomicBool,
    /// The number of the run.
    pub(crate) run: AtomicUsize,
    /// How many tasks have yielded in their last poll.
    yielding: AtomicUsize,
    /// Wakers that were called on another thread and wait until no task yields.
    held_up: Mutex<Vec<Waker>>,
}

thread_local! {
    static SHARED: Arc<Shared> = Arc::default();
    /// Whether the current task has yielded.
    static HAS_YIELDED: Cell<bool> = const { Cell::new(false) };
    static YIELDS: Cell<u32> = const { Cell::new(0) };
    /// The waker of the current task.
    static TASK: RefCell<Option<Waker>> = const { RefCell::new(None) };
}

pub(crate) fn shared() -> Arc<Shared> {
    SHARED.with(Arc::clone)
}

/// How many tasks that yield keep all threads busy.
const fn busy(fault: u8) -> usize {
    match said_threads(fault) {
        Some(threads) => threads,
        None => 1,
    }
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
            WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS | WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE
                if is_elsewhere && shared.yielding.load(SeqCst) >= busy(FAULT) =>
            {
                shared.held_up.lock().unwrap().push(this.waker.clone());
            }
            _ => this.waker.wake_by_ref(),
        }
    }
}

/// Polls the future with the faulty waker, and counts it while it yields.
pub(crate) async fn faultily_woken<const FAULT: u8, F: Future>(future: F) -> F::Output {
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
        if shared.yielding.load(SeqCst) < busy(FAULT) {
            let held_up = std::mem::take(&mut *shared.held_up.lock().unwrap());
            held_up.into_iter().for_each(Waker::wake);
        }
        polled
    })
    .await
}

/// Runs again and again, but does nothing as long as a task yields.
pub(crate) async fn until_no_task_yields<F: Future>(future: F) -> F::Output {
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
