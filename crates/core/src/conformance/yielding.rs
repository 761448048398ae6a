//! The checks about yielding. What can be promised depends on the number of threads: on several, tasks run at the same
//! time and one may be held up with its thread, so there the promise is only that everybody gets on.

use super::checks::expect;
use crate::{Runtime, TaskError, amap, gather};
use futures::channel::oneshot;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What each task did, in the order in which it happened.
type EventLog = Arc<Mutex<Vec<String>>>;

fn read(log: &EventLog) -> Vec<String> {
    log.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn write(log: &EventLog, event: String) {
    log.lock().unwrap_or_else(PoisonError::into_inner).push(event);
}

/// Each of two amaps has items until both have done five, so neither can run to its end alone.
pub(super) fn amaps_interleave<R: Runtime>(runtime: &R) -> Result<(), String> {
    let done = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let (promises, futures): (Vec<_>, Vec<_>) = (0..2).map(|_| oneshot::channel()).unzip();
    let tasks = promises.into_iter().enumerate().map(|(own, promise)| {
        let (watched, counted) = (Arc::clone(&done), Arc::clone(&done));
        let sequence = (0..).take_while(move |_| watched.iter().any(|items| items.load(Ordering::SeqCst) < 5));
        let function = move |_: usize| counted[own].fetch_add(1, Ordering::SeqCst);
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
    let done: Vec<_> = done.iter().map(|items| items.load(Ordering::SeqCst)).collect();
    expect("the number of results of each amap", &lengths, &done)
}

/// More tasks than threads, each of which yields until all have begun: a yield that keeps its thread starves the rest.
pub(super) fn nobody_starves<R: Runtime>(runtime: &R) -> Result<(), String> {
    let tasks = 2 * runtime.threads() + 2;
    let begun = Arc::new(AtomicUsize::new(0));
    let turns = (0..tasks).map(|_| {
        let begun = Arc::clone(&begun);
        async move {
            begun.fetch_add(1, Ordering::SeqCst);
            while begun.load(Ordering::SeqCst) < tasks {
                R::yield_now().await;
            }
        }
    });
    let ended = runtime.run_until_complete(gather::<R, _>(turns));
    expect("the list of ends", &ended, &vec![Ok(()); tasks])
}

/// A task makes others ready and yields once; when it runs again, each of them must have run.
pub(super) fn ready_first<R: Runtime>(runtime: &R) -> Result<(), String> {
    const OTHERS: usize = 100; // more than tokio polls before it looks at its timers
    if runtime.threads() > 1 {
        return Ok(());
    }
    let log = EventLog::default();
    let seen = runtime.run_until_complete(async {
        let log = Arc::clone(&log);
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
    });
    expect("the number of ready tasks that ran before the yielder", &seen, &Ok(Ok(OTHERS)))
}

/// Tasks that only yield take turns: whoever takes its turn n + 1 does so after each other one's turn n.
pub(super) fn keep_pace<R: Runtime>(runtime: &R) -> Result<(), String> {
    const TASKS: usize = 3;
    const TURNS: usize = 50;
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
                        let taken = turns[own].fetch_add(1, Ordering::SeqCst);
                        write(&log, format!("task {own} turn {turn}"));
                        if turns.iter().any(|turns| turns.load(Ordering::SeqCst) < taken) {
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
        .map_err(|message| format!("{message}; the event log: {}", read(&log).join(", ")))
}
