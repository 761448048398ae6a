//! Crowds: quadratic time would take minutes here. The tests beside the table and the timers check that little memory
//! is left.

use crate::{HOUR, assert_idle, run, run_ready, task};
use futures::future::{join_all, select};
use paintdry_core::Runtime;
use paintdry_generator::{
    CancelOnDrop, Error, EventLoop, Generator, GeneratorState, LoopFuture, Request, ReturnWhen, sleep, task_group,
    wait, yield_now,
};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

const MANY: usize = 300_000;

#[test]
fn a_group_of_many_tasks_is_cancelled_in_linear_time() {
    let event_loop = EventLoop::new();
    let alive = Rc::new(());
    let ended = run(
        &event_loop,
        task_group(async |group| {
            for n in 0..MANY {
                let held = alive.clone();
                group.create_task(async move {
                    if n % 2 == 0 {
                        pending::<()>().await;
                    } else {
                        sleep(HOUR).await;
                    }
                    drop(held);
                    Ok(())
                })?;
            }
            yield_now().await;
            Err::<(), _>(Error::Cancelled)
        }),
    );
    assert_eq!(ended, Err(Error::Cancelled));
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_idle(&event_loop);
}

#[test]
fn many_ready_tasks_are_cancelled_in_one_turn_in_linear_time() {
    let event_loop = EventLoop::new();
    let tasks: Vec<_> = (0..MANY)
        .map(|_| {
            task(&event_loop, async {
                loop {
                    yield_now().await;
                }
            })
        })
        .collect();
    run(&event_loop, async {
        yield_now().await;
        assert!(tasks.iter().all(LoopFuture::cancel));
        yield_now().await;
    });
    assert_idle(&event_loop);
}

#[test]
fn many_ready_tasks_are_cancelled_between_two_runs_in_linear_time() {
    let event_loop = EventLoop::new();
    let tasks: Vec<_> = (0..MANY).map(|_| task(&event_loop, yield_now())).collect();
    assert!(tasks.iter().all(LoopFuture::cancel));
    assert_idle(&event_loop);
}

#[test]
fn when_the_first_of_many_ready_tasks_were_cancelled_the_others_run() {
    let event_loop = EventLoop::new();
    let mut tasks: Vec<_> = (0..MANY).map(|n| task(&event_loop, async move { n })).collect();
    let others = tasks.split_off(MANY / 3);
    assert!(tasks.iter().all(LoopFuture::cancel));
    assert_idle(&event_loop);
    assert!(others.iter().zip(MANY / 3..).all(|(task, n)| task.take() == Ok(n)));
}

/// Asks for an hour by hand.
struct Sleeps {
    _alive: Rc<()>,
}

impl Generator for Sleeps {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        GeneratorState::Yielded(Request::Sleep(HOUR))
    }
}

#[test]
fn many_sleepers_without_handles_are_cancelled_when_the_loop_is_closed() {
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    for _ in 0..MANY {
        drop(event_loop.create_task(Sleeps { _alive: alive.clone() }).unwrap());
    }
    run_ready(&event_loop);
    event_loop.close().unwrap();
    assert_eq!(Rc::strong_count(&alive), 1);
}

#[test]
fn many_sleepers_are_cancelled_by_their_handles_and_leave_no_timer() {
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    let tasks: Vec<_> = (0..MANY).map(|_| event_loop.create_task(Sleeps { _alive: alive.clone() }).unwrap()).collect();
    run_ready(&event_loop);
    assert!(tasks.iter().all(LoopFuture::cancel));
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_idle(&event_loop);
}

#[test]
fn many_sleeps_of_one_task_are_dropped_in_linear_time() {
    let event_loop = EventLoop::new();
    let many = join_all((0..MANY).map(|_| sleep(HOUR)));
    run(&event_loop, select(pin!(many), pin!(yield_now())));
    assert_idle(&event_loop);
}

#[test]
fn a_crowd_that_begins_together_keeps_its_order() {
    let (event_loop, log) = (EventLoop::new(), Rc::new(std::cell::RefCell::new(Vec::new())));
    let tasks: Vec<_> = (0..5_000)
        .map(|n| {
            let log = log.clone();
            task(&event_loop, async move {
                for round in 0..2 {
                    log.borrow_mut().push((round, n));
                    if n % 3 == 0 {
                        sleep(std::time::Duration::ZERO).await;
                    } else {
                        yield_now().await;
                    }
                }
            })
        })
        .collect();
    run_ready(&event_loop);
    for task in tasks {
        run(&event_loop, task).unwrap();
    }
    let expected: Vec<_> = (0..2).flat_map(|round| (0..5_000).map(move |n| (round, n))).collect();
    assert_eq!(*log.borrow(), expected);
}

/// Waits for all of these futures. One is done in each turn, from the first to the last or from the last to the first.
/// Returns how often the wait was polled.
fn polls_until_all_are_done(count: usize, is_backwards: bool) -> usize {
    let event_loop = EventLoop::new();
    let (mut promises, mut futures): (Vec<_>, Vec<_>) = (0..count).map(|_| event_loop.create_future()).unzip();
    if is_backwards {
        promises.reverse();
    }
    let keeps = task(&event_loop, async move {
        for promise in promises {
            promise.set_result(()).unwrap();
            yield_now().await;
        }
    });
    let mut polls = 0;
    run(&event_loop, async {
        let mut all = pin!(wait(&mut futures, ReturnWhen::AllCompleted));
        let done = poll_fn(|context| {
            polls += 1;
            all.as_mut().poll(context)
        });
        assert_eq!(done.await.len(), count);
        keeps.await.unwrap();
    });
    polls
}

#[test]
fn a_wait_for_all_is_woken_only_by_the_first_that_is_not_done() {
    assert_eq!(polls_until_all_are_done(1000, true), 2);
    assert!(
        polls_until_all_are_done(MANY, false) <= MANY,
        "each of these polls checks one future, or this takes minutes"
    );
}

/// A cancelled task drops the next, which is ready as well. The first is the last in the queue, or the first.
#[test]
fn a_long_chain_of_ready_tasks_that_own_each_other_is_cancelled_in_linear_time() {
    for is_backwards in [false, true] {
        let event_loop = EventLoop::new();
        let alive = Rc::new(());
        let mut owned: Vec<Rc<Cell<Option<CancelOnDrop<()>>>>> = (0..MANY / 2).map(|_| Rc::default()).collect();
        let mut tasks: Vec<_> = owned
            .iter()
            .map(|owned| {
                let held = (owned.clone(), alive.clone());
                let endless = task(&event_loop, async move {
                    loop {
                        yield_now().await;
                        assert_eq!(held.1, Rc::default());
                    }
                });
                endless.cancel_on_drop()
            })
            .collect();
        if is_backwards {
            owned.reverse();
            tasks.reverse();
        }
        let first = tasks.remove(0);
        for (owner, owned) in owned.iter().zip(tasks) {
            owner.set(Some(owned));
        }
        drop(owned);
        run(&event_loop, async {
            yield_now().await;
            drop(first);
            yield_now().await;
            assert_eq!(Rc::strong_count(&alive), 1, "all are dropped before any has another turn");
        });
        assert_idle(&event_loop);
    }
}

#[test]
fn a_long_chain_of_results_that_hold_each_others_handles_is_dropped() {
    struct Holds {
        _before: Option<LoopFuture<Holds>>,
        _alive: Rc<()>,
    }
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    let mut last = None;
    for _ in 0..MANY {
        let holds = Holds { _before: last.take(), _alive: alive.clone() };
        last = Some(task(&event_loop, async { holds }));
    }
    run_ready(&event_loop);
    drop(last);
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_idle(&event_loop);
}

#[test]
fn a_long_chain_of_results_that_hold_each_others_handles_of_the_trait_is_dropped() {
    type Handle = Box<dyn std::any::Any + Send>;
    struct Holds {
        _before: Option<Handle>,
        _alive: Arc<()>,
    }
    let (event_loop, alive) = (EventLoop::new(), Arc::new(()));
    let mut last: Option<Handle> = None;
    run(&event_loop, async {
        for _ in 0..MANY {
            let holds = Holds { _before: last.take(), _alive: alive.clone() };
            last = Some(Box::new(<EventLoop as Runtime>::spawn(async { holds })));
        }
        yield_now().await;
    });
    drop(last);
    assert_eq!(Arc::strong_count(&alive), 1);
    assert_idle(&event_loop);
}

/// The loop must not give each of them a turn before it checks its timers.
#[test]
fn a_timer_that_is_due_need_not_wait_for_a_whole_round_of_a_crowd_that_yields() {
    let event_loop = EventLoop::new();
    let turns = Rc::new(Cell::new(0));
    let crowd = |size| {
        for _ in 0..size {
            let turns = Rc::clone(&turns);
            drop(task(&event_loop, async move {
                loop {
                    turns.set(turns.get() + 1);
                    yield_now().await;
                }
            }));
        }
    };
    crowd(MANY / 6); // more than the loop needs to see that its tasks yield, so the sleeper is soon in front of its queue
    let counted = Rc::clone(&turns);
    let sleeper = task(&event_loop, async move {
        for _ in 0..3 {
            yield_now().await;
        }
        let before = counted.get();
        sleep(Duration::from_nanos(1)).await;
        counted.get() - before
    });
    crowd(MANY);
    let waited = run(&event_loop, sleeper).unwrap();
    // The timer fires after a part of a round. Then each task in the queue comes once before the sleeper.
    assert!((MANY..MANY + MANY / 3).contains(&waited), "it waited for {waited} turns");
}
