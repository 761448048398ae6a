//! The checks about sleeping.

use super::{Check, GIVE_UP, expect};
use crate::log::Log;
use futures::future::{Either, select};
use paintdry_core::{Canvas, Runtime, gather, paint};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

const THE_TRAIT_SAYS: &str =
    "Waits until at least `duration` has passed; never less, and more by the granularity of the runtime's timers.";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a sleep never ends early",
            trait_says: THE_TRAIT_SAYS,
            look_at: "a timer is due when the clock has reached the start plus the duration, not rounded down; a sleep that is \
                      polled earlier, because something else woke its task, must check the clock again",
            try_it: Box::new(sleep_never_early),
        },
        Check {
            promise: "a sleep that is polled again and again does not end early",
            trait_says: THE_TRAIT_SAYS,
            look_at: "a sleep is over when the clock has reached the start plus the duration, to the last nanosecond: compare \
                      times, and not milliseconds",
            try_it: Box::new(sleep_never_early_when_polled),
        },
        Check {
            promise: "while a task sleeps, the others run",
            trait_says: "spawned tasks run meanwhile",
            look_at: "`sleep` must not hold the thread, as `thread::sleep` does: it sets a timer with a clone of the waker and \
                      returns `Pending`",
            try_it: Box::new(others_run_meanwhile),
        },
        Check {
            promise: "a short sleep does not wait for a longer one",
            trait_says: THE_TRAIT_SAYS,
            look_at: "the loop parks until the earliest timer is due, and finds that timer again before each park: a `BinaryHeap` has \
                      the latest first unless the order is reversed",
            try_it: Box::new(shorter_first),
        },
        Check {
            promise: "three paintings overlap: each dries while the others are painted",
            trait_says: "Starts `future` as a task of its own",
            look_at: "each sleep needs a timer of its own, and a timer that is due must call the waker that it was given",
            try_it: Box::new(paintings_overlap),
        },
        Check {
            promise: "each of two sleeps of one task ends in time, also when the other one is longer, or is dropped",
            trait_says: THE_TRAIT_SAYS,
            look_at: "a table with one timer for each task loses the first of two sleeps: give each sleep a number; and a dropped sleep \
                      clears the timer with its own number only",
            try_it: Box::new(two_sleeps_of_one_task),
        },
        Check {
            promise: "a sleep of zero ends before one of two seconds",
            trait_says: "A sleep of zero ends soon",
            look_at: "zero is not `no limit`, and a clock of whole seconds is too coarse: a sleep of zero is over at its first poll, or \
                      a turn later",
            try_it: Box::new(zero_ends_soon),
        },
        Check {
            promise: "a sleep of `Duration::MAX` begins, does not end, and may be dropped; nor does any other long sleep end early",
            trait_says: "A sleep of zero ends soon, one of [`Duration::MAX`] never.",
            look_at: "`Instant::now() + duration` panics if the clock cannot represent it: `checked_add` gives `None`, and such \
                      a sleep needs no timer. `duration.as_nanos() as u64` wraps after 584 years, a `u32` of milliseconds after 49 days",
            try_it: Box::new(longest_sleep),
        },
    ]
}

fn sleep_never_early<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let sleeps = [0, 1, 1_000, 999_999, 1_000_000, 1_000_001, 5_500_000].map(Duration::from_nanos);
    let early = runtime.run_until_complete(gather::<R, _>(sleeps.map(|duration| {
        log.task(&format!("the sleeper of {duration:?}"), async move {
            let start = Instant::now();
            R::sleep(duration).await;
            let slept = start.elapsed();
            (slept < duration).then(|| format!("a sleep of {duration:?} ended after {slept:?}"))
        })
    })));
    expect("the list of early sleeps", &early, &vec![Ok(None); sleeps.len()])
}

/// Each sleep is polled again and again, so nothing makes it late, and one of them shows a missing microsecond.
fn sleep_never_early_when_polled<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const SLEEPS: usize = 100;
    const LENGTH: Duration = Duration::from_millis(1);
    let early = runtime.run_until_complete(async {
        for number in 0..SLEEPS {
            log.note("the main future begins to sleep");
            let start = Instant::now();
            let mut sleep = pin!(R::sleep(LENGTH));
            let slept = poll_fn(|context| {
                if sleep.as_mut().poll(context).is_ready() {
                    return Poll::Ready(start.elapsed());
                }
                context.waker().wake_by_ref();
                Poll::Pending
            });
            let slept = slept.await;
            if slept < LENGTH {
                return Some(format!("sleep {number} of {LENGTH:?} ended after {slept:?}"));
            }
        }
        None
    });
    expect("the first early sleep", &early, &None)
}

/// More tasks than threads, and each sleeps until all have begun: a sleep that holds its thread starves the others.
fn others_run_meanwhile<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let tasks = 2 * runtime.threads() + 2;
    let start = Instant::now();
    let begun = Arc::new(AtomicUsize::new(0));
    let sleepers = (0..tasks).map(|n| {
        let begun = Arc::clone(&begun);
        log.task(&format!("task {n}"), async move {
            begun.fetch_add(1, Ordering::SeqCst);
            while begun.load(Ordering::SeqCst) < tasks && start.elapsed() < GIVE_UP {
                R::sleep(Duration::from_millis(1)).await;
            }
            begun.load(Ordering::SeqCst)
        })
    });
    let seen = runtime.run_until_complete(gather::<R, _>(sleepers));
    expect("the list of how many tasks each saw begin while it slept", &seen, &vec![Ok(tasks); tasks])
}

/// It tries three times: if the machine freezes for long, both are due when it continues.
fn shorter_first<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const TRIES: usize = 3;
    let both = || {
        let long_has_ended = Arc::new(AtomicBool::new(false));
        let (sets, reads) = (Arc::clone(&long_has_ended), long_has_ended);
        runtime.run_until_complete(async {
            let longer = R::spawn(log.task("the sleeper of 50 ms", async move {
                R::sleep(Duration::from_millis(50)).await;
                sets.store(true, Ordering::SeqCst);
            }));
            let shorter = R::spawn(log.task("the sleeper of 1 ms", async move {
                R::sleep(Duration::from_millis(1)).await;
                reads.load(Ordering::SeqCst)
            }));
            longer.await.and(shorter.await)
        })
    };
    let mut tries = Vec::new();
    while tries.len() < TRIES && tries.last() != Some(&Ok(false)) {
        tries.push(both());
    }
    expect("whether the sleep of 50 ms ended before that of 1 ms", &tries.pop(), &Some(Ok(false)))
}

/// No canvas is dry before each painter has begun to sleep, so painters that run one after the other never end.
fn paintings_overlap<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const CANVASES: usize = 3;
    const DRYING: Duration = Duration::from_secs(2);
    let asleep = Arc::new(AtomicUsize::new(0));
    let painters = (0..CANVASES).map(|n| {
        let (first, all) = (Arc::clone(&asleep), Arc::clone(&asleep));
        let now = move || if all.load(Ordering::SeqCst) < CANVASES { Duration::ZERO } else { DRYING };
        let awake = AtomicBool::new(true);
        let sleep = move |_poll| {
            if awake.swap(false, Ordering::SeqCst) {
                first.fetch_add(1, Ordering::SeqCst);
            }
            R::sleep(Duration::from_millis(1))
        };
        log.task(&format!("painter {n}"), async {
            paint(Canvas::new(DRYING), 1_000, DRYING / 4, now, sleep).await.dry_at
        })
    });
    let dry = runtime.run_until_complete(gather::<R, _>(painters));
    expect("the list of times at which they were dry", &dry, &vec![Ok(DRYING); CANVASES])
}

/// Each has a millisecond in which it could end, and is then dropped. Some are zero when they are cut to 32 or 64 bits.
fn longest_sleep<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let wraps_32 = [Duration::from_micros, Duration::from_millis, Duration::from_secs].map(|unit| unit(1 << 32));
    let units_64 = [Duration::from_nanos, Duration::from_micros, Duration::from_millis];
    let wraps_64 = units_64.map(|unit| unit(u64::MAX) + unit(1));
    let others = [Duration::MAX, Duration::MAX / 2, 10_000 * YEAR, YEAR];
    for duration in others.into_iter().chain(wraps_32).chain(wraps_64) {
        let sleep = async move {
            let (longest, short) = (pin!(R::sleep(duration)), pin!(R::sleep(Duration::from_millis(1))));
            matches!(select(longest, short).await, Either::Left(_))
        };
        let sleep = log.task(&format!("the sleeper of {duration:?}"), sleep);
        let ended = runtime.run_until_complete(async {
            drop(R::spawn(R::sleep(duration))); // detached or cancelled
            R::spawn(sleep).await
        });
        expect(&format!("whether a sleep of {duration:?} ended before one of a millisecond"), &ended, &Ok(false))?;
    }
    Ok(())
}

/// The other sleep begins after the short one or before it, and is kept or dropped.
fn two_sleeps_of_one_task<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    const SHORT: Duration = Duration::from_millis(2);
    const LONG: Duration = Duration::from_secs(60 * 60);
    for (other_is_first, other_is_dropped) in [(false, false), (true, false), (false, true), (true, true)] {
        let order = if other_is_first { "after" } else { "before" };
        let end = if other_is_dropped { ", which it drops," } else { "" };
        let sleeps = async move {
            let (mut short, mut other) = (pin!(R::sleep(SHORT)), Some(Box::pin(R::sleep(LONG))));
            poll_fn(|context| {
                let mut polled = Poll::Pending;
                for is_other in [other_is_first, !other_is_first] {
                    match &mut other {
                        Some(other) if is_other => _ = other.as_mut().poll(context),
                        None if is_other => {}
                        _ => polled = short.as_mut().poll(context),
                    }
                }
                if other_is_dropped {
                    other = None;
                }
                polled
            })
            .await;
        };
        let task = log.task(&format!("the task that begins a short sleep {order} a long one{end}"), sleeps);
        let ended = runtime.run_until_complete(async { R::spawn(task).await });
        expect("the end of the task", &ended, &Ok(()))?;
    }
    Ok(())
}

fn zero_ends_soon<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let task = log.task("the task", async {
        let (zero, longer) = (pin!(R::sleep(Duration::ZERO)), pin!(R::sleep(GIVE_UP)));
        matches!(select(zero, longer).await, Either::Left(_))
    });
    let zero_was_first = runtime.run_until_complete(async { R::spawn(task).await });
    expect("whether the sleep of zero ended first", &zero_was_first, &Ok(true))
}
