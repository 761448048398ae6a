//! A runtime of one's own: one thread, a ready queue, timers, and wakers. The last chapter of the course,
//! `docs/12-your-own-runtime.md`, builds it step by step.
//!
//! ```
//! use paintdry_core::Runtime;
//! use paintdry_own_runtime::OwnRuntime;
//!
//! let sum = OwnRuntime::start().run_until_complete(async {
//!     let two = OwnRuntime::spawn(async { 2 });
//!     two.await.map(|two| two + 3)
//! });
//! assert_eq!(sum, Ok(5));
//! ```

use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// The numbers of the tasks that are ready, in the order in which they run.
type ReadyQueue = Arc<Mutex<VecDeque<u64>>>;

/// What a waker does, from whichever thread: it puts its task at the end of the ready queue, unless it stands there
/// already, and wakes the thread that runs the tasks.
struct TaskWaker {
    number: u64,
    is_queued: AtomicBool,
    ready: ReadyQueue,
    thread: Thread,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            self.ready.lock().expect("nobody panics with the lock").push_back(self.number);
            self.thread.unpark();
        }
    }
}

impl TaskWaker {
    /// Polls `future`. The mark is taken away before: a wake that comes during the poll must lead to another one.
    fn poll<F: Future + ?Sized>(self: &Arc<Self>, future: Pin<&mut F>) -> Poll<F::Output> {
        self.is_queued.store(false, SeqCst);
        future.poll(&mut Context::from_waker(&Waker::from(Arc::clone(self))))
    }
}

/// A task that has not ended: its future, which gives its result to whoever awaits it, and its waker.
struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Arc<TaskWaker>,
}

#[derive(Default)]
struct Executor {
    ready: ReadyQueue,
    tasks: RefCell<HashMap<u64, Task>>,
    /// By the time at which they are due and, because two may be due at once, by a number.
    timers: RefCell<BTreeMap<(Instant, u64), Waker>>,
    last_number: Cell<u64>,
}

thread_local! {
    /// The executor that runs on this thread, so that `spawn` and `sleep`, which have no `self`, find it.
    static CURRENT: RefCell<Option<Rc<Executor>>> = const { RefCell::new(None) };
}

/// While this lives, the executor is the thread's current one; then the one before is again. A value, so that a panic
/// ends it, too.
struct Entered(Option<Rc<Executor>>);

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.replace(self.0.take());
    }
}

impl Executor {
    fn current() -> Rc<Self> {
        CURRENT.with_borrow(Option::clone).expect("called inside `run_until_complete` of `OwnRuntime`")
    }

    fn next_number(&self) -> u64 {
        self.last_number.set(self.last_number.get() + 1);
        self.last_number.get()
    }

    /// The waker of a new task, which is ready at once.
    fn new_waker(&self) -> Arc<TaskWaker> {
        let (number, ready) = (self.next_number(), Arc::clone(&self.ready));
        let waker = Arc::new(TaskWaker { number, is_queued: AtomicBool::new(false), ready, thread: thread::current() });
        Arc::clone(&waker).wake();
        waker
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let main = self.new_waker();
        loop {
            let next_timer = self.wake_sleepers();
            let ready = self.ready.lock().expect("nobody panics with the lock").pop_front();
            match (ready, next_timer) {
                (Some(number), _) if number == main.number => {
                    if let Poll::Ready(output) = main.poll(future.as_mut()) {
                        return output;
                    }
                }
                (Some(number), _) => self.run_task(number),
                (None, Some(due)) => thread::park_timeout(due.saturating_duration_since(Instant::now())),
                (None, None) => thread::park(),
            }
        }
    }

    /// Gives a task its turn. It is out of the table meanwhile, because it may spawn others. A number without a task is
    /// that of one that has ended.
    fn run_task(&self, number: u64) {
        let task = self.tasks.borrow_mut().remove(&number);
        if let Some(mut task) = task
            && task.waker.clone().poll(task.future.as_mut()).is_pending()
        {
            self.tasks.borrow_mut().insert(number, task);
        }
    }

    /// Wakes those whose time has come, and says when the next is due.
    fn wake_sleepers(&self) -> Option<Instant> {
        loop {
            let mut timers = self.timers.borrow_mut();
            let first = timers.first_entry()?;
            let (due, _) = *first.key();
            if due > Instant::now() {
                return Some(due);
            }
            let waker = first.remove();
            drop(timers); // a waker may be anything, and come back here
            waker.wake();
        }
    }
}

/// The runtime: all tasks on the thread that starts it.
#[expect(missing_debug_implementations, reason = "a future says nothing about itself")]
pub struct OwnRuntime(Rc<Executor>);

impl Runtime for OwnRuntime {
    const NAME: &'static str = "own";

    type Task<T: Send + 'static> = Pin<Box<dyn Future<Output = Result<T, TaskError>> + Send>>;

    fn start() -> Self {
        Self(Rc::default())
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let _entered = Entered(CURRENT.replace(Some(Rc::clone(&self.0))));
        self.0.block_on(future)
    }

    /// # Panics
    /// Outside of `run_until_complete`.
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let (promise, result) = oneshot::channel();
        let task = async {
            let result = AssertUnwindSafe(future).catch_unwind().await.map_err(TaskError::from_panic);
            let _ = promise.send(result); // whoever dropped the handle does not want it
        };
        let executor = Executor::current();
        let waker = executor.new_waker();
        executor.tasks.borrow_mut().insert(waker.number, Task { future: Box::pin(task), waker });
        Box::pin(async { result.await.unwrap_or(Err(TaskError::Cancelled)) })
    }

    /// It counts from the call.
    ///
    /// # Panics
    /// Outside of `run_until_complete`, when it is polled.
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let due = Instant::now() + duration;
        poll_fn(move |context| {
            if Instant::now() >= due {
                return Poll::Ready(());
            }
            let executor = Executor::current();
            let key = (due, executor.next_number());
            executor.timers.borrow_mut().insert(key, context.waker().clone());
            Poll::Pending
        })
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let mut has_yielded = false;
        poll_fn(move |context| {
            if has_yielded {
                return Poll::Ready(());
            }
            has_yielded = true;
            context.waker().wake_by_ref();
            Poll::Pending
        })
    }
}
