//! Runtimes that are right in the middle of a task's life, and wrong before its first turn, inside its poll, when it is dropped,
//! after its end, or between two runs.

use crate::caught;
use futures::future::{AbortHandle, Abortable};
use futures::task::{ArcWake, waker};
use paintdry_conformance::{Broken, PanicInDrop, broken_promises, broken_under_faults};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

const CANCELS_WHAT_HAS_NOT_BEGUN: u8 = 0;
const BORROWS_A_TASK_IN_ITS_POLL: u8 = 1;
const CANCELS_BY_SLOT: u8 = 2;
const CANCELS_FROM_ELSEWHERE_WAIT_FOR_MAIN: u8 = 3;
const FORGETS_WHAT_IS_READY: u8 = 4;
const WAKERS_NEED_THEIR_RUNTIME: u8 = 5;
const MAIN_DOES_NOT_YIELD: u8 = 6;
const DROPS_WHILE_IT_BORROWS: u8 = 7;

/// The runtime, with a fault.
struct Faulty<const FAULT: u8>(OwnRuntime, Gone);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Notes, when it is dropped, that the runtime is gone.
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// What the handles of a runtime share.
#[derive(Default)]
struct Cancels {
    /// The tasks that have not ended, by slot.
    slots: Mutex<Vec<Option<AbortHandle>>>,
    /// Those whose handle was dropped on another thread.
    elsewhere: Mutex<Vec<AbortHandle>>,
}

thread_local! {
    static CANCELS: Arc<Cancels> = Arc::default();
    static RUN: Cell<usize> = const { Cell::new(0) };
    /// Whether the table of tasks is borrowed, because an ended task is dropped.
    static IS_BORROWED: Cell<bool> = const { Cell::new(false) };
    static IS_MAIN: Cell<bool> = const { Cell::new(false) };
    static IS_GONE: RefCell<Arc<AtomicBool>> = RefCell::default();
}

/// With `WAKERS_NEED_THEIR_RUNTIME`, a waker that panics when the runtime is gone.
struct Needy(Waker, Arc<AtomicBool>);

impl ArcWake for Needy {
    fn wake_by_ref(this: &Arc<Self>) {
        if this.1.load(SeqCst) {
            resume_unwind(Box::new("there is no queue")); // which prints nothing, unlike `panic!`
        }
        this.0.wake_by_ref();
    }
}

fn polled<const FAULT: u8, F: Future + ?Sized>(
    future: Pin<&mut F>,
    is_main: bool,
    context: &mut Context<'_>,
) -> Poll<F::Output> {
    let outer = IS_MAIN.replace(is_main);
    let polled = if FAULT == WAKERS_NEED_THEIR_RUNTIME {
        let needy = waker(Arc::new(Needy(context.waker().clone(), IS_GONE.with_borrow(Arc::clone))));
        future.poll(&mut Context::from_waker(&needy))
    } else {
        future.poll(context)
    };
    IS_MAIN.set(outer);
    polled
}

/// How far a task has come.
#[derive(Default)]
struct Stage {
    has_begun: AtomicBool,
    is_polled: AtomicBool,
}

/// Does something when it is dropped.
struct Handle<T>(Boxed<Result<T, TaskError>>, Option<Box<dyn FnOnce() + Send>>);

impl<T> Future for Handle<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        self.1.take().into_iter().for_each(|when_dropped| when_dropped());
    }
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    const CANCELS_ON_DROP: bool = matches!(FAULT, CANCELS_BY_SLOT | CANCELS_FROM_ELSEWHERE_WAIT_FOR_MAIN);

    type Task<T: Send + 'static> = Handle<T>;

    fn start() -> Self {
        Self(OwnRuntime::start(), Gone(Arc::default()))
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        RUN.set(RUN.get() + 1);
        IS_GONE.set(Arc::clone(&self.1.0));
        let cancels = CANCELS.with(Arc::clone);
        self.0.run_until_complete(async move {
            let mut future = pin!(future);
            poll_fn(|context| {
                cancels.elsewhere.lock().unwrap().drain(..).for_each(|cancel| cancel.abort());
                polled::<FAULT, _>(future.as_mut(), true, context)
            })
            .await
        })
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        if FAULT == DROPS_WHILE_IT_BORROWS && IS_BORROWED.get() {
            resume_unwind(Box::new("already borrowed"));
        }
        let (stage, cancels, home, run) =
            (Arc::<Stage>::default(), CANCELS.with(Arc::clone), thread::current().id(), RUN.get());
        let (cancel, cancelled) = AbortHandle::new_pair();
        let mut slots = cancels.slots.lock().unwrap();
        let slot = slots.iter().position(Option::is_none).unwrap_or(slots.len());
        match slots.get_mut(slot) {
            Some(free) => *free = Some(cancel.clone()),
            None => slots.push(Some(cancel.clone())),
        }
        drop(slots);
        let (mut future, own, table) =
            (Some(Box::pin(Abortable::new(future, cancelled))), Arc::clone(&stage), Arc::clone(&cancels));
        let task = OwnRuntime::spawn(poll_fn(move |context| {
            let has_begun = own.has_begun.load(SeqCst);
            if FAULT == FORGETS_WHAT_IS_READY && !has_begun && run != RUN.get() {
                return Poll::Pending;
            }
            own.has_begun.store(true, SeqCst);
            own.is_polled.store(true, SeqCst);
            let Some(running) = &mut future else { return Poll::Pending };
            let polled = polled::<FAULT, _>(running.as_mut(), false, context);
            own.is_polled.store(false, SeqCst);
            if polled.is_ready() {
                table.slots.lock().unwrap()[slot] = None;
                IS_BORROWED.set(true);
                future = None;
                IS_BORROWED.set(false);
            }
            polled
        }));
        let when_dropped = move || match FAULT {
            CANCELS_WHAT_HAS_NOT_BEGUN if !stage.has_begun.load(SeqCst) => cancel.abort(),
            BORROWS_A_TASK_IN_ITS_POLL if stage.is_polled.load(SeqCst) => {
                resume_unwind(Box::new("already borrowed")) // which prints nothing, unlike `panic!`
            }
            CANCELS_BY_SLOT => {
                let in_slot = cancels.slots.lock().unwrap()[slot].clone();
                if let Some(cancel) = in_slot {
                    cancel.abort();
                }
            }
            CANCELS_FROM_ELSEWHERE_WAIT_FOR_MAIN if thread::current().id() != home => {
                cancels.elsewhere.lock().unwrap().push(cancel);
            }
            CANCELS_FROM_ELSEWHERE_WAIT_FOR_MAIN => cancel.abort(),
            _ => {}
        };
        let task = Box::pin(async { task.await?.map_err(|_| TaskError::Cancelled) });
        Handle(task, Some(Box::new(when_dropped)))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        OwnRuntime::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let is_over = FAULT == MAIN_DOES_NOT_YIELD && IS_MAIN.get();
        async move {
            if !is_over {
                OwnRuntime::yield_now().await;
            }
        }
    }
}

/// The promises that each fault breaks; all are tried at the same time.
pub(crate) static BROKEN_BY_EACH: LazyLock<Vec<Vec<Broken>>> = LazyLock::new(|| {
    const LIMIT: Duration = Duration::from_secs(3);
    fn broken<const FAULT: u8>() -> Vec<Broken> {
        broken_promises::<Faulty<FAULT>>(LIMIT)
    }
    let suites: [fn() -> Vec<Broken>; 8] =
        [broken::<0>, broken::<1>, broken::<2>, broken::<3>, broken::<4>, broken::<5>, broken::<6>, || {
            broken_under_faults::<Faulty<DROPS_WHILE_IT_BORROWS>>(PanicInDrop::IsCaught, LIMIT)
        }];
    let running = suites.map(thread::spawn);
    running.into_iter().map(|suite| suite.join().expect("the suite catches panics")).collect()
});

#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    let expected = [
        (CANCELS_WHAT_HAS_NOT_BEGUN, "a handle that is dropped before the task's first turn"),
        (BORROWS_A_TASK_IN_ITS_POLL, "a task may drop its own handle"),
        (CANCELS_BY_SLOT, "a handle that is dropped after the task's end harms no other task"),
        (CANCELS_FROM_ELSEWHERE_WAIT_FOR_MAIN, "a handle may be dropped on another thread"),
        (FORGETS_WHAT_IS_READY, "a task that is ready when a run ends"),
        (WAKERS_NEED_THEIR_RUNTIME, "a waker does nothing when"),
        (MAIN_DOES_NOT_YIELD, "on one thread, a yield lets every ready task run"),
        (DROPS_WHILE_IT_BORROWS, "a future may spawn a task when it is dropped in a run"),
    ];
    for (broken, (_, promise)) in BROKEN_BY_EACH.iter().zip(expected) {
        caught(broken, promise, &[]);
    }
}
