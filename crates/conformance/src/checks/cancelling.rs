//! The checks about coroutines that are dropped before their end, at each of their awaits.

use super::{Check, expect};
use crate::coroutines::{Awaits, Boxed, Coroutine, Live, Pause, coroutines, each_await, left};
use crate::log::Log;
use futures::channel::oneshot::Canceled;
use paintdry_core::Runtime;
use std::future::poll_fn;
use std::task::Poll;

const OWNED: &str = "When a task has ended or is cancelled, it is dropped with all that it owns";

/// More polls than any coroutine of core needs.
const MOST_POLLS: usize = 100;

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a coroutine may be dropped at any of its awaits: its promise is broken, nothing of it is left, and the \
                      others finish",
            trait_says: "You may drop it before its end",
            look_at: "the timer or waker that a dropped sleep, yield or handle leaves behind: it may fire later, and must then \
                      wake its own task or none",
            try_it: Box::new(dropped_at_every_await),
        },
        Check {
            promise: "a task whose handle is dropped at any of its awaits is cancelled there, or runs on",
            trait_says: OWNED,
            look_at: "a cancelled task is dropped soon, and not only when it would have run again; a detached task keeps its \
                      place in the queue, and its wakers still find it",
            try_it: Box::new(handle_dropped_at_every_await),
        },
        Check {
            promise: "a task runs on if the reader of its promise is dropped, at any of its awaits",
            trait_says: OWNED,
            look_at: "a task without a reader is no reason to stop it; drop the result when the task ends",
            try_it: Box::new(reader_dropped_at_every_await),
        },
    ]
}

/// Polls `future` at most `times` times, then drops it. Returns whether it had ended.
pub(crate) async fn polled(times: usize, future: Boxed) -> bool {
    let (mut future, mut polls) = (Some(future), 0);
    poll_fn(move |context| {
        let ended = match future.as_mut() {
            Some(future) if polls < times => future.as_mut().poll(context).is_ready(),
            _ => false,
        };
        polls += 1;
        if !ended && polls < times {
            return Poll::Pending;
        }
        future = None;
        Poll::Ready(ended)
    })
    .await
}

/// Drops each coroutine without a poll, after one poll, after two, and so on until it ends. The same coroutine also runs
/// undisturbed beside it.
fn dropped_at_every_await<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for pause in [Pause::Yield, Pause::Sleep] {
        for coroutine in coroutines::<R>() {
            let mut polls = 0;
            while !dropped_after(polls, pause, &coroutine, runtime, log)? {
                polls += 1;
                expect("whether it ends at last", &(polls < MOST_POLLS), &true)?;
            }
            log.tried("drops at an await", polls);
        }
    }
    Ok(())
}

/// Returns whether it had ended before the drop.
fn dropped_after<R: Runtime>(
    polls: usize,
    pause: Pause,
    coroutine: &Coroutine,
    runtime: &R,
    log: &Log,
) -> Result<bool, String> {
    let live = Live::default();
    let dropped = coroutine.start(Awaits::only(pause), &live);
    let other = coroutine.start(Awaits::only(pause), &live);
    let name = coroutine.name;
    log.note(&format!("{name} is polled {polls} times and dropped; its pauses: {pause:?}"));
    let (ended, results, of_other, left) = runtime.run_until_complete(async {
        let task = R::spawn(polled(polls, dropped.coroutine));
        let other = async { (R::spawn(other.coroutine).await, number_of(other.results.await)) };
        let results = number_of(dropped.results.await);
        (task.await, results, other.await, left::<R>(&live).await)
    });
    let ended = ended.map_err(|error| format!("{name}, dropped after {polls} polls: {error}"))?;
    let expected = if ended { Ok(coroutine.results) } else { Err(Canceled) };
    let at = format!("of {name}, dropped after {polls} polls,");
    expect(&format!("the number of results {at}"), &results, &expected)?;
    expect(&format!("the number of results beside that {at}"), &of_other, &(Ok(()), Ok(coroutine.results)))?;
    expect(&format!("what is left {at}"), &left, &0)?;
    Ok(ended)
}

fn handle_dropped_at_every_await<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for (coroutine, at) in each_await::<R>() {
        let name = coroutine.name;
        let live = Live::default();
        let (awaits, held) = Awaits::hold_at(at);
        let task = coroutine.start(awaits, &live);
        let other = coroutine.start(Awaits::only(Pause::Yield), &live);
        let (results, of_other, left) = runtime.run_until_complete(async {
            let handle = R::spawn(task.coroutine);
            let other = async { (R::spawn(other.coroutine).await, number_of(other.results.await)) };
            let _ = held.is_reached.await;
            log.note(&format!("{name} waits at its await {at}; its handle is dropped"));
            drop(handle);
            // If the drop cancels, `release` is kept, so that only the drop can end the task.
            let _kept = R::CANCELS_ON_DROP.then_some(held.release);
            (number_of(task.results.await), other.await, left::<R>(&live).await)
        });
        let expected = if R::CANCELS_ON_DROP { Err(Canceled) } else { Ok(coroutine.results) };
        let at = format!("of {name}, whose handle was dropped at await {at},");
        expect(&format!("the number of results {at}"), &results, &expected)?;
        expect(&format!("the number of results beside that {at}"), &of_other, &(Ok(()), Ok(coroutine.results)))?;
        expect(&format!("what is left {at}"), &left, &0)?;
        log.tried("handles dropped at an await", 1);
    }
    Ok(())
}

fn reader_dropped_at_every_await<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for (coroutine, at) in each_await::<R>() {
        let name = coroutine.name;
        let live = Live::default();
        let (awaits, held) = Awaits::hold_at(at);
        let task = coroutine.start(awaits, &live);
        let (ended, left) = runtime.run_until_complete(async {
            let handle = R::spawn(task.coroutine);
            let _ = held.is_reached.await;
            log.note(&format!("{name} waits at its await {at}; the reader of its results is dropped"));
            drop(task.results);
            let _ = held.release.send(());
            (handle.await, left::<R>(&live).await)
        });
        expect(&format!("the end of {name}, whose reader was dropped at await {at},"), &ended, &Ok(()))?;
        expect(&format!("what is left of {name}, whose reader was dropped at await {at},"), &left, &0)?;
        log.tried("readers dropped at an await", 1);
    }
    Ok(())
}

/// Drops the results, because each holds a clone of the value that is counted.
pub(super) fn number_of(results: Result<Vec<Live>, Canceled>) -> Result<usize, Canceled> {
    results.map(|results| results.len())
}
