//! The checks about yielding. What can be promised depends on the number of threads: on several, tasks run at the same
//! time and one may be held up with its thread, so there the promise is only that everybody gets on. And on one thread
//! it depends on the runtime when exactly a yielder goes on (tokio's does after 61 polls at the latest, whoever is still
//! ready), so the checks leave room for that, and for no more.

use super::expect;
use crate::{Runtime, TaskError, amap, gather};
use futures::channel::oneshot;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What each task did, in the order in which it happened.
type EventLog = Arc<Mutex<Vec<String>>>;

fn read(log: &EventLog) -> Vec<String> {
    log.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn write(log: &EventLog, event: String) {
    log.lock().unwrap_or_else(PoisonError::into_inner).push(event);
}

/// The beginning of a log, for a message.
fn excerpt(log: &[String]) -> String {
    const SHOWN: usize = 30;
    let more = if log.len() > SHOWN { ", …" } else { "" };
    log[..log.len().min(SHOWN)].join(", ") + more
}

/// After this a task that waits for the others' progress gives up, so that a yield that does nothing is an error soon.
const GIVE_UP: Duration = Duration::from_secs(2);

/// Each of two amaps has items until both have done five, so neither can run to its end alone.
pub(super) fn amaps_interleave<R: Runtime>(runtime: &R) -> Result<(), String> {
    const ITEMS: usize = 5;
    let start = Instant::now();
    let done = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let (promises, futures): (Vec<_>, Vec<_>) = (0..2).map(|_| oneshot::channel()).unzip();
    let tasks = promises.into_iter().enumerate().map(|(own, promise)| {
        let (watched, counted) = (Arc::clone(&done), Arc::clone(&done));
        let goes_on = move |_: &usize| watched.iter().any(|items| items.load(Ordering::SeqCst) < ITEMS);
        let sequence = (0..).take_while(goes_on).take_while(move |_| start.elapsed() < GIVE_UP);
        // The results are counted and not kept: a runtime that never lets the other run must not fill the memory.
        let function = move |_| _ = counted[own].fetch_add(1, Ordering::SeqCst);
        amap(promise, function, sequence, R::yield_now)
    });
    let lengths = runtime.run_until_complete(async {
        let ended = gather::<R, _>(tasks).await.into_iter().collect::<Result<Vec<_>, TaskError>>();
        let mut lengths = Vec::new();
        for future in futures {
            lengths.push(future.await.map_or(0, |results| results.len()));
        }
        ended.map(|_| lengths)
    });
    let lengths = lengths.map_err(|error| error.to_string())?;
    if lengths.iter().any(|&length| length < ITEMS) {
        return Err(format!("one ran alone until it gave up; the numbers of items done were {lengths:?}"));
    }
    let done: Vec<_> = done.iter().map(|items| items.load(Ordering::SeqCst)).collect();
    expect("the number of results of each amap", &lengths, &done)
}

/// More tasks than threads, each of which yields until all have begun: a yield that keeps its thread starves the rest.
pub(super) fn nobody_starves<R: Runtime>(runtime: &R) -> Result<(), String> {
    let tasks = 2 * runtime.threads() + 2;
    let start = Instant::now();
    let begun = Arc::new(AtomicUsize::new(0));
    let turns = (0..tasks).map(|_| {
        let begun = Arc::clone(&begun);
        async move {
            begun.fetch_add(1, Ordering::SeqCst);
            while begun.load(Ordering::SeqCst) < tasks && start.elapsed() < GIVE_UP {
                R::yield_now().await;
            }
            begun.load(Ordering::SeqCst)
        }
    });
    let seen = runtime.run_until_complete(gather::<R, _>(turns));
    expect("the list of how many tasks each saw begin", &seen, &vec![Ok(tasks); tasks])
}

/// A task makes others ready and yields; when it runs again, each of them has run. They are few and it tries three times,
/// because once in a while a runtime may let the yielder go on early.
pub(super) fn ready_first<R: Runtime>(runtime: &R) -> Result<(), String> {
    const OTHERS: usize = 10;
    const TRIES: usize = 3;
    if runtime.threads() > 1 {
        return Ok(());
    }
    let tries = (0..TRIES).map(|_| {
        let log = EventLog::default();
        runtime.run_until_complete(async {
            R::spawn(async move {
                let mut others = Vec::new();
                for n in 0..OTHERS {
                    let log = Arc::clone(&log);
                    others.push(R::spawn(async move { write(&log, format!("task {n}")) }));
                }
                R::yield_now().await;
                let seen = read(&log).len();
                for other in others {
                    other.await?;
                }
                Ok::<_, TaskError>(seen)
            })
            .await
        })
    });
    let tries: Vec<_> = tries.collect();
    if tries.contains(&Ok(Ok(OTHERS))) {
        return Ok(());
    }
    Err(format!("of {OTHERS} ready tasks, the numbers of those that ran first were, each time, {tries:?}"))
}

/// Tasks that only yield take turns: nobody gets twice as many as another, a few at the start left aside.
pub(super) fn keep_pace<R: Runtime>(runtime: &R) -> Result<(), String> {
    const TASKS: usize = 3;
    const TURNS: usize = 100;
    const AT_THE_START: usize = 3;
    if runtime.threads() > 1 {
        return Ok(());
    }
    let log = EventLog::default();
    let turns: Arc<Vec<_>> = Arc::new((0..TASKS).map(|_| AtomicUsize::new(0)).collect());
    let leaders = runtime.run_until_complete(async {
        let log = Arc::clone(&log);
        // Spawned from a task, so that none has begun when the last is spawned.
        R::spawn(async move {
            gather::<R, _>((0..TASKS).map(|own| {
                let (log, turns) = (Arc::clone(&log), Arc::clone(&turns));
                async move {
                    for turn in 1..=TURNS {
                        turns[own].store(turn, Ordering::SeqCst);
                        write(&log, format!("task {own} turn {turn}"));
                        if turns.iter().any(|other| 2 * other.load(Ordering::SeqCst) + AT_THE_START < turn) {
                            return Some(format!("task {own} ran ahead at its turn {turn}"));
                        }
                        R::yield_now().await;
                    }
                    None
                }
            }))
            .await
        })
        .await
    });
    let even = Ok(vec![Ok(None); TASKS]);
    expect("the list of tasks that ran ahead", &leaders, &even)
        .map_err(|message| format!("{message}; the event log: {}", excerpt(&read(&log))))
}
