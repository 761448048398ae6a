//! Your own runtime: a ready queue, a table of futures, a map of timers, and one thread. Chapter 12 of the
//! course, `docs/12-your-own-runtime.md`, builds it step by step.
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

use futures::channel::oneshot;
use futures::future::{BoxFuture, FutureExt, maybe_done};
use paintdry_core::{Runtime, TaskError};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// The identity of a task or a sleep.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(0);

/// What a waker knows of its task.
struct Task {
    number: u64,
    is_queued: AtomicBool,
    ready_queue: mpsc::Sender<Arc<Task>>,
}

impl Wake for Task {
    /// On any thread: puts the task at the end of the ready queue, unless it is in it already.
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            let _ = self.ready_queue.send(Arc::clone(&self)); // fails after the runtime was dropped, which is no error
        }
    }
}

/// The runtime: all tasks on the thread that starts it.
#[expect(missing_debug_implementations, reason = "a future has nothing to print")]
pub struct OwnRuntime {
    ready: mpsc::Receiver<Arc<Task>>,
    /// The other end of `ready`: each task has a clone.
    ready_queue: mpsc::Sender<Arc<Task>>,
    /// The futures of the tasks that have not ended, by number. They are dropped with the runtime, even if the drop of
    /// one panics: a `HashMap` would then leak the rest.
    futures: RefCell<BTreeMap<u64, BoxFuture<'static, ()>>>,
    /// The wakers of the sleepers, by their due time and, because two may be due at once, by a number.
    timers: RefCell<BTreeMap<(Instant, u64), Waker>>,
}

// The runtime that runs on this thread, so that `spawn` and `sleep`, which have no `self`, find it.
scoped_tls::scoped_thread_local!(static CURRENT: OwnRuntime);

impl OwnRuntime {
    /// A new task, which is ready at once.
    fn new_task(&self) -> Arc<Task> {
        let (number, ready_queue) = (NEXT_NUMBER.fetch_add(1, SeqCst), self.ready_queue.clone());
        let task = Arc::new(Task { number, is_queued: AtomicBool::new(false), ready_queue });
        task.wake_by_ref();
        task
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let mut main_future = pin!(future);
        let main_task = self.new_task();
        loop {
            let task = self.next_ready();
            let is_main = Arc::ptr_eq(&task, &main_task);
            let waker = Waker::from(Arc::clone(&task));
            let mut context = Context::from_waker(&waker);
            task.is_queued.store(false, SeqCst); // before the poll: a wake during the poll leads to another poll
            let future = self.futures.borrow_mut().remove(&task.number); // the table must be free: the task may spawn
            if let Some(mut future) = future {
                if future.as_mut().poll(&mut context).is_pending() {
                    self.futures.borrow_mut().insert(task.number, future);
                }
            } else if is_main && let Poll::Ready(output) = main_future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    /// Takes a task from the ready queue. Until there is one, the thread waits, and wakes each sleeper in time.
    fn next_ready(&self) -> Arc<Task> {
        loop {
            let first = self.timers.borrow().keys().next().copied();
            let Some(first) = first else { return self.ready.recv().expect("the runtime keeps a sender") };
            let wait = first.0.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                let waker = self.timers.borrow_mut().remove(&first).expect("it was there");
                waker.wake(); // the map is not borrowed, because a waker may call back here
            } else if let Ok(task) = self.ready.recv_timeout(wait) {
                return task;
            }
        }
    }
}

impl Runtime for OwnRuntime {
    const NAME: &'static str = "own";

    type Task<T: Send + 'static> = BoxFuture<'static, Result<T, TaskError>>;

    fn start() -> Self {
        let (ready_queue, ready) = mpsc::channel();
        Self { ready, ready_queue, futures: RefCell::default(), timers: RefCell::default() }
    }

    fn threads(&self) -> usize {
        1
    }

    /// # Panics
    /// If the future panics, and if it is called inside itself.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        assert!(!CURRENT.is_set(), "`run_until_complete` was called inside itself; await the future instead");
        CURRENT.set(self, || self.block_on(future))
    }

    /// # Panics
    /// Outside `run_until_complete`.
    fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(future: F) -> Self::Task<F::Output> {
        let (promise, result) = oneshot::channel();
        let mut future = Box::pin(maybe_done(future)); // the result takes the future's place: their drops never panic at the same time
        let future = async move {
            let ended = AssertUnwindSafe(future.as_mut()).catch_unwind().await;
            drop(promise.send(ended.map(|()| future.as_mut().take_output().expect("it has ended"))));
        };
        let future = AssertUnwindSafe(future).catch_unwind().map(drop); // dropping an unwanted result may also panic
        CURRENT.with(|runtime| runtime.futures.borrow_mut().insert(runtime.new_task().number, future.boxed()));
        async { result.await.map_err(|_| TaskError::Cancelled)?.map_err(TaskError::from_panic) }.boxed()
    }

    /// It counts from the call.
    ///
    /// # Panics
    /// Outside `run_until_complete`, when it is polled.
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let (due, number) = (Instant::now().checked_add(duration), NEXT_NUMBER.fetch_add(1, SeqCst));
        poll_fn(move |context| {
            let Some(due) = due else { return Poll::Pending }; // later than the clock can show
            if Instant::now() >= due {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            CURRENT.with(|runtime| runtime.timers.borrow_mut().insert((due, number), waker));
            Poll::Pending
        })
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let mut has_yielded = false;
        poll_fn(move |context| {
            if std::mem::replace(&mut has_yielded, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
    }
}
