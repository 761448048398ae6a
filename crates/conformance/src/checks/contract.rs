//! The checks about the contract of `Future`: it calls the waker of its last poll, even if another task polled it before.

use super::tasks::handle_dropped_by;
use super::waking::{all_saw, yielders};
use super::{Check, GIVE_UP, expect};
use crate::log::Log;
use futures::channel::oneshot;
use futures::future::join;
use futures::task::{ArcWake, waker};
use paintdry_core::Runtime;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

const WOKEN: &str = "Any task may poll it, and it calls the waker of its last poll.";

const LAST_WAKER: &str = "a combinator such as `FuturesUnordered` polls with a waker of its own, and a future may move from one \
                          task to another: at each poll replace the waker that you keep, and call the last one";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a handle that is polled with one waker and then with another calls the last one",
            trait_says: WOKEN,
            look_at: LAST_WAKER,
            try_it: Box::new(handle_calls_the_last_waker),
        },
        Check {
            promise: "a sleep that is polled with one waker and then with another calls the last one",
            trait_says: WOKEN,
            look_at: LAST_WAKER,
            try_it: Box::new(sleep_calls_the_last_waker),
        },
        Check {
            promise: "a yield calls the waker that it is polled with",
            trait_says: WOKEN,
            look_at: "the waker in the yield's `Context` need not be that of the task: call `context.waker()`",
            try_it: Box::new(yield_calls_its_waker),
        },
        Check {
            promise: "the main future is woken from another thread",
            trait_says: "It is woken as a task is.",
            look_at: "the thread in `run_until_complete` parks when nothing is ready: the main future's waker has to unpark it",
            try_it: Box::new(main_is_woken_from_another_thread),
        },
        Check {
            promise: "dropping a handle that was polled cancels or detaches the task, as `CANCELS_ON_DROP` says",
            trait_says: "Whether dropping a task's handle cancels the task. Otherwise it detaches it: the task runs on.",
            look_at: "a handle that was polled has left its waker with the task, but that does not change the owner of the task",
            try_it: Box::new(polled_handle_is_dropped),
        },
        Check {
            promise: "a sleep ends while other tasks are ready all the time",
            trait_says: "more by the granularity of the runtime's timers",
            look_at: "a loop that checks its timers only when no task is ready never checks them while a task yields without end",
            try_it: Box::new(sleep_beside_endless_yields),
        },
    ]
}

/// A waker that counts its calls.
#[derive(Default)]
struct Calls(AtomicUsize);

impl ArcWake for Calls {
    fn wake_by_ref(calls: &Arc<Self>) {
        calls.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Polls `future` with two wakers in turn, and waits for a call of the second one. Returns false if the future completed
/// before that, on a busy machine.
async fn polled_with_two<R: Runtime, F: Future>(what: &str, log: &Log, future: F) -> Result<bool, String> {
    let (first, second) = (Arc::<Calls>::default(), Arc::<Calls>::default());
    let mut future = pin!(future);
    for (name, calls) in [("first", &first), ("second", &second)] {
        log.note(&format!("{what} is polled with the {name} waker"));
        if future.as_mut().poll(&mut Context::from_waker(&waker(Arc::clone(calls)))).is_ready() {
            return Ok(false);
        }
    }
    until::<R>(|| second.0.load(Ordering::SeqCst) > 0).await;
    let (first, second) = (first.0.load(Ordering::SeqCst), second.0.load(Ordering::SeqCst));
    if second > 0 {
        Ok(true)
    } else {
        Err(format!("{what} called its first waker {first} times, and its second never"))
    }
}

/// Lets other tasks run until `is_so` holds, or for two seconds.
async fn until<R: Runtime>(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() && start.elapsed() < GIVE_UP {
        R::sleep(Duration::from_millis(1)).await;
    }
}

fn handle_calls_the_last_waker<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    runtime.run_until_complete(async {
        let go = Arc::new(AtomicBool::new(false));
        let waits = Arc::clone(&go);
        let task = log.task("the task", async move { until::<R>(|| waits.load(Ordering::SeqCst)).await });
        let handle = Box::pin(R::spawn(task));
        polled_with_two::<R, _>("the handle", log, LetsGo { future: handle, go, polls: 0 }).await.map(|_| ())
    })
}

/// Lets a task end when the task's handle, `future`, has been polled twice.
struct LetsGo<F> {
    future: F,
    go: Arc<AtomicBool>,
    polls: usize,
}

impl<F: Future> Future for LetsGo<Pin<Box<F>>> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        let polled = self.future.as_mut().poll(context);
        self.go.fetch_or(self.polls == 2, Ordering::SeqCst);
        polled
    }
}

fn sleep_calls_the_last_waker<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    runtime.run_until_complete(async {
        for length in [20, 200, 1_000].map(Duration::from_millis) {
            if polled_with_two::<R, _>("the sleep", log, R::sleep(length)).await? {
                break;
            }
        }
        Ok(())
    })
}

fn yield_calls_its_waker<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let calls = runtime.run_until_complete(async {
        let calls = Arc::<Calls>::default();
        let own: Waker = waker(Arc::clone(&calls));
        let mut yields = pin!(R::yield_now());
        log.note("a yield is polled with a waker that only counts");
        let is_ready = yields.as_mut().poll(&mut Context::from_waker(&own)).is_ready();
        until::<R>(|| is_ready || calls.0.load(Ordering::SeqCst) > 0).await;
        is_ready || calls.0.load(Ordering::SeqCst) > 0
    });
    expect("whether the waker was called", &calls, &true)
}

/// Several times, because a runtime that forgets to unpark its thread only fails if the thread is parked already.
fn main_is_woken_from_another_thread<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for _ in 0..4 {
        let (promise, future) = oneshot::channel();
        let (wait, waits) = mpsc::channel();
        let noted = log.clone();
        let other = thread::spawn(move || {
            let _ = waits.recv();
            thread::sleep(Duration::from_millis(2)); // the runtime's thread is probably parked by now; a correct one need not care
            noted.note("another thread fulfils the promise, which calls the main future's waker");
            promise.send("from outside")
        });
        let (received, _) = runtime.run_until_complete(join(future, async { wait.send(()) }));
        let _ = other.join();
        expect("what the main future received", &received, &Ok("from outside"))?;
    }
    Ok(())
}

fn polled_handle_is_dropped<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    handle_dropped_by(runtime, log, true, async |handle| {
        let mut handle = Box::pin(handle);
        let _ = handle.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        log.note("the handle was polled, and is dropped");
        Ok(())
    })
}

fn sleep_beside_endless_yields<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let start = Instant::now();
    let is_over = Arc::new(AtomicBool::new(false));
    let (reads, writes) = (Arc::clone(&is_over), Arc::clone(&is_over));
    let yielding = log.task("the yielder", async move {
        while !reads.load(Ordering::SeqCst) && start.elapsed() < GIVE_UP {
            R::yield_now().await;
        }
        reads.load(Ordering::SeqCst)
    });
    let sleeping = log.task("the sleeper", async move {
        R::sleep(Duration::from_millis(5)).await;
        writes.store(true, Ordering::SeqCst);
    });
    let seen = runtime.run_until_complete(async {
        let (yielding, sleeping) = (R::spawn(yielding), R::spawn(sleeping));
        let others = yielders::<R>(runtime.threads(), &is_over);
        let seen = (yielding.await, all_saw::<R>(others).await);
        sleeping.await.map(|()| seen)
    });
    expect("whether the sleep ended while each of the others yielded", &seen, &Ok((Ok(true), Ok(true))))
}
