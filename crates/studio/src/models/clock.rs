//! Virtual time advances if nothing can run, and only then.

use super::in_every_order;
use super::program::{SECOND, Signal, block_on, expect, sleep, task, together};
use crate::clock::Clock;
use crate::primitives::thread;
use crate::run::Run;
use crate::state::TaskState;
use crate::watch::Watch;
use crate::yielding::Yielding;
use crate::{sleep_blocking, spawn_thread, work};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A runtime of this many threads, under virtual time.
fn run(threads: usize) -> Arc<Run> {
    Arc::new(Run::new(Clock::Virtual, false, threads, false, None))
}

#[test]
fn two_sleepers_with_the_same_due_time_both_continue_then() {
    in_every_order("clock: two sleepers, due at the same time", 2, || {
        let sleeper = async || {
            sleep(1).await;
            expect(1);
        };
        together(&run(2), sleeper(), sleeper());
    });
}

#[test]
fn time_goes_from_one_timer_to_the_next_and_waits_for_running_tasks() {
    in_every_order("clock: timers one after another", 2, || {
        let twice = async {
            sleep(1).await;
            expect(1);
            sleep(2).await;
            expect(3);
        };
        let once = async {
            sleep(2).await;
            expect(2);
        };
        together(&run(2), twice, once);
    });
}

#[test]
fn a_woken_task_runs_before_time_advances() {
    in_every_order("clock: a wake of another task", 2, || {
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waking = async move {
            sleep(1).await;
            signal.send();
            sleep(1).await;
            expect(2);
        };
        let waiting = async move {
            waits.wait().await;
            expect(1);
        };
        together(&run(2), waking, waiting);
    });
}

#[test]
fn time_advances_after_a_wake_from_outside() {
    in_every_order("clock: a wake from outside", 2, || {
        let run = run(2);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waiting = task(&run, async move {
            waits.wait().await;
            sleep(1).await;
            expect(1);
        });
        let other = thread::spawn(move || block_on(waiting));
        signal.send();
        other.join().unwrap();
    });
}

#[test]
fn no_time_passes_until_another_thread_ends_a_yield() {
    in_every_order("clock: a yield that another thread ends", 2, || {
        let run = run(2);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let yielding = task(&run, async move {
            let (mut yields, mut nap) = (pin!(Yielding::new(waits.wait())), pin!(sleep(1)));
            poll_fn(|context| {
                if nap.as_mut().poll(context).is_ready() { Poll::Ready(()) } else { yields.as_mut().poll(context) }
            })
            .await;
            expect(0);
        });
        let other = thread::spawn(move || block_on(yielding));
        signal.send();
        other.join().unwrap();
    });
}

#[test]
fn time_advances_when_a_yield_ends_that_wakes_no_task() {
    in_every_order("clock: a yield that wakes no task", 2, || {
        let run = run(2);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let yielding = task(&run, async move {
            let mut kept = pin!(Yielding::new(waits.wait()));
            let _ = kept.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            sleep(1).await;
            expect(1);
        });
        let other = thread::spawn(move || block_on(yielding));
        signal.send();
        other.join().unwrap();
    });
}

#[test]
fn a_sleep_that_is_dropped_when_it_fires_takes_no_other_time_along() {
    in_every_order("clock: a sleep is dropped as it fires", 2, || {
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waking = async move {
            sleep(1).await;
            signal.send();
        };
        let waiting = async move {
            let mut nap = Box::pin(sleep(1));
            poll_fn(
                |context| if nap.as_mut().poll(context).is_ready() { Poll::Ready(()) } else { waits.poll(context) },
            )
            .await;
            drop(nap);
            expect(1);
            sleep(1).await;
            expect(2);
        };
        together(&run(2), waking, waiting);
    });
}

#[test]
fn work_holds_its_thread_and_no_other() {
    in_every_order("clock: work on two threads", 2, || {
        let working = async {
            work(SECOND);
            expect(1);
        };
        let sleeping = async {
            sleep(2).await;
            expect(2);
            work(SECOND);
            expect(3);
        };
        together(&run(2), working, sleeping);
    });
}

#[test]
fn a_task_that_joins_a_thread_continues_when_the_thread_ends() {
    in_every_order("clock: a thread is joined", 2, || {
        let run = run(2);
        block_on(task(&run, async {
            let meanwhile = spawn_thread("meanwhile", || sleep_blocking(2 * SECOND));
            spawn_thread("napper", || sleep_blocking(SECOND)).join().unwrap();
            expect(1);
            meanwhile.join().unwrap();
            expect(2);
        }));
    });
}

#[test]
fn no_task_is_left_asleep_when_the_run_ends() {
    in_every_order("clock: the end while a task falls asleep", 2, || {
        let run = run(2);
        let sleeper = Watch::new(TaskState::new(&run, None), sleep(1), |_| ());
        let ending = Arc::clone(&run);
        let main = task(&run, async move { drop(ending.end()) });
        let other = thread::spawn(move || block_on(sleeper));
        block_on(main);
        other.join().unwrap();
        assert_eq!(run.clock.now_ns(), 0, "the time at which it has ended");
    });
}
