//! The checks about threads: how many run the tasks, and what any other thread may do with a handle or a sleep.

use super::tasks::handle_dropped_by;
use super::{Check, expect};
use crate::log::Log;
use futures::channel::oneshot;
use futures::executor::block_on;
use paintdry_core::{Runtime, TaskError, gather};
use std::collections::HashSet;
use std::future::poll_fn;
use std::hint;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::task::{Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

const ANY_THREAD: &str = "Any thread may poll it or drop it.";

const HOUR: Duration = Duration::from_secs(60 * 60);

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "as many threads run the tasks as `threads` says",
            trait_says: "How many threads run the tasks, 1 or more.",
            look_at: "`threads` counts the threads that poll tasks, at least one. When a thread takes a task it must wake another \
                      idle thread if more tasks are ready",
            try_it: Box::new(number_of_threads),
        },
        Check {
            promise: "of two tasks that another thread wakes in a row, both run",
            trait_says: "A task runs again after its waker is called, by another task, by another thread,",
            look_at: "two calls of `unpark` may end only one `park`: take all woken tasks, and not only one, before you park again",
            try_it: Box::new(two_woken_elsewhere),
        },
        Check {
            promise: "a wake that comes when the runtime is about to wait is not lost",
            trait_says: "A task runs again after its waker is called, by another task, by another thread,",
            look_at: "a wake may come between the last check of the ready queue and the wait. `park` keeps a token for it. With a \
                      `Condvar`, check under the lock that the wait releases, and put the task into the queue under the same lock",
            try_it: Box::new(woken_before_the_wait),
        },
        Check {
            promise: "a handle gives its result on another thread",
            trait_says: ANY_THREAD,
            look_at: "the handle must find the task's result without a thread-local of the runtime: share the result by an `Arc`, as a \
                      oneshot channel does",
            try_it: Box::new(handle_polled_elsewhere),
        },
        Check {
            promise: "a handle may be dropped on another thread, and cancels or detaches as `CANCELS_ON_DROP` says",
            trait_says: ANY_THREAD,
            look_at: "the drop of a handle must not use a thread-local of the runtime; one that cancels tells the runtime through \
                      something that threads share, and unparks it",
            try_it: Box::new(handle_dropped_elsewhere),
        },
        Check {
            promise: "a sleep may be dropped on another thread",
            trait_says: "You may drop it before its end, on any thread.",
            look_at: "the drop of a sleep must not use a thread-local of the runtime to clear its timer: share the timers behind a lock, or \
                      leave the timer until it is due",
            try_it: Box::new(sleep_dropped_elsewhere),
        },
    ]
}

/// Where tasks wait for each other, each on its thread: the threads that have come, and whether a wait has timed out.
#[derive(Default)]
struct Rendezvous {
    threads: Mutex<(HashSet<ThreadId>, bool)>,
    changed: Condvar,
}

impl Rendezvous {
    /// Holds the thread until `expected` threads have come here, but no longer than `patience`. If one thread has waited in
    /// vain, no other waits.
    fn wait_for(&self, expected: usize, patience: Duration) {
        let mut seen = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        seen.0.insert(thread::current().id());
        self.changed.notify_all();
        let goes_on = |seen: &mut (HashSet<ThreadId>, bool)| seen.0.len() < expected && !seen.1;
        let waited = self.changed.wait_timeout_while(seen, patience, goes_on);
        let (mut seen, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            seen.1 = true;
            self.changed.notify_all();
        }
    }
}

/// Each task holds its thread, so the others need other threads. There are many tasks, because a runtime may bind each to a
/// thread. It tries several times, each with twice the patience: other programs may hold the threads of a runtime that serves
/// the whole process.
fn number_of_threads<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const FOR_EACH_THREAD: usize = 64;
    const TRIES: u32 = 7;
    let threads = runtime.threads();
    if threads == 0 {
        return Err("`threads` said 0".to_owned());
    }
    let mut found = 0;
    for patience in (0..TRIES).map(|n| Duration::from_millis(10) * 2_u32.pow(n)) {
        let rendezvous = Arc::<Rendezvous>::default();
        let tasks = (0..FOR_EACH_THREAD * threads).map(|_| {
            let rendezvous = Arc::clone(&rendezvous);
            async move { rendezvous.wait_for(threads, patience) }
        });
        runtime.run_until_complete(gather::<R, _>(tasks));
        found = rendezvous.threads.lock().unwrap_or_else(PoisonError::into_inner).0.len();
        log.note(&format!("tasks that hold their threads for {patience:?} have run on {found}"));
        if found >= threads {
            break;
        }
    }
    expect("the number of threads that ran tasks", &found, &threads)
}

/// Several times, because the second call only comes too soon while the runtime's thread is parked.
fn two_woken_elsewhere<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for _ in 0..4 {
        let (promises, futures): (Vec<_>, Vec<_>) = (1..=2).map(|_| oneshot::channel()).unzip();
        let (ask, is_asked) = mpsc::channel();
        let noted = log.clone();
        let other = thread::spawn(move || {
            let _ = is_asked.recv();
            thread::sleep(Duration::from_millis(2)); // the runtime's thread is probably parked by now; a correct one need not care
            noted.note("another thread fulfils two promises, which calls the wakers of both tasks");
            for promise in promises {
                let _ = promise.send("from outside");
            }
        });
        let received = runtime.run_until_complete(async {
            let task = |(n, future)| R::spawn(log.task(&format!("task {n}"), future));
            let tasks: Vec<_> = (1..).zip(futures).map(task).collect();
            R::yield_now().await;
            let _ = ask.send(());
            let mut received = Vec::new();
            for task in tasks {
                received.push(task.await);
            }
            received
        });
        let _ = other.join();
        expect("the list of what the tasks received", &received, &vec![Ok(Ok("from outside")); 2])?;
    }
    Ok(())
}

/// Another thread calls the waker again and again, each time at another moment after the poll, so that some calls come between
/// the runtime's last check of its queue and its wait.
fn woken_before_the_wait<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    /// On a busy machine the two threads seldom run at the same time, so it takes longer.
    const AT_LEAST: Duration = Duration::from_millis(50);
    const AT_MOST: Duration = Duration::from_millis(500);
    const ENOUGH_CALLS: u32 = 2_000;
    /// A poll that hands its waker to the other thread, and is pending until that has called it; then the same again.
    fn woken_again_and_again(log: &Log) -> impl Future<Output = ()> + Send + 'static {
        let (hand_over, handed_over) = mpsc::channel();
        let calls = Arc::new(AtomicU32::new(0));
        let (begun, mut asked, called, log) = (Instant::now(), 0, Arc::clone(&calls), log.clone());
        thread::spawn(move || call_at_other_moments(&handed_over, &calls));
        poll_fn(move |context| {
            if called.load(Ordering::SeqCst) < asked {
                return Poll::Pending; // a poll that nothing has asked for
            }
            if begun.elapsed() > (if asked < ENOUGH_CALLS { AT_MOST } else { AT_LEAST }) {
                log.note(&format!("another thread has called the waker {asked} times"));
                return Poll::Ready(());
            }
            asked += 1;
            let _ = hand_over.send(context.waker().clone());
            Poll::Pending
        })
    }
    runtime.run_until_complete(woken_again_and_again(log));
    let task = woken_again_and_again(log);
    expect("the end of the task", &runtime.run_until_complete(async { R::spawn(task).await }), &Ok(()))
}

/// Calls the wakers, and counts the calls. To be in time it does not park for the next waker, at first.
fn call_at_other_moments(wakers: &mpsc::Receiver<Waker>, calls: &AtomicU32) {
    const LATEST_NS: u32 = 8_000;
    /// As if at random, but each part of the time has its share of the calls.
    const STEP_NS: u32 = 4_943;
    let next = || {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(200) {
            match wakers.try_recv() {
                Err(mpsc::TryRecvError::Empty) => hint::spin_loop(),
                received => return received.ok(),
            }
        }
        wakers.recv().ok() // the machine is busy, or a wake was lost
    };
    let mut later = 0;
    while let Some(waker) = next() {
        let begun = Instant::now();
        later = (later + STEP_NS) % LATEST_NS;
        while begun.elapsed() < Duration::from_nanos(later.into()) {
            hint::spin_loop();
        }
        calls.fetch_add(1, Ordering::SeqCst);
        waker.wake();
    }
}

/// Calls `action` on another thread, and waits until it has returned. An error is the message of its panic.
async fn elsewhere<T: Send + 'static>(action: impl FnOnce() -> T + Send + 'static) -> Result<T, TaskError> {
    let (promise, result) = oneshot::channel();
    thread::spawn(move || promise.send(catch_unwind(AssertUnwindSafe(action)).map_err(TaskError::from_panic)));
    result.await.unwrap_or(Err(TaskError::Cancelled))
}

/// The other thread polls the handle once before the task may end, so that the end has to wake that thread.
fn handle_polled_elsewhere<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let result = runtime.run_until_complete(async {
        let (release, is_released) = oneshot::channel::<()>();
        let task = log.task("the task", async {
            let _ = is_released.await;
            "from the task"
        });
        let mut handle = Box::pin(R::spawn(task));
        let awaited = log.task("the other thread", async {
            let mut release = Some(release);
            poll_fn(move |context| {
                let polled = handle.as_mut().poll(context);
                drop(release.take());
                polled
            })
            .await
        });
        elsewhere(move || block_on(awaited)).await
    });
    expect("what the other thread received", &result, &Ok(Ok("from the task")))
}

fn handle_dropped_elsewhere<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    handle_dropped_by(runtime, log, true, async |handle| {
        log.note("another thread drops the task's handle");
        elsewhere(move || drop(handle)).await
    })?;
    if !R::CANCELS_ON_DROP {
        return Ok(());
    }
    // Again, but now nothing else wakes the main future.
    let (mut dropping, noted) = (None, log.clone());
    handle_dropped_by(runtime, log, true, async |handle| {
        dropping = Some(thread::spawn(move || {
            thread::sleep(Duration::from_millis(2)); // the runtime's thread is probably parked by now; a correct one need not care
            noted.note("another thread drops the task's handle");
            drop(handle);
        }));
        Ok(())
    })?;
    let dropped = dropping.map(thread::JoinHandle::join);
    expect("whether the drop panicked", &matches!(dropped, Some(Err(_))), &false)
}

fn sleep_dropped_elsewhere<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for polls in 0..2 {
        let dropped = runtime.run_until_complete(async {
            let mut sleep = Box::pin(R::sleep(HOUR));
            for _ in 0..polls {
                poll_fn(|context| Poll::Ready(sleep.as_mut().poll(context).is_ready())).await;
            }
            log.note(&format!("another thread drops a sleep that was polled {polls} times"));
            let dropped = elsewhere(move || drop(sleep)).await;
            R::sleep(Duration::from_millis(1)).await; // the timers still work
            dropped
        });
        expect(&format!("the drop of a sleep that was polled {polls} times"), &dropped, &Ok(()))?;
    }
    Ok(())
}
