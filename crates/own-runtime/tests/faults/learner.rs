//! A learner's executor: one thread, a queue, a list of timers. It is correct, or it has one of the usual faults of
//! a first executor.

use futures::FutureExt;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem::take;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

pub(crate) const NONE: u8 = 0;
pub(crate) const ENQUEUES_TWICE: u8 = 1;
pub(crate) const POLLS_AFTER_THE_END: u8 = 2;
pub(crate) const LOSES_A_WAKE_DURING_A_POLL: u8 = 3;
pub(crate) const FORGETS_TO_UNPARK: u8 = 4;
pub(crate) const SPAWN_RUNS_AT_ONCE: u8 = 5;
pub(crate) const SPAWN_WAITS_FOR_AWAIT: u8 = 6;
pub(crate) const LOSES_A_NESTED_SPAWN: u8 = 7;
pub(crate) const RESULTS_BY_COMPLETION: u8 = 8;
pub(crate) const HANDLE_CANCELS: u8 = 9;
pub(crate) const SAYS_THAT_IT_CANCELS: u8 = 10;
pub(crate) const PANIC_ENDS_THE_LOOP: u8 = 11;
pub(crate) const SLEEP_HOLDS_THE_THREAD: u8 = 12;
pub(crate) const SLEEP_ROUNDS_DOWN: u8 = 13;
pub(crate) const LATEST_TIMER_FIRST: u8 = 14;
pub(crate) const WAKES_GO_TO_THE_FRONT: u8 = 15;
pub(crate) const YIELD_DOES_NOTHING: u8 = 16;
pub(crate) const SLEEP_OVERFLOWS: u8 = 17;
pub(crate) const CHECKS_AND_THEN_WAITS: u8 = 18;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

struct Task {
    future: Mutex<Option<Boxed<()>>>,
    is_queued: AtomicBool,
    queue: Arc<Queue>,
}

struct Queue {
    fault: u8,
    tasks: Mutex<VecDeque<Arc<Task>>>,
    thread: Thread,
    /// For `CHECKS_AND_THEN_WAITS`.
    waits: (Mutex<()>, Condvar),
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = Arc::clone(&self.queue);
        let enqueues_twice = [ENQUEUES_TWICE, POLLS_AFTER_THE_END].contains(&queue.fault);
        if self.is_queued.swap(true, SeqCst) && !enqueues_twice {
            return;
        }
        let mut tasks = queue.tasks.lock().unwrap();
        if queue.fault == WAKES_GO_TO_THE_FRONT {
            tasks.push_front(self);
        } else {
            tasks.push_back(self);
        }
        drop(tasks);
        match queue.fault {
            FORGETS_TO_UNPARK => {}
            CHECKS_AND_THEN_WAITS => queue.waits.1.notify_all(),
            _ => queue.thread.unpark(),
        }
    }
}

impl Queue {
    /// Waits for a notification. A wake that comes before that finds no waiter: here there is more time for it than in life, so that
    /// the fault is also found on a busy machine.
    fn wait(&self, limit: Option<Duration>) {
        thread::sleep(Duration::from_micros(500));
        let guard = self.waits.0.lock().unwrap();
        drop(self.waits.1.wait_timeout(guard, limit.unwrap_or(Duration::from_secs(3600))));
    }
}

impl Task {
    fn new(queue: &Arc<Queue>, future: Option<Boxed<()>>) -> Arc<Self> {
        Arc::new(Self { future: Mutex::new(future), is_queued: AtomicBool::new(true), queue: Arc::clone(queue) })
    }

    fn poll<T>(self: &Arc<Self>, future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
        let waker = Waker::from(Arc::clone(self));
        if self.queue.fault != LOSES_A_WAKE_DURING_A_POLL {
            self.is_queued.store(false, SeqCst);
        }
        let polled = future.poll(&mut Context::from_waker(&waker));
        if self.queue.fault == LOSES_A_WAKE_DURING_A_POLL {
            self.is_queued.store(false, SeqCst);
        }
        polled
    }

    fn run(self: &Arc<Self>) {
        let Ok(mut slot) = self.future.try_lock() else { return };
        let Some(future) = slot.as_mut() else { return };
        if self.poll(future.as_mut()).is_ready() && self.queue.fault != POLLS_AFTER_THE_END {
            *slot = None;
        }
    }
}

thread_local! {
    static QUEUE: RefCell<Option<Arc<Queue>>> = const { RefCell::new(None) };
    static TIMERS: RefCell<Vec<(Instant, Waker)>> = const { RefCell::new(Vec::new()) };
    /// For `RESULTS_BY_COMPLETION`.
    static RESULTS: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

pub(crate) struct Learner<const FAULT: u8>(Arc<Queue>);

impl<const FAULT: u8> Learner<FAULT> {
    fn run_queue<F: Future>(&self, main: &Arc<Task>, mut future: Pin<&mut F>) -> Option<F::Output> {
        let mut round = take(&mut *self.0.tasks.lock().unwrap());
        while let Some(task) = round.pop_front() {
            if Arc::ptr_eq(&task, main) {
                if let Poll::Ready(output) = main.poll(future.as_mut()) {
                    return Some(output);
                }
            } else {
                let before = self.0.tasks.lock().unwrap().len();
                task.run();
                if FAULT == LOSES_A_NESTED_SPAWN && self.0.tasks.lock().unwrap().len() > before {
                    self.0
                        .tasks
                        .lock()
                        .unwrap()
                        .retain(|queued| Arc::ptr_eq(queued, &task) || Arc::ptr_eq(queued, main));
                }
            }
            if FAULT == WAKES_GO_TO_THE_FRONT {
                let mut woken = take(&mut *self.0.tasks.lock().unwrap());
                woken.append(&mut round);
                round = woken;
            }
        }
        None
    }

    /// Wakes the sleepers that are due, and if no task is ready, parks until the next one is due.
    fn sleep_until_next() {
        let mut timers = TIMERS.take();
        timers.sort_by_key(|(due, _)| *due);
        if FAULT == LATEST_TIMER_FIRST {
            timers.reverse();
        }
        let now = Instant::now();
        let due = timers.iter().take_while(|(due, _)| *due <= now).count();
        timers.drain(..due).for_each(|(_, waker)| waker.wake());
        let queue = QUEUE.with_borrow(Option::clone).unwrap();
        if queue.tasks.lock().unwrap().is_empty() {
            let wait = timers.first().map(|(due, _)| *due - now);
            match wait {
                _ if FAULT == CHECKS_AND_THEN_WAITS => queue.wait(wait),
                Some(wait) => thread::park_timeout(wait),
                None => thread::park(),
            }
        }
        TIMERS.with_borrow_mut(|others| others.append(&mut timers));
    }
}

impl<const FAULT: u8> Runtime for Learner<FAULT> {
    const NAME: &'static str = "learner";

    const CANCELS_ON_DROP: bool = FAULT == SAYS_THAT_IT_CANCELS;

    type Task<T: Send + 'static> = Boxed<Result<T, TaskError>>;

    fn start() -> Self {
        let (tasks, waits) = Default::default();
        Self(Arc::new(Queue { fault: FAULT, tasks, thread: thread::current(), waits }))
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        QUEUE.set(Some(Arc::clone(&self.0)));
        let mut future = pin!(future);
        let main = Task::new(&self.0, None);
        self.0.tasks.lock().unwrap().push_back(Arc::clone(&main));
        loop {
            if let Some(output) = self.run_queue(&main, future.as_mut()) {
                return output;
            }
            Self::sleep_until_next();
        }
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let (promise, result) = oneshot::channel();
        let future: Boxed<()> = Box::pin(async move {
            let future = AssertUnwindSafe(future);
            let result = match FAULT {
                PANIC_ENDS_THE_LOOP => Ok(future.await),
                _ => future.catch_unwind().await.map_err(TaskError::from_panic),
            };
            if FAULT == RESULTS_BY_COMPLETION {
                RESULTS.with_borrow_mut(|results| results.push(Box::new(result)));
            } else {
                let _ = promise.send(result);
            }
        });
        if FAULT == SPAWN_WAITS_FOR_AWAIT {
            return Box::pin(async {
                future.await;
                result.await.unwrap()
            });
        }
        let queue = QUEUE.with_borrow(Option::clone).unwrap();
        let task = Task::new(&queue, Some(future));
        match FAULT {
            SPAWN_RUNS_AT_ONCE => task.run(),
            _ => queue.tasks.lock().unwrap().push_back(Arc::clone(&task)),
        }
        let cancels = Cancels((FAULT == HANDLE_CANCELS).then_some(task));
        Box::pin(async move {
            let result = result.await;
            drop(cancels);
            match result {
                Ok(result) => result,
                Err(_) if FAULT == RESULTS_BY_COMPLETION => oldest_result(),
                Err(_) => Err(TaskError::Cancelled),
            }
        })
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let rounded = match FAULT {
            SLEEP_ROUNDS_DOWN => {
                duration.saturating_sub(Duration::from_nanos(u64::from(duration.subsec_nanos()) % 10_000_000))
            }
            _ => duration,
        };
        let due = match FAULT {
            SLEEP_OVERFLOWS => Some(Instant::now() + duration),
            _ => Instant::now().checked_add(rounded),
        };
        poll_fn(move |context| {
            if FAULT == SLEEP_HOLDS_THE_THREAD {
                thread::sleep(duration.min(Duration::from_millis(100))); // long enough to be seen
            }
            let Some(due) = due else { return Poll::Pending };
            if Instant::now() >= due {
                return Poll::Ready(());
            }
            TIMERS.with_borrow_mut(|timers| timers.push((due, context.waker().clone())));
            Poll::Pending
        })
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let mut is_over = FAULT == YIELD_DOES_NOTHING;
        poll_fn(move |context| {
            if is_over {
                return Poll::Ready(());
            }
            is_over = true;
            context.waker().wake_by_ref();
            Poll::Pending
        })
    }
}

/// The result of the task that ended first, if it has the right type.
fn oldest_result<T: 'static>() -> Result<T, TaskError> {
    let is_one = |result: &Box<dyn Any>| result.is::<Result<T, TaskError>>();
    let result = RESULTS.with_borrow_mut(|results| results.iter().position(is_one).map(|at| results.remove(at)));
    *result.unwrap().downcast().unwrap()
}

struct Cancels(Option<Arc<Task>>);

impl Drop for Cancels {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            let future = task.future.lock().unwrap().take();
            drop(future);
        }
    }
}
