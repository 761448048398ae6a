//! The checks about wakers: after each call of its waker a task runs again, until it has ended.

use super::{Check, GIVE_UP, expect};
use crate::log::Log;
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError};
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

const THE_TRAIT_SAYS: &str = "A task runs again after its waker is called, by another task, by another thread, or by the task itself \
                              while it runs.";

const SOON: &str = "It runs soon, even if other tasks yield all the time.";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a wake while the task is polled leads to another poll",
            trait_says: THE_TRAIT_SAYS,
            look_at: "a waker that is called during a poll must lead to another poll: clear the flag that says that the task \
                      is queued before the poll, not after it",
            try_it: Box::new(woken_while_polled),
        },
        Check {
            promise: "a wake from another thread reaches the task",
            trait_says: THE_TRAIT_SAYS,
            look_at: "the thread that runs the tasks is parked then: a waker puts the task into the queue first and then \
                      unparks that thread, which checks the queue again",
            try_it: Box::new(woken_from_another_thread),
        },
        Check {
            promise: "a wake from another thread while the task is polled leads to another poll",
            trait_says: THE_TRAIT_SAYS,
            look_at: "the thread that polls a task must not overwrite a wake that came from another thread meanwhile: clear the \
                      flag that says that the task is queued before the poll, with an atomic operation",
            try_it: Box::new(woken_from_another_thread_while_polled),
        },
        Check {
            promise: "a wake from another thread reaches the task while others yield all the time",
            trait_says: SOON,
            look_at: "a loop that takes the wakes of other threads only when no task is ready never takes them while a task yields \
                      without end: check them in each round",
            try_it: Box::new(task_beside_endless_yields),
        },
        Check {
            promise: "the main future runs while tasks yield all the time",
            trait_says: SOON,
            look_at: "the main future takes its turn in the ready queue like any task: it is not what the loop does when no task \
                      is ready",
            try_it: Box::new(main_beside_endless_yields),
        },
        Check {
            promise: "a task that has ended is not polled again, however often it is woken",
            trait_says: "A task that has ended is not polled again.",
            look_at: "a task whose waker was called twice may be in the queue twice: let the second wake do nothing while the \
                      task is queued, and skip a queued task that has ended",
            try_it: Box::new(not_after_its_end),
        },
        Check {
            promise: "a waker does nothing when the main future or the task has ended, or the runtime is gone",
            trait_says: "You may call a waker at any time, even when its task has ended or its runtime is gone.",
            look_at: "a waker outlives the ready queue and the table of tasks: if they are gone, or have no such task, it does nothing. \
                      Sending to a channel whose receiver is gone is an error that the waker has to ignore",
            try_it: Box::new(called_late),
        },
    ]
}

/// Is pending once. In that poll it hands its waker to `keep` and calls it `times` times.
fn wakes_itself<K: Fn(&Waker)>(name: &str, log: &Log, times: usize, keep: K) -> impl Future<Output = usize> + use<K> {
    let (mut polls, name, log) = (0, name.to_owned(), log.clone());
    poll_fn(move |context| {
        polls += 1;
        if polls > 1 {
            log.note(&format!("{name} is polled again"));
            return Poll::Ready(polls);
        }
        keep(context.waker());
        for _ in 0..times {
            log.note(&format!("{name} is polled and calls its own waker"));
            context.waker().wake_by_ref();
        }
        log.note(&format!("{name} returns `Pending`"));
        Poll::Pending
    })
}

fn woken_while_polled<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let main = runtime.run_until_complete(wakes_itself("the main future", log, 1, |_| {}));
    expect("the number of polls of the main future", &main, &2)?;
    let task = wakes_itself("the task", log, 1, |_| {});
    let task = runtime.run_until_complete(async { R::spawn(task).await });
    expect("the number of polls of the task", &task, &Ok(2))
}

/// Several times, because a runtime that forgets to unpark its thread only fails if the thread is parked already.
fn woken_from_another_thread<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TIMES: usize = 8;
    let (waiting, is_waiting) = mpsc::channel::<oneshot::Sender<&str>>();
    let on_thread = log.clone();
    let other = thread::spawn(move || {
        for promise in is_waiting {
            thread::sleep(Duration::from_millis(1)); // the task's thread is probably parked by now; a correct runtime need not care
            on_thread.note("another thread fulfils the promise, which calls the task's waker");
            let _ = promise.send("from outside");
        }
    });
    let result = runtime.run_until_complete(async {
        R::spawn(log.task("the task", async move {
            let mut received = Vec::new();
            for _ in 0..TIMES {
                let (promise, future) = oneshot::channel();
                let _ = waiting.send(promise);
                received.push(future.await);
            }
            received
        }))
        .await
    });
    let _ = other.join();
    expect("what the task received", &result, &Ok(vec![Ok("from outside"); TIMES]))
}

fn woken_from_another_thread_while_polled<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let wakes_elsewhere = |waker: &Waker| {
        let waker = waker.clone();
        let _ = thread::spawn(move || waker.wake()).join();
    };
    let main = runtime.run_until_complete(wakes_itself("the main future", log, 0, wakes_elsewhere));
    expect("the number of polls of the main future", &main, &2)?;
    let task = wakes_itself("the task", log, 0, wakes_elsewhere);
    let task = runtime.run_until_complete(async { R::spawn(task).await });
    expect("the number of polls of the task", &task, &Ok(2))
}

/// A task that yields until `is_over` is set or two seconds have passed, and returns whether it was set. It asks another
/// thread for the value of the future when it has begun.
fn yields_until<R: Runtime>(is_over: &Arc<AtomicBool>, log: &Log) -> (R::Task<bool>, oneshot::Receiver<()>) {
    const TURNS_BEFORE: usize = 10;
    let (promise, future) = oneshot::channel();
    let (ask, is_asked) = mpsc::channel();
    let (is_over, own) = (Arc::clone(is_over), log.clone());
    let noted = log.clone();
    thread::spawn(move || {
        if is_asked.recv().is_ok() {
            noted.note("another thread fulfils the promise, which calls the waker of its reader");
            let _ = promise.send(());
        }
    });
    let yielder = R::spawn(async move {
        own.note("the yielder begins");
        let start = Instant::now();
        for turn in 0_usize.. {
            if turn == TURNS_BEFORE {
                let _ = ask.send(());
            }
            if is_over.load(Ordering::SeqCst) || start.elapsed() > GIVE_UP {
                break;
            }
            R::yield_now().await;
        }
        own.note("the yielder ends");
        is_over.load(Ordering::SeqCst)
    });
    (yielder, future)
}

/// One task for each thread, so that beside one more yielder no thread is idle. Each yields until `is_over` is set or two seconds
/// have passed, and returns whether it was set.
pub(super) fn yielders<R: Runtime>(threads: usize, is_over: &Arc<AtomicBool>) -> Vec<R::Task<bool>> {
    let start = Instant::now();
    let yielder = |_| {
        let is_over = Arc::clone(is_over);
        R::spawn(async move {
            while !is_over.load(Ordering::SeqCst) && start.elapsed() < GIVE_UP {
                R::yield_now().await;
            }
            is_over.load(Ordering::SeqCst)
        })
    };
    (0..threads).map(yielder).collect()
}

/// Whether all of them saw that it was over.
pub(super) async fn all_saw<R: Runtime>(yielders: Vec<R::Task<bool>>) -> Result<bool, TaskError> {
    let mut all = true;
    for yielder in yielders {
        all &= yielder.await?;
    }
    Ok(all)
}

fn task_beside_endless_yields<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = runtime.run_until_complete(async {
        let (yielder, future) = yields_until::<R>(&is_over, log);
        let others = yielders::<R>(runtime.threads(), &is_over);
        let sets = Arc::clone(&is_over);
        let waiter = R::spawn(log.task("the waiter", async move {
            let _ = future.await;
            sets.store(true, Ordering::SeqCst);
        }));
        let seen = (yielder.await, all_saw::<R>(others).await);
        waiter.await.map(|()| seen)
    });
    expect("whether the task ran while each of the others yielded", &seen, &Ok((Ok(true), Ok(true))))
}

fn main_beside_endless_yields<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = runtime.run_until_complete(log.task("the main future", async {
        let (yielder, future) = yields_until::<R>(&is_over, log);
        let others = yielders::<R>(runtime.threads(), &is_over);
        let _ = future.await;
        is_over.store(true, Ordering::SeqCst);
        (yielder.await, all_saw::<R>(others).await)
    }));
    expect("whether the main future ran while each of the tasks yielded", &seen, &(Ok(true), Ok(true)))
}

/// The task's waker is called three times in its first poll and once more after its end. Then other tasks run, so that the
/// runtime would also poll a task that is still in the queue.
fn not_after_its_end<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let polls_after_end = Arc::new(AtomicUsize::new(0));
    let kept = Arc::new(Mutex::new(None));
    let (counts, keeps, noted) = (Arc::clone(&polls_after_end), Arc::clone(&kept), log.clone());
    let keep = move |waker: &Waker| *keeps.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    let mut future = Box::pin(wakes_itself("the task", log, 3, keep));
    let mut has_ended = false;
    let task = poll_fn(move |context| {
        if has_ended {
            noted.note("the task is polled after its end");
            counts.fetch_add(1, Ordering::SeqCst);
            return Poll::Pending;
        }
        let polled = future.as_mut().poll(context).map(|_| ());
        has_ended = polled.is_ready();
        polled
    });
    let ended = runtime.run_until_complete(async {
        let ended = R::spawn(task).await;
        log.note("the task has ended");
        let waker = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waker) = waker {
            log.note("the main future calls its waker once more");
            waker.wake();
        }
        for _ in 0..3 {
            R::spawn(async {}).await?;
        }
        ended
    });
    expect("the end of the task", &ended, &Ok(()))?;
    expect("the number of polls after its end", &polls_after_end.load(Ordering::SeqCst), &0)
}

/// Calls wakers here and on another thread: of the main future of an earlier run, of tasks that have ended, of a runtime that is gone.
fn called_late<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let own_waker = || poll_fn(|context| Poll::Ready(context.waker().clone()));
    let of_task = || async move { R::spawn(own_waker()).await.map_err(|error| error.to_string()) };
    let gone = R::start();
    let of_gone = gone.run_until_complete(async { [Ok(own_waker().await), of_task().await] });
    drop(gone);
    let of_first_run = runtime.run_until_complete(async { [Ok(own_waker().await), of_task().await] });
    let result = runtime.run_until_complete(async {
        for (whose, wakers) in [("a runtime that is gone", of_gone), ("an earlier run", of_first_run)] {
            for (of, waker) in ["main future", "task"].into_iter().zip(wakers) {
                log.note(&format!("the waker of the {of} of {whose} is called"));
                let waker = waker?;
                waker.wake_by_ref();
                let elsewhere = thread::spawn(move || waker.wake()).join();
                expect("whether the waker panicked on another thread", &elsewhere.is_err(), &false)?;
            }
        }
        R::spawn(log.task("the next task", async { 1 })).await.map_err(|error| error.to_string())
    });
    expect("the result of the next task", &result, &Ok(1))
}
